import { describe, expect, test } from "vitest";
import { fail, hasCode } from "../../src/errors/error.ts";
import { memory } from "../../src/storage/memory.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { through } from "../../src/storage/through.ts";
import { storageSuite } from "../../src/testing/storage-suite.ts";

const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What is wrong, the beginning of a case that must notice, and the broken storage. */
const FAULTS: Readonly<Record<string, [string, (whole: Storage) => Partial<Storage>]>> = {
  "a write that readers see half of": [
    "atomicReplace: readers",
    (whole) => ({
      async write(path, bytes, how) {
        if (how?.ifAbsent || how?.append) return whole.write(path, bytes, how);
        await whole.write(path, bytes.slice(0, bytes.length / 2), how);
        await aMoment();
        await whole.write(path, bytes, how);
      },
    }),
  ],
  "an exclusive create that overwrites": [
    "exclusiveCreate: makes",
    (whole) => ({
      write: (path, bytes, { ifAbsent: _, ...how } = {}) => whole.write(path, bytes, how),
    }),
  ],
  "an exclusive create that looks first and writes then": [
    "exclusiveCreate: of ten racers",
    (whole) => ({
      async write(path, bytes, { ifAbsent, ...how } = {}) {
        if (ifAbsent && (await whole.stat(path))) fail("STORAGE_EXISTS");
        await aMoment();
        return whole.write(path, bytes, how);
      },
    }),
  ],
  "a range that is off by one": [
    "rangedRead",
    (whole) => ({
      read: (path, how = {}) =>
        whole.read(path, how.length === undefined ? how : { ...how, length: how.length + 1 }),
    }),
  ],
  "a list that omits": [
    "lists 2,000 children",
    (whole) => ({ list: async (path, how) => (await whole.list(path, how)).slice(0, 1_000) }),
  ],
  "a list that shows temporary files": [
    "lists nothing of its own",
    (whole) => ({
      async write(path, bytes, how) {
        await whole.write(path, bytes, how);
        await whole.write(`${path}.tmp` as typeof path, bytes);
      },
    }),
  ],
  "a move that copies": [
    "moves a file with its mode",
    (whole) => ({
      async move(from, to, how) {
        if ((await whole.stat(from))?.kind !== "file") return whole.move(from, to, how);
        await whole.write(to, await whole.read(from), how);
      },
    }),
  ],
  "a move that takes the place of an empty folder": [
    "takes the place of no folder",
    (whole) => ({
      async move(from, to, how) {
        const entries = await whole.list(to).catch(() => null);
        if (entries?.length === 0) await whole.remove(to);
        return whole.move(from, to, how);
      },
    }),
  ],
  "an append that replaces": [
    "append: adds",
    (whole) => ({ write: (path, bytes, { append: _, ...how } = {}) => whole.write(path, bytes, how) }),
  ],
  "an append that reads, joins and writes": [
    "append: what many add",
    (whole) => ({
      async write(path, bytes, { append, ...how } = {}) {
        if (!append) return whole.write(path, bytes, how);
        const before = await whole.read(path).catch(() => new Uint8Array());
        await aMoment();
        return whole.write(path, Buffer.concat([before, bytes]), how);
      },
    }),
  ],
  "bytes that become text": [
    "binary: all",
    (whole) => ({
      write: (path, bytes, how) => whole.write(path, Buffer.from(Buffer.from(bytes).toString("utf8")), how),
    }),
  ],
  "a line end that is added": [
    "binary: what",
    (whole) => ({
      can: { ...whole.can, binary: false },
      write: (path, bytes, how) =>
        whole.write(path, bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from("\n")]), how),
    }),
  ],
  "folders that are made though it cannot": [
    "folders: can",
    (whole) => ({ can: { ...whole.can, folders: false } }),
  ],
  "a move that is done though it cannot": [
    "move: gives",
    (whole) => ({ can: { ...whole.can, move: false } }),
  ],
  "times that are invented": ["times: tell", (whole) => ({ can: { ...whole.can, times: false } })],
  "line ends that are made uniform": [
    "gives back what was written",
    (whole) => ({
      write: (path, bytes, how) =>
        whole.write(path, Buffer.from(Buffer.from(bytes).toString().replaceAll("\r\n", "\n")), how),
    }),
  ],
  "a mode that is lost": [
    "new files are private",
    (whole) => ({
      async write(path, bytes, how) {
        if (!how?.ifAbsent && !how?.append) await whole.remove(path).catch(() => undefined);
        return whole.write(path, bytes, how);
      },
    }),
  ],
  "a removal that leaves what is inside": [
    "removes a folder with everything",
    (whole) => ({
      async remove(path, how) {
        const inside = await whole.list(path).catch(() => []);
        if (inside.length === 0) return whole.remove(path, how);
      },
    }),
  ],
  "a removal of nothing that is content": [
    "removes neither",
    (whole) => ({
      remove: (path, how) =>
        whole.remove(path, how).catch((error: unknown) => {
          if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
        }),
    }),
  ],
  "folders that are not made": ["makes folders", () => ({ makeFolder: async () => undefined })],
  "a stat that throws": [
    "stat tells",
    (whole) => ({ stat: async (path, how) => (await whole.stat(path, how)) ?? fail("STORAGE_NOT_FOUND") }),
  ],
  "an abort that is not heard": [
    "abort: a call that was given up before",
    (whole) => ({ write: (path, bytes, { signal: _, ...how } = {}) => whole.write(path, bytes, how) }),
  ],
  "an error of the file system": [
    "reads only files",
    () => ({
      async read() {
        throw Object.assign(new Error("ENOENT: /var/MailRoot/f"), { code: "ENOENT" });
      },
    }),
  ],
  "names that are decoded": [
    "names mean themselves",
    (whole) => ({ read: (path, how) => whole.read(decodeURIComponent(path) as typeof path, how) }),
  ],
  "a capability that is claimed in vain": ["watch", () => ({ watch: async () => () => undefined })],
  "a capability that is denied and there": [
    "append: adds",
    (whole) => ({ can: { ...whole.can, append: false } }),
  ],
  "a durable write that nobody can check": [
    "durableWrite",
    (whole) => ({ can: { ...whole.can, durableWrite: true } }),
  ],
  "a scan that forgets": [
    "scan: gives",
    (whole) => ({
      async *scan(folders, how) {
        let seen = 0;
        for await (const found of whole.scan?.(folders, how) ?? []) if (++seen % 7 !== 0) yield found;
      },
    }),
  ],
};

describe("the storage suite reports", () => {
  for (const [fault, [noticed, broken]] of Object.entries(FAULTS)) {
    test(fault, async () => {
      const open = async () => {
        const whole = memory();
        return { storage: through(whole, broken(whole)) };
      };
      const cases = storageSuite(open).filter(({ name }) => name.startsWith(noticed));
      expect(cases).toHaveLength(1);
      for (const { run } of cases) await expect(run()).rejects.toThrow();
    });
  }
});
