import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../src/crypto/certificate.ts";
import { hasCode } from "../../src/errors/error.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { dial, type Line, sentBytes } from "./recorded-line.ts";
import {
  EFFECTS,
  type Effect,
  EXCHANGES,
  type Exchange,
  GROUPS,
  overlayFiles,
  put,
  type Setup,
  writeRecordedRoot,
} from "./recorded-root.ts";

/** What was recorded; of the 524 exchanges the last is the death of the original, which nobody has to repeat. */
const RECORDED = { exchanges: 523, effects: 84 };
const GROUP_COUNT = 26;
const ENDLESS_MS = 300;

const openers = {
  memory: () => {
    let clock: number | null = null;
    const storage = memory({ now: () => clock ?? Date.now() });
    const setTime = async (path: string, ms: number) => {
      clock = ms;
      await storage.write(storagePath(path), await storage.read(storagePath(path)));
      clock = null;
    };
    return { storage, setTime, remove: () => undefined };
  },
  local: () => {
    const folder = mkdtempSync(join(tmpdir(), "xmailcfg-recordings-"));
    const setTime = async (path: string, ms: number) => utimesSync(join(folder, path), ms / 1000, ms / 1000);
    return {
      storage: local(folder),
      setTime,
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

describe.each(["memory", "local"] as const)("recorded exchanges over %s storage", (kind) => {
  const count = { exchanges: 0, goodExchanges: 0, effects: 0, goodEffects: 0 };

  test.each(Object.keys(GROUPS))("%s", { timeout: 60_000 }, async (name) => {
    const { storage, setTime, remove } = openers[kind]();
    const setup = GROUPS[name]?.setup ?? {};
    await writeRecordedRoot(storage);
    await prepare(storage, setup, setTime);
    const simulator = await startSimulator({ storage, ...optionsOf(setup.flags ?? []) });
    const faults: string[] = [];
    try {
      for await (const { seq, fault } of played(name, simulator)) {
        count.exchanges += 1;
        if (fault === null) count.goodExchanges += 1;
        else faults.push(`${name} ${seq}: ${fault}`);
        for (const effect of EFFECTS.filter((one) => one.group === name && one.seq === seq)) {
          count.effects += 1;
          const found = await contentOf(storage, effect);
          if (found === effect.after) count.goodEffects += 1;
          else faults.push(`${name} ${seq}: ${effect.file} is ${JSON.stringify(found)}`);
        }
      }
    } finally {
      await simulator.close();
      remove();
    }
    expect(faults).toEqual([]);
  });

  afterAll(() => {
    console.log(
      `simulator over ${kind}: ${count.goodExchanges} of ${count.exchanges} exchanges, ` +
        `${count.goodEffects} of ${count.effects} effects`,
    );
    expect(count).toEqual({
      exchanges: RECORDED.exchanges,
      goodExchanges: RECORDED.exchanges,
      effects: RECORDED.effects,
      goodEffects: RECORDED.effects,
    });
  });
});

test("no group is left out", () => {
  expect(Object.keys(GROUPS)).toHaveLength(GROUP_COUNT);
  expect(new Set(EXCHANGES.map(({ group }) => group))).toEqual(new Set(Object.keys(GROUPS)));
});

async function prepare(
  storage: Storage,
  setup: Setup,
  setTime: (path: string, ms: number) => Promise<void>,
): Promise<void> {
  for (const [path, bytes] of setup.overlay ? overlayFiles(setup.overlay) : [])
    await put(storage, path, bytes);
  for (const folder of setup.dirs ?? []) await storage.makeFolder(storagePath(folder));
  for (const [path, content] of Object.entries(setup.files ?? {})) {
    if (content === null) await storage.remove(storagePath(path));
    else await put(storage, path, typeof content === "string" ? content : Buffer.from(content.hex, "hex"));
  }
  for (const [path, text] of Object.entries(setup.append ?? {})) {
    await storage.write(storagePath(path), Buffer.from(text), { append: true });
  }
  if (setup.tls) {
    const { certificate, key } = await selfSignedCertificate({ hostNames: ["localhost"] });
    await put(storage, "server.cert", certificate);
    await put(storage, "server.key", key);
  }
  for (const [path, seconds] of Object.entries(setup.mtimes ?? {})) await setTime(path, seconds * 1000);
}

function optionsOf(flags: readonly string[]) {
  const numberAfter = (flag: string) =>
    flags.includes(flag) ? Number(flags[flags.indexOf(flag) + 1]) : undefined;
  const maxSessions = numberAfter("-CX");
  const seconds = numberAfter("-Ct");
  return {
    ctrlLog: flags.includes("-Cl"),
    ...(maxSessions === undefined ? {} : { maxSessions }),
    ...(seconds === undefined ? {} : { sessionTimeoutMs: seconds * 1000 }),
  };
}

/** Plays a group; `fault` says how the answer differs. */
async function* played(
  group: string,
  { port, tlsPort }: Simulator,
): AsyncGenerator<{ seq: number; fault: string | null }> {
  const lines = new Map<number, Line>();
  for (const exchange of EXCHANGES.filter((one) => one.group === group && !one.server_crash)) {
    if (exchange.event === "connect") {
      if (group !== "too-many") for (const line of lines.values()) line.end();
      const tls = exchange.service === "CTRLS";
      lines.set(exchange.conn, await dial(tls ? tlsPort : port, tls));
    }
    const line = lines.get(exchange.conn);
    if (!line) throw new Error(`${group} ${exchange.seq} has no connection`);
    if (group === "timeout" && exchange.status === null) await sleep(2_600);
    yield { seq: exchange.seq, fault: await difference(line, exchange) };
  }
  for (const line of lines.values()) line.end();
}

interface Answer {
  readonly status: string | null;
  readonly lines: readonly string[] | null;
}

async function difference(line: Line, exchange: Exchange): Promise<string | null> {
  const answer = await answerTo(line, exchange);
  if (!sameStatus(exchange, answer.status))
    return `${exchange.command}: ${answer.status}, not ${exchange.status}`;
  if (exchange.lines !== null) {
    const same =
      answer.lines?.length === exchange.lines.length &&
      exchange.lines.every((wanted, i) => fits(wanted, answer.lines?.[i] ?? "", exchange));
    if (!same) return `${exchange.command}: ${JSON.stringify(answer.lines)}`;
  }
  if (exchange.closed) {
    const more = await line.read();
    if (more !== null || !line.isClosed()) return `${exchange.command}: not closed`;
  } else if (line.isClosed()) return `${exchange.command}: closed`;
  return null;
}

async function answerTo(line: Line, exchange: Exchange): Promise<Answer> {
  if (exchange.event !== undefined) {
    const status = await line.read();
    if (exchange.event === "connect") line.challenge = /<.*?>/.exec(status ?? "")?.[0] ?? "";
    return { status: asText(status), lines: null };
  }
  const eol = exchange.eol ?? "\r\n";
  const bytes = exchange.raw_hex
    ? Buffer.from(exchange.raw_hex, "hex").toString("latin1")
    : sentBytes(exchange.command ?? "", line.challenge);
  line.send(bytes + eol);
  let status = await line.read();
  let lines: readonly string[] | null = null;
  if (status?.startsWith("+00101") && exchange.payload !== null) {
    for (const sent of exchange.payload) line.send(sentBytes(sent, line.challenge) + eol);
    if (exchange.upload_unfinished) return { status: null, lines: null };
    line.send(`.${eol}`);
    status = await line.read();
  } else if (status?.startsWith("+00100")) {
    lines = await listFrom(line, exchange);
  }
  if (exchange.command === "#!TLS" && status?.startsWith("+")) await line.secure();
  return { status: asText(status), lines };
}

async function listFrom(line: Line, exchange: Exchange): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const next = await line.read(exchange.terminator_missing ? ENDLESS_MS : undefined);
    if (next === null && !exchange.terminator_missing) throw new Error("the list has no end");
    if (next === null || next === ".") return exchange.unordered ? lines.sort() : lines;
    lines.push(asText(next) ?? "");
  }
}

/** The text behind the number is free, except in the greeting. */
function sameStatus(exchange: Exchange, status: string | null): boolean {
  if (exchange.status === null || status === null) return exchange.status === status;
  if (exchange.event === "connect" && exchange.status.startsWith("+"))
    return fits(exchange.status, status, exchange);
  return status.slice(0, 6) === exchange.status.slice(0, 6);
}

function fits(wanted: string, text: string, { volatile = [] }: Exchange): boolean {
  let pattern = wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  for (const { placeholder, regex } of volatile) {
    pattern = pattern.replaceAll(placeholder.replace(/[{}]/g, "\\$&"), `(?:${regex})`);
  }
  return new RegExp(`^${pattern}$`, "s").test(text);
}

function asText(bytes: string | null): string | null {
  return bytes === null ? null : Buffer.from(bytes, "latin1").toString("utf8");
}

async function contentOf(storage: Storage, { file }: Effect): Promise<string | null> {
  try {
    if (!file.endsWith("/")) return Buffer.from(await storage.read(storagePath(file))).toString("utf8");
    const entries = await storage.list(storagePath(file.slice(0, -1)));
    return `<dir> ${entries
      .map(({ name }) => name)
      .sort()
      .join(" ")}`;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
