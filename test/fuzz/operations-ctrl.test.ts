import { afterAll, beforeAll, expect, test } from "vitest";
import { openBackend } from "../../src/open.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { startProxy } from "../live/proxy.ts";
import type { Json } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { callOn } from "../table/call.ts";
import { generatedTexts } from "./generated-text.ts";
import { type Found, type Ground, hostileRun } from "./hostile-run.ts";
import { placesOf } from "./hostile-text.ts";
import { commandFaults } from "./split.ts";

/** Those that mean something to a line protocol; the files are the other suite's. */
const FIXED = ["\r\n", "\n", "\t", "\u0000", '"', '"\t"', "\\", "'", "é花", ".\r\n.\r\n", "y".repeat(300)];
const TEXTS = (where: string) => [...FIXED, ...generatedTexts(where)];
/** Changes of XMail's; what reads, or has no text to read, sends nothing of it. */
const CHANGES = ALL_OPERATIONS.filter(
  ({ effect, ofOurs, input }) => effect !== "read" && !ofOurs && placesOf(input as Json).length > 0,
);
const SLOW = 60_000;
const SIGN_IN = { account: "admin", password: "ctrl-Secret-1" };

let world: Bytes;
const found: Found = { stored: new Set(), readBack: new Set(), idle: [] };
let commands = 0;

/** XMail's control port over the little world, and all that was ever sent to it. */
async function open(): Promise<Ground> {
  const storage = await copyOf(world);
  const simulator = await startSimulator({ storage });
  const proxy = await startProxy(simulator.port);
  let sent = "";
  proxy.weather({
    corruptSent(piece) {
      sent += piece.toString("latin1");
      return piece;
    },
  });
  const ctrl = { host: "127.0.0.1", port: proxy.port, ...SIGN_IN };
  const backend = await openBackend({ ctrl, storage });
  return {
    call: callOn(backend),
    bytes: await settled(() => everything(storage)),
    now: () => settled(() => everything(storage)),
    sentFaults() {
      const faults = commandFaults(sent);
      commands += sent.split("\n").length - 1;
      sent = "";
      return faults;
    },
    async close() {
      await backend.close();
      await proxy.close();
      await simulator.close();
    },
  };
}

/** Without what XMail itself writes while it serves. */
async function settled(bytes: () => Promise<Bytes>): Promise<Bytes> {
  return Object.fromEntries(
    Object.entries(await bytes()).filter(
      ([path]) => !/^(?:\.xmailcfg|tabindex|tmp|spool|logs|pop3locks|dnscache)\//.test(path),
    ),
  );
}

const run = hostileRun(ALL_OPERATIONS, open, TEXTS, found);

beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
}, SLOW);
afterAll(() => run.leave());

test.each(CHANGES.map((operation) => [operation.name, operation] as const))(
  "%s splits no command and no row, and changes nothing when it refuses",
  { timeout: SLOW },
  (_, operation) => run.one(operation),
);

test("that proves something: commands were sent, texts were stored and read back", () => {
  expect(commands).toBeGreaterThan(500);
  expect(found.stored.size).toBeGreaterThan(80);
  expect(found.readBack.size).toBeGreaterThan(40);
});

test.each([
  ["a command of its own", 'uservarsset\t"a"\t"axq\r\nzzq"\r\n'],
  ["a cell of its own", 'uservarsset\t"a"\t"axq\tzzq"\r\n'],
  ["a text whose quotes end early", 'uservarsset\t"a"\t"axq"zzq"\r\n'],
  ["a NUL", 'uservarsset\t"a"\t"axq\0zzq"\r\n'],
  ["a letter above ASCII", 'uservarsset\t"a"\t"axq\u00e9zzq"\r\n'],
])("a planted fault is reported: %s", (_, sent) => {
  expect(commandFaults('usergetmproc\t"axqzzq"\r\n')).toEqual([]);
  expect(commandFaults(sent)).not.toEqual([]);
});
