import { writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openXMail } from "../../../src/open.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { SpoolStore } from "../../../src/xmail/spool.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

const LONG = "word ".repeat(600).trim();
const BODY = [
  "Subject: =?utf-8?q?caf=C3=A9?= and more",
  "X-Long: a",
  "",
  "one",
  ".two",
  "caf\xe9",
  LONG,
  "",
  "end",
];

/** A mail server that refuses recipients until it is told otherwise, and keeps what it was given. */
async function startOther() {
  const other = { refuses: true, got: [] as string[], tries: 0 };
  const server: Server = createServer((socket) => {
    let rest = "";
    let isData = false;
    let mail = "";
    socket.setEncoding("latin1").on("error", () => undefined);
    socket.write("220 other.test ESMTP\r\n");
    socket.on("data", (piece) => {
      rest += String(piece);
      for (let end = rest.indexOf("\n"); end !== -1; end = rest.indexOf("\n")) {
        const line = rest.slice(0, end + 1);
        rest = rest.slice(end + 1);
        if (isData && line === ".\r\n") {
          isData = false;
          other.got.push(mail);
          socket.write("250 taken\r\n");
        } else if (isData) mail += line;
        else if (/^DATA/i.test(line)) {
          isData = true;
          mail = "";
          socket.write("354 go on\r\n");
        } else if (/^RCPT/i.test(line)) {
          other.tries += 1;
          const code = line.includes("later") ? "450 4.2.0" : "550 5.1.1";
          socket.write(other.refuses ? `${code} refused here\r\n` : "250 ok\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { ...{ server, port }, other };
}

async function sendMail(port: number, to: string): Promise<void> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  const replies = socket[Symbol.asyncIterator]();
  const reply = async () => String((await replies.next()).value);
  await reply();
  for (const line of ["EHLO client.test", "MAIL FROM:<hana@example.com>", `RCPT TO:<${to}>`, "DATA"]) {
    socket.write(`${line}\r\n`);
    expect(await reply(), line).toMatch(/^[23]\d\d/);
  }
  const lines = BODY.map((line) => (line.startsWith(".") ? `.${line}` : line));
  socket.write(Buffer.from(`${lines.join("\r\n")}\r\n.\r\n`, "latin1"));
  expect(await reply()).toMatch(/^250/);
  socket.end("QUIT\r\n");
}

async function until<T>(look: () => Promise<T>, is: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const seen = await look();
    if (is(seen) || tries > 200) return seen;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describeWith("xmail", xmailBin(), "frozen messages of a real XMail by its control port alone", (bin) => {
  let server: XMailServer;
  let site: Awaited<ReturnType<typeof startOther>>;
  let xmail: Awaited<ReturnType<typeof openXMail>>;
  let spool: SpoolStore;
  const now = () => new Date();
  const frozen = async () => (await spool.page({ filter: "", now: now(), limit: 50 })).items;
  const files = () => openSpool(local(server.folder), null);

  beforeAll(async () => {
    site = await startOther();
    server = await startXMail(bin, ["-Qt", "600", "-QX", "8"]);
    await writeFile(join(server.folder, "smtpfwd.tab"), `"other.test"\t"127.0.0.1:${site.port}"\n`);
    await writeFile(join(server.folder, "smtprelay.tab"), '"127.0.0.0"\t"255.0.0.0"\n');
    const shelf = memory();
    const ctrl = { host: "127.0.0.1", port: server.port, ...CTRL };
    xmail = await openXMail({ ctrl, keep: async () => shelf });
    spool = xmail.backend.spool ?? expect.unreachable();
    // Takes what XMail writes back to the sender.
    for (const name of ["hana", "postmaster"])
      await xmail.account.add({ domain: "example.com", name, password: "Long-enough-1" });
    for (const name of ["b", "c", "later"]) await sendMail(server.smtpPort, `${name}@other.test`);
    await until(frozen, ({ length }) => length === 2);
  }, 120_000);
  afterAll(async () => {
    await xmail.close();
    server.stop();
    await allStopped();
    site.server.close();
  }, 60_000);

  test("are listed and read as their files tell, and what waits for a retry is not seen", async () => {
    const told = await frozen();
    const ask = { now: now(), limit: 50 };
    expect(told).toEqual((await files().page({ filter: "status:frozen", ...ask })).items);
    expect(told.map(({ to, state, tries, subject }) => [to, state, tries, subject]).sort()).toEqual([
      ["b@other.test", "frozen", 1, "café and more"],
      ["c@other.test", "frozen", 1, "café and more"],
    ]);
    expect(told[0]?.reason).toBe("550 5.1.1 refused here");
    for (const { id } of told) {
      expect(await spool.get(id)).toEqual(await files().get(id));
      const [mine, theirs] = [await spool.bytesOf(id), await files().bytesOf(id)];
      expect(Buffer.from(mine ?? []).toString("latin1")).toBe(Buffer.from(theirs ?? []).toString("latin1"));
      expect(mine?.length).toBeGreaterThan(3000);
    }
    const shape = await spool.shape({ filter: "", by: "reason", most: 5, now: now() });
    expect(shape.groups).toMatchObject([{ messages: 2 }]);
    expect(shape.states).toEqual({ ready: null, retry: null, frozen: 2, held: null });
    const whole = await files().shape({ filter: "", by: "status", most: 5, now: now() });
    expect(whole.states).toMatchObject({ retry: 1, frozen: 2 });
  });

  test("is removed for good, with its bytes kept; the other stays", async () => {
    const [gone] = (await frozen()).filter(({ to }) => to.startsWith("c@"));
    const before = await files().bytesOf(gone?.id ?? "");
    const begun = await spool.begin({ action: "remove", filter: "to:=c@other.test", by: "boss", now: now() });
    const job = await spool.work(begun.id, 60_000, now());
    expect(job).toMatchObject({ done: 1, gone: 0, finished: true, undoable: false });
    expect((await frozen()).map(({ to }) => to)).toEqual(["b@other.test"]);
    expect(await files().get(gone?.id ?? "")).toBeNull();
    expect(
      Buffer.from((await spool.removedMail(job.id, gone?.id ?? "")) ?? []).equals(Buffer.from(before ?? [])),
    ).toBe(true);
    await expect(spool.undo(job.id, "boss", now())).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
  });

  test("is released, and arrives whole; service.flushQueue has XMail try what waits", async () => {
    site.other.refuses = false;
    const begun = await spool.begin({ action: "release", filter: "", by: "boss", now: now() });
    expect(await spool.work(begun.id, 60_000, now())).toMatchObject({ done: 1, finished: true });
    await until(
      async () => site.other.got.length,
      (got) => got === 1,
    );
    expect(await frozen()).toEqual([]);
    const tries = site.other.tries;
    await xmail.service.flushQueue({ recipients: "*" });
    await until(
      async () => site.other.got.length,
      (got) => got === 2,
    );
    expect(site.other.tries).toBe(tries + 1);
    for (const mail of site.other.got) {
      expect(mail).toContain(`\r\none\r\n..two\r\ncaf\xe9\r\n${LONG}\r\n\r\nend\r\n`);
    }
  }, 60_000);
});
