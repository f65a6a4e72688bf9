import { describe, expect, test } from "vitest";
import { openCtrlBackend } from "../../../src/ctrl/backend.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { list, OK, startPeer } from "./peer.ts";

const REF = { domain: "example.com", name: "hana" };
const NOBODY = { host: "127.0.0.1", port: 1, account: "admin", password: "pw" };

describe("server.status", () => {
  test("says what XMail said of itself, on a line that never leaves the machine", async () => {
    const peer = await startPeer();
    const backend = await openCtrlBackend(peer.options);
    expect(peer.visits).toEqual([]);
    expect(await backend.server.status()).toEqual({
      reachable: true,
      version: "XMail 1.27",
      problem: null,
      mode: "ctrl",
      transport: "loopback",
      storage: null,
    });
    await backend.close();
  });

  test("never throws: nobody there, wrong password, busy, aborted", async () => {
    const refusing = await startPeer({ login: "-00105 Bad controller login\r\n" });
    const busy = await startPeer({ greeting: "-00129 Server too busy, retry later\r\n" });
    for (const [options, problem] of [
      [NOBODY, "XMAIL_UNREACHABLE"],
      [refusing.options, "XMAIL_LOGIN_REFUSED"],
      [busy.options, "XMAIL_BUSY"],
    ] as const) {
      const backend = await openCtrlBackend(options);
      expect(await backend.server.status()).toMatchObject({ reachable: false, version: null, problem });
      await backend.close();
    }
    const backend = await openCtrlBackend(busy.options);
    expect(await backend.server.status({ signal: AbortSignal.abort() })).toMatchObject({
      problem: "ABORTED",
    });
  });

  test.each([
    ["mail.example.invalid", {}, "clear"],
    ["localhost", {}, "loopback"],
    ["mail.example.invalid", { tls: { mode: "direct" } }, "tls"],
  ] as const)("%s %j is %s", async (host, more, transport) => {
    const backend = await openCtrlBackend({ ...NOBODY, host, openTimeoutMs: 500, ...more });
    expect(await backend.server.status()).toMatchObject({ reachable: false, transport });
    await backend.close();
  });
});

test("comes back when XMail does", async () => {
  const peer = await startPeer({
    answer: (line, { number }) => (number === 1 && line !== '"noop"' ? "close" : list('"example.com"')),
  });
  const backend = await openCtrlBackend(peer.options);
  expect(await backend.domains.list()).toEqual(["example.com"]);
  expect(await backend.domains.list()).toEqual(["example.com"]);
  expect(peer.visits).toHaveLength(2);
  await backend.close();
});

test("variables of many accounts go out together, with one look at their domain", async () => {
  let most = 0;
  const peer = await startPeer({
    async answer(line, { queue }) {
      if (line === '"noop"') return OK;
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, queue.length);
      return list(line.startsWith('"domainlist"') ? '"example.com"' : '"RealName"\t"x"');
    },
  });
  const backend = await openCtrlBackend(peer.options);
  const refs = Array.from({ length: 200 }, (_, index) => ({ ...REF, name: `u${index}` }));
  expect(await backend.accounts.variables(refs)).toHaveLength(200);
  expect(await backend.accounts.variables([])).toEqual([]);
  expect(peer.commands().filter((line) => line.startsWith('"domainlist"'))).toHaveLength(1);
  expect(most).toBeGreaterThan(30);
  await backend.close();
});

describe("values that XMail cannot take", () => {
  test("are refused in plain words before anything is sent", async () => {
    const peer = await startPeer({ answer: (line) => (line === '"noop"' ? OK : list('"example.com"')) });
    const backend = await openCtrlBackend(peer.options);
    const changes = new Map([["RealName", "山田"]]);
    await expect(backend.accounts.setVariables(REF, changes)).rejects.toMatchObject({
      code: "VALUE_NOT_SENDABLE",
      message: expect.stringContaining("RealName may hold only ASCII"),
      fields: [expect.objectContaining({ field: "RealName", rule: "ascii" })],
    });
    await expect(backend.accounts.setPassword(REF, new Secret("p".repeat(201)))).rejects.toMatchObject({
      fields: [expect.objectContaining({ field: "password", rule: "maxLength", limit: 200 })],
    });
    expect(peer.commands().filter((line) => /"user(passwd|varsset)"/.test(line))).toEqual([]);
    await backend.close();
  });
});

test("a size that belongs to the account behind an alias is not given", async () => {
  const stat = (address: string) =>
    list(
      `"RealAddress"\t"${address}"`,
      '"MailboxSize"\t"150"',
      '"MailboxMessages"\t"2"',
      '"LastLoginTimeDate"\t"Mon, 23 Nov 2026 02:13:20 -0000"',
      '"LastLoginIP"\t"192.0.2.7"',
    );
  const peer = await startPeer({
    answer: (line) =>
      line === '"noop"' ? OK : stat(line.includes("root") ? "hana@example.com" : "HANA@example.com"),
  });
  const backend = await openCtrlBackend(peer.options);
  expect(await backend.accounts.usage([REF])).toEqual([
    { bytes: 150, messages: 2, lastLogin: { at: new Date("2026-11-23T02:13:20Z"), address: "192.0.2.7" } },
  ]);
  await expect(backend.accounts.usage([REF, { ...REF, name: "root" }])).rejects.toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
  });
  await backend.close();
});
