import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";
import { ROOT, type StoragePath, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { dial, type Line, sentBytes } from "./recorded-line.ts";
import { overlayFiles, put, type Setup, writeRecordedRoot } from "./recorded-root.ts";

/** What was done, to a real XMail 1.27 then and to the simulator now, and what came of it. Text is byte strings. */
interface Step {
  readonly connect?: "CTRL" | "CTRLS";
  readonly login?: boolean;
  readonly c?: string;
  readonly eol?: string;
  readonly up?: readonly string[];
  /** The upload is left without its final dot. */
  readonly end?: boolean;
  readonly unordered?: boolean;
  readonly noterm?: boolean;
  readonly raw?: string;
  readonly put?: string;
  readonly v?: string | null;
  readonly mkdir?: string;
  readonly drop?: 1;
  readonly cat?: string;
  readonly restart?: 1;
  readonly sleep?: number;
  readonly got: unknown;
}

interface Sequence {
  readonly name: string;
  readonly setup: Omit<Setup, "files"> & { readonly files?: Readonly<Record<string, string | null>> };
  readonly steps: readonly Step[];
  /** Files and folders that were not as before in the end; `null` is gone. */
  readonly files: Readonly<Record<string, string | null>>;
}

const FILE = new URL("../fixtures/xmail/side-by-side.jsonl", import.meta.url);
const SEQUENCES = readFileSync(FILE, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Sequence);
/** Fewer sequences or steps in the fixture would be noticed. */
const LEAST = { sequences: 140, steps: 3_500 };
const SILENCE_MS = 60;
const LOGIN = '"admin"\t"#{{md5:Adm1n-Secret}}"';

/** A log is called by the day it was begun on. */
const LOG_OF_A_DAY = /\b(\w+-)20\d{6}0000\b/g;

const VOLATILE: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/^(-\d{5}) .*/, "$1"],
  [/\d\d \w\w\w 20\d\d \d\d:\d\d:\d\d \w+/g, "{OFF}"],
  [/20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/g, "{NBR}"],
  [/<\d+\.\d+@[^>]*>/g, "{TS}"],
  [/[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d [+-]\d{4}/g, "{DATE}"],
];

/** Not compared: indexes, caches and queues, which the simulator keeps elsewhere or not at all. */
const UNSEEN =
  /^(tabindex\/|dnscache\/|tmp\/|logs\/|message\.id$|spool\/\d+\/\d+\/(mess|temp|info|rsnd|cust|mprc)(\/|$))/;

describe("sequences played against a real XMail 1.27", () => {
  const count = { sequences: 0, steps: 0 };

  test.each(SEQUENCES.map((sequence) => [sequence.name, sequence] as const))("%s", async (_, sequence) => {
    const storage = memory();
    await writeRecordedRoot(storage);
    const before = await snapshot(storage);
    await prepare(storage, sequence.setup);
    for (const [path, text] of Object.entries(sequence.setup.files ?? {})) {
      if (text === null) before.delete(path);
      else before.set(path, text);
    }
    const options = { storage, ctrlLog: sequence.setup.flags?.includes("-Cl") ?? false };
    const peer = await playing(options);
    for (const [i, step] of sequence.steps.entries()) {
      const got = await peer.play(step);
      expect(withoutDay(got), `step ${i}: ${JSON.stringify({ ...step, got: undefined })}`).toEqual(
        withoutDay(step.got),
      );
      count.steps += 1;
    }
    await peer.close();
    expect(changed(before, await snapshot(storage))).toEqual(sequence.files);
    count.sequences += 1;
  });

  afterAll(() => {
    console.log(
      `simulator: ${count.sequences} of ${SEQUENCES.length} sequences as XMail, ${count.steps} steps`,
    );
    expect(count.sequences).toBe(SEQUENCES.length);
    expect(count.sequences).toBeGreaterThanOrEqual(LEAST.sequences);
    expect(count.steps).toBeGreaterThanOrEqual(LEAST.steps);
  });
});

async function prepare(storage: Storage, setup: Sequence["setup"]): Promise<void> {
  for (const [path, bytes] of setup.overlay ? overlayFiles(setup.overlay) : [])
    await put(storage, path, bytes);
  for (const [path, text] of Object.entries(setup.files ?? {})) await set(storage, path, text);
  for (const [path, text] of Object.entries(setup.append ?? {})) {
    await storage.write(storagePath(path), Buffer.from(text, "latin1"), { append: true });
  }
}

async function set(storage: Storage, path: string, text: string | null): Promise<void> {
  const at = storagePath(path);
  if (text !== null) await storage.write(at, Buffer.from(text, "latin1"));
  else if (await storage.stat(at)) await storage.remove(at);
}

interface Peer {
  play(step: Step): Promise<unknown>;
  close(): Promise<void>;
}

async function playing(options: { storage: Storage; ctrlLog: boolean }): Promise<Peer> {
  const { storage } = options;
  let simulator: Simulator = await startSimulator(options);
  let line: Line | null = null;

  async function connect(tls: boolean, login: boolean): Promise<[Line, string[]]> {
    line?.end();
    const dialled = await dial(tls ? simulator.tlsPort : simulator.port, tls);
    line = dialled;
    const greeting = (await dialled.read()) ?? "None";
    dialled.challenge = /<.*?>/.exec(greeting)?.[0] ?? "";
    if (!login) return [dialled, [steady(greeting)]];
    dialled.send(`${sentBytes(LOGIN, dialled.challenge)}\r\n`);
    return [dialled, [steady(greeting), (await dialled.read())?.slice(0, 6) ?? "None"]];
  }

  async function play(step: Step): Promise<unknown> {
    if (step.connect) return (await connect(step.connect === "CTRLS", step.login ?? true))[1];
    if (step.put !== undefined) {
      await set(storage, step.put, step.v ?? null);
      return "put";
    }
    if (step.mkdir !== undefined) {
      await storage.makeFolder(storagePath(step.mkdir));
      return "mkdir";
    }
    if (step.cat !== undefined) return contentOf(storage, step.cat);
    if (step.sleep !== undefined) return "sleep";
    if (step.restart) {
      await simulator.close();
      simulator = await startSimulator(options);
      line = null;
      return "restart";
    }
    if (step.drop) {
      line?.end();
      line = null;
      await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
      return "drop";
    }
    const open = line === null || line.isClosed() ? (await connect(false, true))[0] : line;
    return step.raw === undefined ? answer(open, step) : rawAnswer(open, step.raw);
  }

  return {
    play,
    async close() {
      line?.end();
      await simulator.close();
    },
  };
}

async function rawAnswer(line: Line, raw: string): Promise<string[]> {
  line.send(raw);
  const lines = ["raw"];
  for (let next = await line.read(SILENCE_MS); next !== null; next = await line.read(SILENCE_MS)) {
    lines.push(steady(next));
  }
  return line.isClosed() ? [...lines, "CLOSED"] : lines;
}

async function answer(line: Line, step: Step): Promise<unknown[]> {
  const eol = step.eol ?? "\r\n";
  const bytes = (text: string) => Buffer.from(expanded(text, line), "latin1").toString("latin1");
  const said: unknown[] = [];
  line.send(bytes(step.c ?? "") + eol);
  let status = await line.read();
  if (status?.startsWith("+00101")) {
    said.push("+00101");
    for (const sent of step.up ?? []) line.send(bytes(sent) + eol);
    if (step.end === false) return [...said, "None"];
    line.send(`.${eol}`);
    status = await line.read();
  }
  if (status?.startsWith("+00100")) said.push("+00100", await listFrom(line, step));
  else said.push(status?.slice(0, 6) ?? "None");
  if (status === null && line.isClosed()) said.push("CLOSED");
  return await withClosing(line, said, step);
}

/** Where XMail closed right behind its answer, wait for ours to do so. */
async function withClosing(line: Line, said: unknown[], { got }: Step): Promise<unknown[]> {
  const wasClosed = Array.isArray(got) && got.includes("CLOSED");
  if (!wasClosed || said.includes("CLOSED")) return said;
  return (await line.read()) === null && line.isClosed() ? [...said, "CLOSED"] : said;
}

/** `sentBytes` takes text; these steps are bytes already. */
function expanded(text: string, line: Line): string {
  return /\{\{/.test(text) ? sentBytes(text, line.challenge) : text;
}

async function listFrom(line: Line, step: Step): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const next = await line.read(step.noterm ? SILENCE_MS : undefined);
    if (next === null) return [...lines, "NOTERM TIMEOUT"];
    if (next === ".") return step.unordered ? lines.sort() : lines;
    lines.push(steady(next));
  }
}

function steady(text: string): string {
  return VOLATILE.reduce((result, [pattern, instead]) => result.replace(pattern, instead), text);
}

function withoutDay(got: unknown): unknown {
  return typeof got === "string" ? got.replace(LOG_OF_A_DAY, "$1{DAY}0000") : got;
}

async function contentOf(storage: Storage, path: string): Promise<string | null> {
  const at = storagePath(path);
  const stat = await storage.stat(at);
  if (stat === null) return null;
  if (stat.kind === "file") return Buffer.from(await storage.read(at)).toString("latin1");
  return `<dir> ${(await storage.list(at))
    .map(({ name }) => name)
    .sort()
    .join(" ")}`;
}

async function snapshot(storage: Storage, folder: StoragePath = ROOT): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await storage.list(folder)) {
    const path = storagePath(...(folder === ROOT ? [] : [folder]), entry.name);
    const shown = entry.kind === "folder" ? `${path}/` : path;
    if (!UNSEEN.test(shown))
      found.set(shown, entry.kind === "folder" ? "<dir>" : steady(await text(storage, path)));
    if (entry.kind === "folder")
      for (const [below, what] of await snapshot(storage, path)) found.set(below, what);
  }
  return found;
}

async function text(storage: Storage, path: StoragePath): Promise<string> {
  return Buffer.from(await storage.read(path)).toString("latin1");
}

function changed(before: Map<string, string>, after: Map<string, string>): Record<string, string | null> {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const different = paths.filter((path) => before.get(path) !== after.get(path));
  return Object.fromEntries(different.map((path) => [path, after.get(path) ?? null]));
}
