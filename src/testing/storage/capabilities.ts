import assert from "node:assert/strict";
import { hasCode } from "../../errors/error.ts";
import { ROOT } from "../../storage/path.ts";
import type { Capabilities } from "../../storage/storage.ts";
import {
  aTurn,
  at,
  below,
  bytesOf,
  type Cases,
  filled,
  holds,
  isAbsent,
  line,
  namesIn,
  refuses,
  whichFilled,
} from "./expect.ts";

const NAMES: readonly (keyof Capabilities)[] = [
  "atomicReplace",
  "exclusiveCreate",
  "rangedRead",
  "append",
  "durableWrite",
  "watch",
  "caseSensitive",
  "binary",
  "folders",
  "move",
  "times",
];
const REPLACES = 240;
const RACERS = 10;
const A_WHILE_BACK_MS = 10 * 365 * 24 * 3600 * 1000;
/** Latin-1. Line-based storages may refuse these; nobody may change them. */
const ODD_CONTENTS = [
  "",
  "no end",
  "two\nno end",
  "\n",
  "\n\n",
  "cr\r\n",
  "cr\rinside\n",
  "many\r\r\n",
  "\r",
  "zero\0byte\n",
  ".\n",
  "..\n.two\n...\n",
  ".",
  "\xe3\x81\x82\xff\x80\n",
  "\xff\xfe\n",
  "tab\there \n \n",
  ...[2_043, 2_044, 2_045, 2_046, 2_047, 2_048, 4_096, 70_000].flatMap((length) => [
    `${"x".repeat(length)}\n`,
    `.${"y".repeat(length - 1)}\n`,
  ]),
];

export const capabilityCases: Cases = {
  async "capabilities: all are said, and stay"(storage) {
    const said = { ...storage.can };
    assert.deepEqual(Object.keys(said).sort(), [...NAMES].sort());
    for (const name of NAMES) assert.equal(typeof said[name], "boolean", name);
    await storage.write(at("f"), line("x"));
    await storage.remove(at("f"));
    assert.deepEqual({ ...storage.can }, said);
    assert.match(storage.kind, /^[a-z][a-z0-9+-]*$/);
  },

  async "atomicReplace: readers see the old file or the new one"(storage) {
    await storage.write(at("f"), filled(0, 3_000));
    let done = false;
    let reads = 0;
    const reader = async () => {
      do {
        const bytes = await storage.read(at("f"));
        const which = (bytes[0] ?? 0) - 65;
        reads += 1;
        await aTurn();
        if (!storage.can.atomicReplace) continue;
        assert.ok(bytes.length >= 3_000, `a reader saw ${bytes.length} bytes`);
        assert.equal(which, (bytes.length - 3_000) % 26, "a reader saw parts of two files");
      } while (!done);
    };
    const writer = async () => {
      for (let index = 1; index <= REPLACES; index += 1) {
        await storage.write(at("f"), filled(index, 3_000 + index));
        await aTurn();
      }
    };
    await Promise.all([reader(), reader(), reader(), writer().finally(() => (done = true))]);
    assert.ok(reads > 3, "readers had a turn meanwhile");
    await holds(storage, "f", filled(REPLACES, 3_000 + REPLACES));
    assert.deepEqual(await namesIn(storage, ""), ["f"]);
  },

  async "atomicReplace: of several writers one wins, whole"(storage) {
    if (!storage.can.atomicReplace) return;
    await Promise.all(
      Array.from({ length: RACERS }, (_, index) => storage.write(at("f"), filled(index, 9_000 - 26 * index))),
    );
    const bytes = await storage.read(at("f"));
    assert.equal(whichFilled(bytes), (9_000 - bytes.length) / 26, "one writer's bytes");
  },

  async "exclusiveCreate: makes a file only where there is none"(storage) {
    const make = (path: string) => storage.write(at(path), line("new"), { ifAbsent: true });
    if (!storage.can.exclusiveCreate) {
      await refuses("ifAbsent", "STORAGE_UNSUPPORTED", () => make("d/f"));
      return isAbsent(storage, "d/f");
    }
    const [f, g] = [below(storage, "d/f"), below(storage, "d/g")];
    await make(f);
    await holds(storage, f, "new");
    await storage.write(at(g), line("old"));
    for (const path of [f, g, "", `${f}/below`, ...(storage.can.folders ? ["d"] : [])]) {
      await refuses(`ifAbsent on "${path}"`, "STORAGE_EXISTS", () => make(path));
    }
    await holds(storage, g, "old");
    await storage.remove(at(g));
    await make(g);
    await holds(storage, g, "new");
  },

  async "exclusiveCreate: of ten racers exactly one wins"(storage) {
    if (!storage.can.exclusiveCreate) return;
    for (let round = 0; round < 5; round += 1) {
      const path = at(below(storage, `race/${round}`));
      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, (_, index) =>
          storage.write(path, filled(index, 4_000 + index), { ifAbsent: true }).then(
            () => index,
            (error: unknown) => {
              if (hasCode(error, "STORAGE_EXISTS")) return null;
              throw error;
            },
          ),
        ),
      );
      const winners = outcomes.filter((index) => index !== null);
      assert.equal(winners.length, 1, `${winners.length} racers won`);
      await holds(storage, path, filled(winners[0] ?? 0, 4_000 + (winners[0] ?? 0)));
    }
    assert.deepEqual(await namesIn(storage, storage.can.folders ? "race" : ""), ["0", "1", "2", "3", "4"]);
  },

  async "rangedRead: gives exactly the bytes asked for"(storage) {
    const bytes = Uint8Array.from({ length: 3_000 }, (_, index) =>
      index % 1_000 === 999 ? 10 : 32 + (index % 90),
    );
    await storage.write(at("f"), bytes);
    if (!storage.can.rangedRead) {
      await refuses("offset", "STORAGE_UNSUPPORTED", () => storage.read(at("f"), { offset: 1 }));
      return refuses("length", "STORAGE_UNSUPPORTED", () => storage.read(at("f"), { length: 1 }));
    }
    for (const offset of [0, 1, 91, 2_999, 3_000, 3_001, 1e9]) {
      for (const length of [0, 1, 2, 1_000, 3_000, 3_001, 1e9, undefined]) {
        const found = await storage.read(at("f"), length === undefined ? { offset } : { offset, length });
        const wanted = bytes.slice(offset, length === undefined ? undefined : offset + length);
        assert.ok(Buffer.from(found).equals(Buffer.from(wanted)), `offset ${offset}, length ${length}`);
      }
    }
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await refuses(`offset ${wrong}`, "INVALID_INPUT", () => storage.read(at("f"), { offset: wrong }));
      await refuses(`length ${wrong}`, "INVALID_INPUT", () => storage.read(at("f"), { length: wrong }));
    }
    await refuses("range of nothing", "STORAGE_NOT_FOUND", () => storage.read(at("g"), { offset: 1 }));
  },

  async "append: adds at the end"(storage) {
    const add = (path: string, text: string) => storage.write(at(path), bytesOf(text), { append: true });
    await storage.write(at("old"), line("1"), { mode: 0o640 });
    const before = await storage.stat(at("old"));
    if (!storage.can.append) {
      await refuses("append", "STORAGE_UNSUPPORTED", () => add("old", "2"));
      await refuses("append to nothing", "STORAGE_UNSUPPORTED", () => add("d/new", "1"));
      await isAbsent(storage, "d/new");
      return holds(storage, "old", "1");
    }
    await add("old", "2\n");
    if (storage.can.binary) await add("old", "");
    await add("old", "3\n");
    await holds(storage, "old", "1\n2\n3");
    assert.equal((await storage.stat(at("old")))?.mode, before?.mode);
    const made = below(storage, "d/new");
    await add(made, "1\n");
    await holds(storage, made, "1");
    for (const path of ["", "old/below", ...(storage.can.folders ? ["d"] : [])]) {
      await refuses(`append on "${path}"`, "STORAGE_EXISTS", () => add(path, "x\n"));
    }
  },

  async "append: what many add at once is all there"(storage) {
    if (!storage.can.append) return;
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index} ${"x".repeat(index)}\n`);
    await Promise.all(lines.map((line) => storage.write(at("log"), bytesOf(line), { append: true })));
    const found = new TextDecoder().decode(await storage.read(at("log")));
    assert.deepEqual(found.match(/.*\n/g)?.sort(), [...lines].sort());
  },

  async "durableWrite: what was written is there for the next opening"(storage, { reopen }) {
    const f = below(storage, "d/f");
    await storage.write(at(f), line("old"));
    await storage.write(at(f), line("new"));
    if (!storage.can.durableWrite) return;
    assert.ok(reopen, "who claims durableWrite says how to open the same place again");
    const again = await reopen();
    try {
      await holds(again, f, "new");
    } finally {
      await again.close();
    }
  },

  async "watch: tells of changes at and below a path"(storage) {
    if (!storage.can.watch) return assert.equal(storage.watch, undefined, "no verb without the capability");
    assert.ok(storage.watch, "the verb of the capability");
    const { folders } = storage.can;
    if (folders) await storage.makeFolder(at("d/e"));
    const f = at(below(storage, "d/e/f"));
    let heard = () => {};
    const stop = await storage.watch(at(folders ? "d" : "f"), () => heard());
    const changes = [
      () => storage.write(f, line("1")),
      () => storage.write(f, line("2")),
      () => storage.remove(f),
    ];
    for (const change of changes) {
      const told = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await change();
      await within(5_000, told, "a change was not told");
    }
    let deaf = true;
    heard = () => {
      deaf = false;
    };
    await storage.write(at("dd"), line("beside"));
    stop();
    await storage.write(f, line("3"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(deaf, "told of a change beside, or after stopping");
  },

  async "caseSensitive: A and a are two files, or one"(storage) {
    await storage.write(at("Name"), line("1"));
    await storage.write(at("name"), line("2"));
    await holds(storage, "name", "2");
    await holds(storage, "Name", storage.can.caseSensitive ? "1" : "2");
    assert.equal((await namesIn(storage, "")).length, storage.can.caseSensitive ? 2 : 1);
  },

  async "binary: all 256 byte values survive, or are refused"(storage) {
    const all = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    if (storage.can.binary) {
      await storage.write(at("f"), all);
      return holds(storage, "f", all);
    }
    await storage.write(at("f"), line("old"));
    await refuses("all byte values", "STORAGE_UNSUPPORTED", () => storage.write(at("f"), all));
    await holds(storage, "f", "old");
  },

  async "binary: what is more than lines is kept as it is or refused"(storage) {
    for (const odd of ODD_CONTENTS) {
      const bytes = Buffer.from(odd, "latin1");
      await storage.write(at("f"), line("old"));
      const taken = await storage.write(at("f"), bytes).then(
        () => true,
        (error: unknown) => {
          if (storage.can.binary || !hasCode(error, "STORAGE_UNSUPPORTED")) throw error;
          return false;
        },
      );
      await holds(storage, "f", taken ? bytes : "old");
    }
  },

  async "folders: can be made, or are refused"(storage) {
    if (storage.can.folders) return storage.makeFolder(at("d"));
    await storage.write(at("f"), line("kept"));
    await refuses("makeFolder", "STORAGE_UNSUPPORTED", () => storage.makeFolder(at("d")));
    await refuses("a file in a missing folder", "STORAGE_UNSUPPORTED", () =>
      storage.write(at("d/f"), line("x")),
    );
    await isAbsent(storage, "d");
    await refuses("list of nothing", "STORAGE_NOT_FOUND", () => storage.list(at("d")));
    assert.equal((await storage.stat(ROOT))?.kind, "folder");
    await refuses("a file below a file", "STORAGE_EXISTS", () => storage.write(at("f/g"), line("x")));
    assert.deepEqual(await namesIn(storage, ""), ["f"]);
    await holds(storage, "f", "kept");
  },

  async "move: gives a file another name, or is refused"(storage) {
    await storage.write(at("f"), line("moved"));
    if (storage.can.move) await storage.move(at("f"), at("g"));
    else await refuses("move", "STORAGE_UNSUPPORTED", () => storage.move(at("f"), at("g")));
    const [there, gone] = storage.can.move ? ["g", "f"] : ["f", "g"];
    await holds(storage, there ?? "", "moved");
    await isAbsent(storage, gone ?? "");
  },

  async "times: tell when a file was changed, or are 0"(storage) {
    await storage.write(at("f"), line("1"));
    const before = await storage.stat(at("f"));
    await storage.write(at("f"), line("2"));
    const after = await storage.stat(at("f"));
    const [listed] = await storage.list(ROOT);
    assert.ok(before && after);
    assert.equal(listed?.mtimeMs, after.mtimeMs, "list and stat tell one time");
    if (!storage.can.times) return assert.deepEqual([before.mtimeMs, after.mtimeMs], [0, 0]);
    assert.ok(after.mtimeMs >= before.mtimeMs, "a later write has no earlier time");
    assert.ok(after.mtimeMs > Date.now() - A_WHILE_BACK_MS, "times are milliseconds");
  },
};

async function within(ms: number, work: Promise<void>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: otherwise })), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
