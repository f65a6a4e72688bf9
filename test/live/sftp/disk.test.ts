import { execFileSync, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import type { Scanned, Storage } from "../../../src/storage/storage.ts";
import { asRoot, describeWith, sshd } from "../../peers.ts";
import { codeOf, openOn, textAt } from "./open.ts";
import { type Sshd, startSshd } from "./server.ts";

vi.setConfig({ testTimeout: 90_000 });

const x = Buffer.from("x");
const names = async (storage: Storage, path: string) =>
  (await storage.list(storagePath(path))).map(({ name }) => name).sort();

for (const extensions of [true, false]) {
  describeWith("sshd", sshd(), `sftp on a real disk, ${extensions ? "OpenSSH's" : "bare"}`, () => {
    let server: Sshd;
    let folder = "";
    let root = "";
    let storage: Storage;
    const outside = (...parts: string[]) => join(folder, "outside", ...parts);

    beforeAll(async () => {
      server = await startSshd({ extensions });
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      folder = mkdtempSync(join(server.folder, "test-"));
      root = join(folder, "root");
      mkdirSync(root);
      mkdirSync(outside());
      writeFileSync(outside("secret"), "secret");
      storage = await openOn(server, { root });
    });
    afterEach(async () => {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test("a missing root is nothing, and made by the first write for its owner only", async () => {
      const fresh = await openOn(server, { root: join(folder, "not", "yet") });
      expect(await fresh.stat(ROOT)).toBeNull();
      expect(await codeOf(fresh.list(ROOT))).toBe("STORAGE_NOT_FOUND");
      expect(await codeOf(fresh.read(storagePath("f")))).toBe("STORAGE_NOT_FOUND");
      expect(existsSync(join(folder, "not"))).toBe(false);
      await fresh.write(storagePath("d/f"), x);
      expect(await textAt(fresh, "d/f")).toBe("x");
      for (const made of ["not", "not/yet", "not/yet/d"])
        expect(statSync(join(folder, made)).mode & 0o777, made).toBe(0o700);
      await fresh.close();
      expect(await codeOf(fresh.read(storagePath("d/f")))).toBe("STORAGE_FAILED");
      expect(await codeOf(openOn(server, { root: "relative" }))).toBe("BAD_CONFIG");
    });

    test("a root of slashes alone is the top of the disk, and not somebody's home", async () => {
      const top = await openOn(server, { root: "//" });
      expect(await top.stat(storagePath(root.slice(1)))).toMatchObject({ kind: "folder" });
      await top.close();
    });

    test("links out of the root are denied, by whatever verb, and nothing outside changes", async () => {
      symlinkSync(outside(), join(root, "folder"));
      symlinkSync(outside("secret"), join(root, "file"));
      symlinkSync(outside("not", "there"), join(root, "nowhere"));
      symlinkSync("../outside", join(root, "upward"));
      mkdirSync(`${root}-beside`);
      symlinkSync(`${root}-beside`, join(root, "beside"));
      mkdirSync(join(root, "in"));
      symlinkSync("../folder", join(root, "in", "twice"));
      symlinkSync("around", join(root, "around"));
      execFileSync("mkfifo", [join(root, "pipe")]);
      const through = "folder file folder/secret folder/new nowhere upward upward/secret beside beside/new";
      for (const name of [...through.split(" "), "in/twice/secret", "around", "pipe"]) {
        const path = storagePath(name);
        const calls = {
          stat: () => storage.stat(path),
          read: () => storage.read(path),
          write: () => storage.write(path, x),
          exclusive: () => storage.write(path, x, { ifAbsent: true }),
          append: () => storage.write(path, x, { append: true }),
          list: () => storage.list(path),
          "make below": () => storage.makeFolder(storagePath(path, "below")),
          "write below": () => storage.write(storagePath(path, "below/deeper"), x),
          ...(name.includes("/")
            ? { remove: () => storage.remove(path), move: () => storage.move(path, storagePath("stolen")) }
            : {}),
        };
        for (const [verb, call] of Object.entries(calls)) {
          const codes = extensions ? /DENIED|EXISTS|NOT_FOUND/ : /DENIED|EXISTS|NOT_FOUND|UNSUPPORTED/;
          const code = await codeOf(call());
          expect(code, `${verb} ${name}`).toMatch(/stat|read|^write$/.test(verb) ? /DENIED/ : codes);
        }
      }
      for (const name of ["folder", "upward", "beside", "in/twice"]) {
        expect(await codeOf(storage.list(storagePath(name)))).toBe("STORAGE_DENIED");
        expect(await codeOf(collect(storage, name))).toBe("STORAGE_DENIED");
      }
      expect(readdirSync(outside())).toEqual(["secret"]);
      expect(readFileSync(outside("secret"), "utf8")).toBe("secret");
      expect(readdirSync(`${root}-beside`)).toEqual([]);
      expect(await names(storage, ""), "lists leave them out").toEqual(["in"]);
      expect(await names(storage, "in")).toEqual([]);
      expect(await collect(storage, "")).toEqual([]);
    });

    test("removing a link leaves what it leads to", async () => {
      symlinkSync(outside(), join(root, "folder"));
      mkdirSync(join(root, "d"));
      symlinkSync(outside(), join(root, "d", "deep"));
      symlinkSync(outside("secret"), join(root, "d", "file"));
      await storage.remove(storagePath("folder"));
      await storage.remove(storagePath("d"));
      expect(readdirSync(root)).toEqual([]);
      expect(readFileSync(outside("secret"), "utf8")).toBe("secret");
    });

    test("links that stay inside are what they lead to", async () => {
      await storage.write(storagePath("real/f"), Buffer.from("1"));
      symlinkSync("real", join(root, "folder"));
      symlinkSync(join(root, "real", "f"), join(root, "file"));
      symlinkSync(".", join(root, "here"));
      expect(await textAt(storage, "folder/f")).toBe("1");
      expect(await textAt(storage, "here/here/file")).toBe("1");
      await storage.write(storagePath("file"), Buffer.from("2"));
      await storage.write(storagePath("folder/g"), Buffer.from("3"), { ifAbsent: true });
      expect(await textAt(storage, "real/f"), "the link stays a link").toBe("2");
      expect(await names(storage, "real")).toEqual(["f", "g"]);
      const listed = await storage.list(ROOT);
      expect(listed.find(({ name }) => name === "file")).toMatchObject({ kind: "file", size: 1 });
      expect((await storage.stat(storagePath("here")))?.kind).toBe("folder");
      expect((await collect(storage, "")).map(({ path }) => path).sort()).toEqual(["real/f", "real/g"]);
    });

    test("the root itself may be a link, and keeps leading where it led", async () => {
      symlinkSync(root, join(folder, "link"));
      const linked = await openOn(server, { root: join(folder, "link") });
      await linked.write(storagePath("f"), Buffer.from("1"));
      unlinkSync(join(folder, "link"));
      symlinkSync(outside(), join(folder, "link"));
      await linked.write(storagePath("f"), Buffer.from("2"));
      await linked.close();
      expect(readFileSync(join(root, "f"), "utf8")).toBe("2");
      expect(readdirSync(outside())).toEqual(["secret"]);
    });

    test("names that are no UTF-8 are left out of lists, and go with their folder", async () => {
      mkdirSync(join(root, "d"));
      writeFileSync(Buffer.concat([Buffer.from(`${root}/d/`), Buffer.from([0xb4, 0xc1])]), "EUC-JP");
      writeFileSync(join(root, "d", "漢字"), "UTF-8");
      expect(await names(storage, "d")).toEqual(["漢字"]);
      expect((await collect(storage, "d")).map(({ path }) => path)).toEqual(["d/漢字"]);
      await storage.remove(storagePath("d"));
      expect(readdirSync(root)).toEqual([]);
    });

    test("what a killed process left is hidden, and goes an hour later; what was set aside stays", async () => {
      const left = [".xmailcfg-tmp-0123456789abcdef", ".xmailcfg-tmp-fedcba9876543210"];
      const [file = "", tree = ""] = left.map((name) => join(root, name));
      writeFileSync(file, "half");
      mkdirSync(join(tree, "deep"), { recursive: true });
      writeFileSync(join(tree, "deep", "f"), "x");
      writeFileSync(join(root, ".xmailcfg-old-0123456789abcdef"), "the only one");
      expect(await names(storage, "")).toEqual([]);
      await storage.write(storagePath("f"), x);
      expect(readdirSync(root).length, "fresh ones may be somebody's").toBe(4);
      const old = Date.now() / 1000 - 3_700;
      for (const path of [file, tree]) utimesSync(path, old, old);
      const later = await openOn(server, { root });
      await later.write(storagePath("f"), x);
      await later.close();
      expect(readdirSync(root).sort()).toEqual([".xmailcfg-old-0123456789abcdef", "f"]);
      expect(await codeOf(storage.write(storagePath(left[0] ?? ""), x))).toBe("STORAGE_PATH");
    });

    test("5,000 entries are all there, each once, with what they are", async () => {
      mkdirSync(join(root, "many"));
      for (let index = 0; index < 5_000; index += 1)
        writeFileSync(join(root, "many", `利用者-${index}.tab`), "x".repeat(index % 50));
      const entries = await storage.list(storagePath("many"));
      expect(new Set(entries.map(({ name }) => name)).size).toBe(5_000);
      expect(entries.length).toBe(5_000);
      for (const { name, size, kind } of entries) {
        const index = Number(/^利用者-(\d+)\.tab$/.exec(name)?.[1]);
        expect([kind, size]).toEqual(["file", index % 50]);
      }
      expect((await collect(storage, "many")).length).toBe(5_000);
    });

    test("40 read 10 MB at once, and every byte is right", async () => {
      const bytes = Buffer.alloc(10_000_001);
      for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE((at * 2654435761) >>> 0, at);
      await storage.write(storagePath("big"), bytes);
      expect(readFileSync(join(root, "big")).equals(bytes)).toBe(true);
      await Promise.all(
        Array.from({ length: 40 }, async (_, reader) => {
          const offset = reader * 1_003;
          const found = await storage.read(storagePath("big"), { offset });
          expect(Buffer.compare(found, bytes.subarray(offset)), `reader ${reader}`).toBe(0);
        }),
      );
    });

    test("a file that is replaced from elsewhere while it is read is one or the other", async () => {
      const versions = [Buffer.alloc(700_000, "a"), Buffer.alloc(900_000, "b")];
      let done = false;
      const replacing = (async () => {
        for (let turn = 0; !done; turn += 1) {
          writeFileSync(join(folder, "next"), versions[turn % 2] ?? x);
          renameSync(join(folder, "next"), join(root, "f"));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      })();
      await vi.waitFor(() => expect(existsSync(join(root, "f"))).toBe(true));
      for (let turn = 0; turn < 60; turn += 1) {
        const found = Buffer.from(await storage.read(storagePath("f")));
        expect(
          versions.some((version) => version.equals(found)),
          `${found.length} bytes`,
        ).toBe(true);
      }
      done = true;
      await replacing;
    });

    test("1,000 replaces under the eyes of other processes", async () => {
      await storage.write(storagePath("f"), Buffer.alloc(5_000, "0"));
      const watching = watch(join(root, "f"));
      for (let turn = 1; turn <= 1_000; turn += 1)
        await storage.write(storagePath("f"), Buffer.alloc(5_000 + turn, String(turn % 10)));
      const seen = await watching.stop();
      expect(seen.reads).toBeGreaterThan(50);
      // With the bare protocol there is a moment without the file; half of one is never there.
      expect(seen.halves).toBe(0);
      if (extensions) expect(seen.missing).toBe(0);
    });

    test("the mode stays when a file is replaced, exactly", async () => {
      writeFileSync(join(root, "f"), "x");
      execFileSync("chmod", ["2754", join(root, "f")]);
      await storage.write(storagePath("f"), Buffer.from("y"));
      expect(statSync(join(root, "f")).mode & 0o7777).toBe(0o2754);
    });
  });
}

describeWith("root", sshd() && asRoot(), "sftp as root", () => {
  test("keeps the owner of a file, and gives new ones that of their folder", async () => {
    const server = await startSshd({ extensions: true });
    const storage = await openOn(server);
    try {
      chownSync(server.folder, 12_345, 23_456);
      writeFileSync(join(server.folder, "old"), "x");
      chownSync(join(server.folder, "old"), 34_567, 45_678);
      await storage.write(storagePath("old"), x);
      await storage.write(storagePath("d/new"), x);
      await storage.write(storagePath("d/log"), x, { append: true });
      const owners = ["old", "d", "d/new", "d/log"].map((name) => {
        const { uid, gid } = statSync(join(server.folder, name));
        return [name, uid, gid];
      });
      expect(owners).toEqual([
        ["old", 34_567, 45_678],
        ["d", 12_345, 23_456],
        ["d/new", 12_345, 23_456],
        ["d/log", 12_345, 23_456],
      ]);
    } finally {
      await storage.close();
      await server.stop();
    }
  });
});

describe("the watcher of the test above", () => {
  test("sees halves and gaps", async () => {
    const folder = mkdtempSync(join("/tmp", "watched-"));
    const path = join(folder, "f");
    writeFileSync(path, Buffer.alloc(5_000, "0"));
    const watching = watch(path);
    const until = Date.now() + 5_000;
    let seen = { reads: 0, halves: 0, missing: 0 };
    for (let turn = 0; Date.now() < until; turn += 1) {
      writeFileSync(path, Buffer.concat([Buffer.alloc(3_000, "1"), Buffer.alloc(3_000, "2")]));
      if (turn % 2) unlinkSync(path);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    seen = await watching.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(Math.min(seen.reads, seen.halves, seen.missing)).toBeGreaterThan(0);
  });
});

async function collect(storage: Storage, path: string): Promise<Scanned[]> {
  const all: Scanned[] = [];
  for await (const found of storage.scan?.([storagePath(path)]) ?? []) all.push(found);
  return all;
}

/** Another process that reads a file all the time. */
function watch(path: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "watcher-child.mjs"), path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    async stop(): Promise<{ reads: number; halves: number; missing: number }> {
      child.stdin.end("stop");
      await ended;
      return JSON.parse(said.join("").split("\n")[1] ?? "");
    },
  };
}
