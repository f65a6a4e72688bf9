import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { furnish, ROUTES } from "../../support/mail-routes.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

interface Mail {
  readonly client: string;
  readonly sender: string;
  readonly recipient: string;
  readonly account: string | undefined;
}

/** How far a mail comes, and the reply there. */
async function send(port: number, { client, sender, recipient, account }: Mail): Promise<[string, number]> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: client });
  const lines = socket.setEncoding("latin1")[Symbol.asyncIterator]();
  let rest = "";
  const reply = async (): Promise<number> => {
    for (;;) {
      const last = /(?:^|\n)(\d{3}) [^\n]*\n/.exec(rest);
      if (last) {
        rest = "";
        return Number(last[1]);
      }
      const { value, done } = await lines.next();
      if (done) return 0;
      rest += String(value);
    }
  };
  const ask = async (line: string) => {
    socket.write(`${line}\r\n`);
    return reply();
  };
  try {
    const greeting = await reply();
    if (greeting !== 220) return ["connect", greeting];
    await ask("EHLO client.test");
    if (account !== undefined) {
      const token = Buffer.from(`\0${account}\0Long-enough-1`).toString("base64");
      expect(await ask(`AUTH PLAIN ${token}`)).toBe(235);
    }
    const from = await ask(`MAIL FROM:<${sender}>`);
    return from === 250 ? ["rcpt", await ask(`RCPT TO:<${recipient}>`)] : ["mail", from];
  } finally {
    socket.destroy();
  }
}

describeWith("xmail", xmailBin(), "what a real XMail does with a mail", (bin) => {
  let server: XMailServer;
  let xmail: XMail;
  beforeAll(async () => {
    server = await startXMail(bin);
    xmail = await openXMail({ ctrl: { host: "127.0.0.1", port: server.port, ...CTRL } });
    await furnish(xmail, server.folder);
  });
  afterAll(async () => {
    await xmail.close();
    server.stop();
    await allStopped();
  });

  test.each(ROUTES)("$name", async ({ client = "", sender = "", recipient, account, reply, outcome }) => {
    const mail = { client, sender, recipient, account };
    expect(await send(server.smtpPort, mail)).toEqual(reply);
    const { account: signsInAs, ...plain } = mail;
    const told = await xmail.mail.explain(signsInAs === undefined ? plain : { ...plain, account: signsInAs });
    expect(told.outcome).toBe(outcome);
    expect(told.steps.find(({ verdict }) => verdict === "refused")?.reply ?? 250).toBe(reply[1]);
  });

  test("a client that is denied with SMTP-IpMapDropCode 0 is let in all the same", async () => {
    await xmail.serverSetting.set({ set: [{ name: "SMTP-IpMapDropCode", value: "0" }] });
    const mail = { client: "127.0.0.13", sender: "aoi@elsewhere.test", recipient: "hana@example.com" };
    expect(await send(server.smtpPort, { ...mail, account: undefined })).toEqual(["rcpt", 250]);
    const told = await xmail.mail.explain(mail);
    expect([told.outcome, told.steps.map(({ said }) => said).includes("connectNoted")]).toEqual([
      "delivered",
      true,
    ]);
  });
});
