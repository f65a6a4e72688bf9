import { afterAll, beforeAll, expect, test } from "vitest";
import { checkConfiguration } from "../../../src/site.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "../xmail/xmail-server.ts";

describeWith("xmail", xmailBin(), "a check of a real XMail", (bin) => {
  let server: XMailServer;
  beforeAll(async () => {
    server = await startXMail(bin);
  });
  afterAll(async () => {
    server.stop();
    await allStopped();
  });

  async function check(ctrl: object, mailRoot: unknown) {
    const password = { env: "PASSWORD" };
    const account = { host: "127.0.0.1", port: server.port, account: CTRL.account, password };
    const findings = await checkConfiguration(
      JSON.stringify({ xmail: { ctrl: { ...account, ...ctrl }, mailRoot } }),
      { env: { PASSWORD: CTRL.password, WRONG: "wrong" }, readFile: async () => server.certificate.cert },
    );
    return (part: string) => findings.filter((one) => one.part === part).map(({ found }) => found);
  }

  test("its greeting, version, domains, clock and files are as they should be", async () => {
    const of = await check({}, server.folder);
    expect(of("ctrl")).toEqual([
      "ctrlAnswers",
      "signedIn",
      "lineInside",
      "versionKnown",
      "ctrlLists",
      "clockEqual",
    ]);
    expect(of("mailRoot")).toEqual(
      expect.arrayContaining(["bytesEqual", "looksLikeMailRoot", "sameMailRoot"]),
    );
  });

  test("its files through the control port, a folder for the scratch file being there now", async () => {
    const of = await check({}, { ctrl: true });
    expect(of("mailRoot")).toEqual([
      "storageOpens",
      "mayRead",
      "canAllNeeded",
      "mayWrite",
      "textEqual",
      "renameUnsupported",
      "cleaned",
      "looksLikeMailRoot",
      "sameMailRoot",
    ]);
  });

  test("a wrong password, and a certificate that is not trusted or is", async () => {
    const wrong = await check({ password: { env: "WRONG" } }, server.folder);
    expect(wrong("ctrl")).toEqual(["ctrlAnswers", "signInRefused"]);
    const pinned = await check({ tls: { mode: "upgrade", fingerprint: "0".repeat(64) } }, server.folder);
    expect(pinned("ctrl")).toEqual(["ctrlTlsFailed"]);
    const direct = { mode: "direct", ca: "/ca.pem", servername: "localhost" };
    const trusted = await check({ port: server.tlsPort, tls: direct }, server.folder);
    expect(trusted("ctrl")).toEqual(expect.arrayContaining(["signedIn", "lineEncrypted", "clockEqual"]));
  });
});
