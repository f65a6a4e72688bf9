import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { selfSignedCertificate } from "../../src/crypto/certificate.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { startChild } from "./child-process.ts";
import { dial, type Line, sentBytes } from "./recorded-line.ts";

const CTRL = { account: "boss", password: "Boss-1" } as const;
const SESSIONS = 200;

async function fresh(
  options: Partial<SimulatorOptions> = {},
): Promise<{ storage: Storage; simulator: Simulator }> {
  const storage = options.storage ?? memory();
  await writeMailRoot(storage, { domain: "example.com", ctrl: CTRL });
  const simulator = await startSimulator({ ...options, storage });
  onTestFinished(() => simulator.close());
  return { storage, simulator };
}

async function signedIn(port: number, tls = false): Promise<Line> {
  const line = await dial(port, tls);
  line.challenge = /<.*?>/.exec((await line.read()) ?? "")?.[0] ?? "";
  line.send(`${sentBytes(`"${CTRL.account}"\t"#{{md5:${CTRL.password}}}"`, line.challenge)}\r\n`);
  expect(await line.read()).toBe("+00000 OK");
  onTestFinished(() => line.end());
  return line;
}

async function ask(line: Line, ...words: readonly string[]): Promise<string | null> {
  line.send(`${words.map((word) => `"${word}"`).join("\t")}\r\n`);
  return (await line.read())?.slice(0, 6) ?? null;
}

async function text(storage: Storage, path: string): Promise<string> {
  return Buffer.from(await storage.read(storagePath(path))).toString("latin1");
}

test(`${SESSIONS} sessions at once, each adding, changing and removing: nothing is lost`, async () => {
  const { storage, simulator } = await fresh();
  const lines = await Promise.all(Array.from({ length: SESSIONS }, () => signedIn(simulator.port)));
  const faults: string[] = [];
  await Promise.all(
    lines.map(async (line, i) => {
      const said = [
        await ask(line, "useradd", "example.com", `u${i}`, `pw${i}`, "U"),
        await ask(line, "aliasadd", "example.com", `a${i}`, `u${i}`),
        await ask(line, "uservarsset", "example.com", `u${i}`, "RealName", `User ${i}`),
        await ask(line, "userpasswd", "example.com", `u${i}`, `new${i}`),
        await ask(line, "userauth", "example.com", `u${i}`, `new${i}`),
        ...(i % 2 === 0 ? [await ask(line, "userdel", "example.com", `u${i}`)] : []),
      ];
      if (said.some((status) => status !== "+00000")) faults.push(`${i}: ${said.join(" ")}`);
    }),
  );
  expect(faults).toEqual([]);
  const left = (await text(storage, "mailusers.tab")).trimEnd().split("\n");
  expect(left).toHaveLength(SESSIONS / 2);
  expect(new Set(left.map((row) => row.split("\t")[3])).size).toBe(SESSIONS / 2);
  expect((await text(storage, "aliases.tab")).trimEnd().split("\n")).toHaveLength(SESSIONS / 2);
  const folders = await storage.list(storagePath("domains/example.com"));
  expect(folders).toHaveLength(SESSIONS / 2);
}, 60_000);

test("a killed server leaves whole files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-simulator-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const storage = local(folder);
  await writeMailRoot(storage, { domain: "example.com", ctrl: CTRL });
  let known = 0;
  for (let round = 0; round < 4; round += 1) {
    const child = startChild("./simulator-child.ts", folder);
    const port = Number((await child.says("port ")).slice(5));
    const line = await signedIn(port);
    let done = 0;
    let enough = () => {};
    const atWork = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const working = (async () => {
      for (
        let i = 0;
        (await ask(line, "useradd", "example.com", `r${round}u${i}`, "pw", "U")) === "+00000";
        i += 1
      ) {
        done += 1;
        if (done === 3) enough();
      }
    })();
    await atWork;
    await sleep(round * 7);
    await child.kill();
    await working;
    const rows = (await text(storage, "mailusers.tab")).split("\n");
    expect(rows.at(-1)).toBe("");
    for (const row of rows.slice(0, -1))
      expect(row).toMatch(/^"example\.com"\t"r\du\d+"\t"1512"\t\d+\t"r\du\d+"\t"U"$/);
    // What was answered is there; one more may be, whose answer was still to come.
    expect(rows.length - 1 - known - done).toBeGreaterThanOrEqual(0);
    expect(rows.length - 1 - known - done).toBeLessThanOrEqual(1);
    expect(done).toBeGreaterThanOrEqual(3);
    known = rows.length - 1;
  }
}, 60_000);

describe("files with a meaning", () => {
  test(".shutdown stops the server and goes away; the next start is not hindered", async () => {
    const { storage, simulator } = await fresh();
    const line = await signedIn(simulator.port);
    line.send('"cfgfileset"\t".shutdown"\r\nx\r\n.\r\n');
    expect([await line.read(), await line.read()]).toEqual(["+00101 OK", "+00000 OK"]);
    await simulator.closed;
    expect(await line.read()).toBe(null);
    expect(line.isClosed()).toBe(true);
    expect(await storage.stat(storagePath(".shutdown"))).toBe(null);
    await storage.write(storagePath(".shutdown"), Buffer.from("left behind"));
    const next = await startSimulator({ storage });
    onTestFinished(() => next.close());
    expect(await storage.stat(storagePath(".shutdown"))).toBe(null);
    expect(await ask(await signedIn(next.port), "noop")).toBe("+00000");
  });

  test(".psync-trigger is taken away while the server goes on", async () => {
    const { storage, simulator } = await fresh();
    await storage.write(storagePath(".psync-trigger"), Buffer.from("x"));
    for (let i = 0; i < 40 && (await storage.stat(storagePath(".psync-trigger"))) !== null; i += 1)
      await sleep(100);
    expect(await storage.stat(storagePath(".psync-trigger"))).toBe(null);
    expect(await ask(await signedIn(simulator.port), "noop")).toBe("+00000");
  });
});

test("the log has one line when a login is tried and one when it is decided, and only with the option", async () => {
  const { storage, simulator } = await fresh({ ctrlLog: true });
  await signedIn(simulator.port);
  const line = await dial(simulator.port, false);
  await line.read();
  line.send("boss\tno good\r\n");
  expect((await line.read())?.slice(0, 6)).toBe("-00161");
  const [log] = await storage.list(storagePath("logs"));
  expect(log?.name).toMatch(/^ctrl-\d{8}0000$/);
  const rows = (await text(storage, `logs/${log?.name}`)).trimEnd().split("\n");
  const time = '"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"';
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(new RegExp(`^"127.0.0.1"\t"boss"\t"#[0-9a-f]{32}"\t${time}\t"REQ"$`));
  expect(rows[1]).toMatch(/\t"AUTH"$/);
  expect(rows[2]).toMatch(new RegExp(`^"127.0.0.1"\t"boss"\t"no good"\t${time}\t"REQ"$`));
  expect(rows[3]).toMatch(/\t"FAIL"$/);

  const quiet = await fresh();
  await signedIn(quiet.simulator.port);
  expect(await quiet.storage.list(storagePath("logs"))).toEqual([]);
});

test("a session too many gets one line, and a place that becomes free is given away", async () => {
  const { simulator } = await fresh({ maxSessions: 2 });
  const [first] = await Promise.all([signedIn(simulator.port), signedIn(simulator.port)]);
  const third = await dial(simulator.port, false);
  expect((await third.read())?.slice(0, 6)).toBe("-00129");
  expect(await third.read()).toBe(null);
  await ask(first, "quit");
  expect(await first.read()).toBe(null);
  expect(await ask(await signedIn(simulator.port), "noop")).toBe("+00000");
});

test("silence ends a session, a command keeps it", async () => {
  const { simulator } = await fresh({ sessionTimeoutMs: 400 });
  const line = await signedIn(simulator.port);
  for (let i = 0; i < 4; i += 1) {
    await sleep(200);
    expect(await ask(line, "noop")).toBe("+00000");
  }
  expect(await line.read(2_000)).toBe(null);
  expect(line.isClosed()).toBe(true);
});

test("TLS from the first byte and after #!TLS; without a certificate the promise is not kept", async () => {
  const { storage, simulator } = await fresh();
  const bare = await dial(simulator.port, false);
  await bare.read();
  bare.send("#!TLS\r\n");
  expect((await bare.read())?.slice(0, 6)).toBe("+00000");
  await expect(bare.secure()).rejects.toThrow();
  const { certificate, key } = await selfSignedCertificate({ hostNames: ["localhost"] });
  await storage.write(storagePath("server.cert"), Buffer.from(certificate));
  await storage.write(storagePath("server.key"), Buffer.from(key));
  expect(await ask(await signedIn(simulator.tlsPort, true), "noop")).toBe("+00000");
  const line = await dial(simulator.port, false);
  line.challenge = /<.*?>/.exec((await line.read()) ?? "")?.[0] ?? "";
  line.send("#!TLS\r\n");
  await line.read();
  await line.secure();
  line.send(`${sentBytes(`boss\t#{{md5:${CTRL.password}}}`, line.challenge)}\r\n`);
  expect(await line.read()).toBe("+00000 OK");
  line.end();
});

test("a client that goes away in the middle of an upload has uploaded what came", async () => {
  const { storage, simulator } = await fresh();
  const line = await signedIn(simulator.port);
  line.send('"cfgfileset"\t"a.tab"\r\none\r\ntwo\r\nthr');
  await line.read();
  line.end();
  for (let i = 0; i < 40 && (await storage.stat(storagePath("a.tab"))) === null; i += 1) await sleep(50);
  expect(await text(storage, "a.tab")).toBe("one\ntwo\n");
});

test("ten thousand pipelined commands are answered in order", async () => {
  const { simulator } = await fresh();
  const line = await signedIn(simulator.port);
  const asked = Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? "noop" : "bogus"));
  line.send(asked.map((word) => `${word}\r\n`).join(""));
  for (const word of asked)
    expect((await line.read())?.slice(0, 6)).toBe(word === "noop" ? "+00000" : "-00103");
});

test("two uploads of one file at a time: the file is one of them", async () => {
  const { storage, simulator } = await fresh();
  const lines = await Promise.all([signedIn(simulator.port), signedIn(simulator.port)]);
  const all = (letter: string) => `${letter.repeat(1000)}\r\n`.repeat(200);
  await Promise.all(
    lines.map(async (line, i) => {
      line.send(`"cfgfileset"\t"big.tab"\r\n${all("ab".charAt(i))}.\r\n`);
      expect([await line.read(), await line.read()]).toEqual(["+00101 OK", "+00000 OK"]);
    }),
  );
  expect(new Set((await text(storage, "big.tab")).split("\n").slice(0, -1)).size).toBe(1);
});

test("what kills the original is refused, and the server lives", async () => {
  const { storage, simulator } = await fresh();
  const line = await signedIn(simulator.port);
  expect(await ask(line, "useradd", "example.com", "bob", "p".repeat(255), "U")).toBe("+00000");
  expect(await ask(line, "useradd", "example.com", "eve", "p".repeat(256), "U")).toBe("-00103");
  expect(await ask(line, "userpasswd", "example.com", "bob", "p".repeat(600))).toBe("-00103");
  expect(await ask(line, "userauth", "example.com", "x".repeat(2000), "p")).toBe("-00157");
  expect(await ask(line, "useradd", "example.com", "list", "p", "M")).toBe("+00000");
  const members = storagePath("domains/example.com/list/mlusers.tab");
  await storage.write(members, Buffer.from('\n"a@b.c"\t"R"\n'));
  expect(await ask(line, "mluseradd", "example.com", "list", "d@e.f")).toBe("-00051");
  expect(await ask(line, "mluserdel", "example.com", "list", "a@b.c")).toBe("-00051");
  expect(await text(storage, members)).toBe('\n"a@b.c"\t"R"\n');
  expect(await ask(line, "noop")).toBe("+00000");
});
