import { afterAll, beforeAll, expect, test } from "vitest";
import { openBackend } from "../../src/open.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import { startProxy } from "../live/proxy.ts";
import type { Json } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { callOn } from "../table/call.ts";
import { messageText, plant } from "../unit/spool/spool-samples.ts";
import { generatedTexts } from "./generated-text.ts";
import { type Found, type Ground, hostileRun } from "./hostile-run.ts";
import { placesOf } from "./hostile-text.ts";
import { commandFaults } from "./split.ts";

/** Commands that name a message: XMail follows such a name wherever it leads. */
const NAMED = /^"?(?:frozsubmit|frozdel|frozgetlog|frozgetmsg)"?\t"(\d+)"\t"(\d+)"\t"([^"\t]*)"\r?$/i;
const FIXED = [
  "\r\n",
  "\t",
  "\u0000",
  '"',
  "\\",
  "é花",
  "../../../../domains.tab",
  "0_0_..",
  "y".repeat(300),
];
const TEXTS = (where: string) => [...FIXED, ...generatedTexts(where)];
const OF_QUEUE = ALL_OPERATIONS.filter(
  ({ name, input }) =>
    /^(?:spool|spoolJob|removedMessage)\./.test(name) && placesOf(input as Json).length > 0,
);
const SIGN_IN = { account: "admin", password: "ctrl-Secret-1" };
const SLOW = 60_000;
let world: Bytes;
let named = 0;

/** Frozen messages over the control port alone; some of their files have names that are none of XMail's. */
async function open(): Promise<Ground> {
  const storage = await copyOf(world);
  await plant(storage, [
    { cell: "0/1", stage: "froz", name: "1795509232561.7fd1577fe6c0.72b3.92.mx1", subject: "<b>\u0007" },
  ]);
  for (const name of ["a b", "a;b", "..x", "-rf", "a'b", "x.slog", "花.mx1", "a$(id).mx1"])
    await storage.write(storagePath("spool/0/1/froz", name), Buffer.from(messageText({})));
  const simulator = await startSimulator({ storage });
  const proxy = await startProxy(simulator.port);
  let sent = "";
  proxy.weather({
    corruptSent(piece) {
      sent += piece.toString("latin1");
      return piece;
    },
  });
  const shelf = memory();
  const ctrl = { host: "127.0.0.1", port: proxy.port, ...SIGN_IN };
  const backend = await openBackend({ ctrl, keep: async () => shelf });
  const settled = async () => {
    const files = Object.entries(await everything(storage));
    return Object.fromEntries(files.filter(([path]) => !/^(?:tabindex|tmp|spool\/0\/1)\//.test(path)));
  };
  return {
    call: callOn(backend),
    bytes: await settled(),
    now: settled,
    sentFaults() {
      const lines = sent.split("\n").filter((line) => /^"?froz(?!list)/i.test(line));
      named += lines.length;
      const faults = lines.filter((line) => {
        const [, level1, level2, name = ""] = NAMED.exec(line) ?? [];
        return `${level1}/${level2}` !== "0/1" || !/^[\w-][\w.-]*$/.test(name) || name.includes("..");
      });
      faults.push(...commandFaults(sent));
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

const found: Found = { stored: new Set(), readBack: new Set(), idle: [] };
const run = hostileRun(ALL_OPERATIONS, open, TEXTS, found);

beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
}, SLOW);
afterAll(() => run.leave());

test.each(OF_QUEUE.map((operation) => [operation.name, operation] as const))(
  "%s names only messages that XMail listed, splits no command, and changes nothing when it refuses",
  { timeout: SLOW },
  (_, operation) => run.one(operation),
);

test("that proves something: messages were named", () => expect(named).toBeGreaterThan(20));
