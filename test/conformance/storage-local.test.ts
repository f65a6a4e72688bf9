import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open as openFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { local } from "../../src/storage/local.ts";
import { ROOT, storagePath } from "../../src/storage/path.ts";
import type { Scanned, Storage } from "../../src/storage/storage.ts";
import { storageSuite } from "../../src/testing/storage-suite.ts";
import { asRoot, describeWith } from "../peers.ts";
import { startChild } from "./child-process.ts";

// Child processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const CHILD = "./storage-local-child.ts";
const text = async (storage: Storage, path: string) =>
  Buffer.from(await storage.read(storagePath(path))).toString();
const names = async (storage: Storage, path: string) =>
  (await storage.list(storagePath(path))).map(({ name }) => name).sort();
const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("local", () => {
  const open = async () => {
    const folder = mkdtempSync(join(tmpdir(), "storage-"));
    const root = join(folder, "made by the first write", "root");
    mkdirSync(root, { recursive: true });
    return {
      storage: local(root),
      reopen: async () => local(root),
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  };
  for (const { name, run } of storageSuite(open)) test(name, run);
});

describe("local on a real disk", () => {
  let folder = "";
  let root = "";
  let storage: Storage;
  const outside = (...parts: string[]) => join(folder, "outside", ...parts);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "storage-"));
    root = join(folder, "root");
    mkdirSync(root);
    mkdirSync(outside());
    writeFileSync(outside("secret"), "secret");
    storage = local(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("a missing root is nothing, and made by the first write for its owner only", async () => {
    const fresh = local(join(folder, "not", "yet"));
    expect(await fresh.stat(ROOT)).toBeNull();
    await expect(fresh.list(ROOT)).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    await expect(fresh.read(storagePath("f"))).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    expect(existsSync(join(folder, "not"))).toBe(false);
    await fresh.write(storagePath("d/f"), Buffer.from("x"));
    expect(await text(fresh, "d/f")).toBe("x");
    for (const made of ["not", "not/yet", "not/yet/d"]) {
      expect(statSync(join(folder, made)).mode & 0o777, made).toBe(0o700);
    }
    expect(() => local("")).toThrow(expect.objectContaining({ code: "BAD_CONFIG" }));
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
    const through = [
      "folder",
      "file",
      "folder/secret",
      "folder/new",
      "nowhere",
      "upward",
      "upward/secret",
      "beside",
      "beside/new",
      "in/twice/secret",
    ];
    const x = Buffer.from("x");
    for (const name of through) {
      const path = storagePath(name);
      const calls: Record<string, () => Promise<unknown>> = {
        stat: () => storage.stat(path),
        read: () => storage.read(path),
        write: () => storage.write(path, x),
        append: () => storage.write(path, x, { append: true }),
        "make below": () => storage.makeFolder(storagePath(path, "below")),
        "write below": () => storage.write(storagePath(path, "below/deeper"), x),
        "move below": async () => {
          await storage.write(storagePath("moved"), x);
          await storage.move(storagePath("moved"), storagePath(path, "moved"));
        },
      };
      if (name.includes("/")) {
        calls["remove"] = () => storage.remove(path);
        calls["move"] = () => storage.move(path, storagePath("stolen"));
        calls["move over"] = () => storage.move(storagePath("moved"), path);
      }
      for (const [verb, call] of Object.entries(calls)) {
        // Below a file there is nothing to be had, wherever it lies.
        const codes = verb.endsWith("below") ? /DENIED|EXISTS/ : /DENIED/;
        await expect(call(), `${verb} ${name}`).rejects.toMatchObject({ code: expect.stringMatching(codes) });
      }
      const exclusive = storage.write(path, x, { ifAbsent: true });
      await expect(exclusive, name).rejects.toMatchObject({ code: expect.stringMatching(/DENIED|EXISTS/) });
    }
    for (const name of ["folder", "upward", "beside", "in/twice"]) {
      await expect(storage.list(storagePath(name))).rejects.toMatchObject({ code: "STORAGE_DENIED" });
      await expect(collect(storage, name)).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    }
    expect(readdirSync(outside())).toEqual(["secret"]);
    expect(readFileSync(outside("secret"), "utf8")).toBe("secret");
    expect(readdirSync(`${root}-beside`)).toEqual([]);
    expect(await names(storage, ""), "lists leave them out").toEqual(["in", "moved"]);
    expect(await names(storage, "in")).toEqual([]);
    expect((await collect(storage, "")).map(({ path }) => path)).toEqual(["moved"]);
  });

  test("removing and moving a link leaves what it leads to", async () => {
    symlinkSync(outside(), join(root, "folder"));
    mkdirSync(join(root, "d"));
    symlinkSync(outside(), join(root, "d", "deep"));
    symlinkSync(outside("secret"), join(root, "d", "file"));
    await storage.move(storagePath("folder"), storagePath("moved"));
    expect(readdirSync(root).sort()).toEqual(["d", "moved"]);
    await storage.remove(storagePath("moved"));
    await storage.remove(storagePath("d"));
    expect(readdirSync(root)).toEqual([]);
    expect(readFileSync(outside("secret"), "utf8")).toBe("secret");
  });

  test("links that stay inside are what they lead to", async () => {
    await storage.write(storagePath("real/f"), Buffer.from("1"));
    symlinkSync("real", join(root, "folder"));
    symlinkSync(join(root, "real", "f"), join(root, "file"));
    symlinkSync(".", join(root, "here"));
    expect(await text(storage, "folder/f")).toBe("1");
    expect(await text(storage, "here/here/file")).toBe("1");
    await storage.write(storagePath("file"), Buffer.from("2"));
    await storage.write(storagePath("folder/g"), Buffer.from("3"), { ifAbsent: true });
    expect(await text(storage, "real/f"), "the link stays a link").toBe("2");
    expect(await names(storage, "real")).toEqual(["f", "g"]);
    expect((await storage.list(ROOT)).find(({ name }) => name === "file")).toMatchObject({
      kind: "file",
      size: 1,
    });
    expect((await storage.stat(storagePath("here")))?.kind).toBe("folder");
    expect((await collect(storage, "")).map(({ path }) => path).sort()).toEqual(["real/f", "real/g"]);
  });

  test("the root itself may be a link, and keeps leading where it led", async () => {
    symlinkSync(root, join(folder, "link"));
    const linked = local(join(folder, "link"));
    await linked.write(storagePath("f"), Buffer.from("1"));
    unlinkSync(join(folder, "link"));
    symlinkSync(outside(), join(folder, "link"));
    await linked.write(storagePath("f"), Buffer.from("2"));
    expect(readFileSync(join(root, "f"), "utf8")).toBe("2");
    expect(readdirSync(outside())).toEqual(["secret"]);
  });

  test("a folder that is swapped for a link out of the root while we work never leads out", async () => {
    mkdirSync(join(root, "d", "sub"), { recursive: true });
    writeFileSync(join(root, "d", "sub", "secret"), "inside");
    writeFileSync(join(root, "d", "secret"), "inside");
    mkdirSync(outside("sub"));
    writeFileSync(outside("sub", "secret"), "secret");
    writeFileSync(outside("outside only"), "");
    let done = false;
    // Between two steps of the swap the storage may make the missing folder itself.
    const insist = (step: () => void) => {
      for (;;) {
        try {
          return step();
        } catch (error) {
          if (!/EEXIST|ENOTEMPTY/.test(String(error))) throw error;
          rmSync(join(root, "d"), { recursive: true, force: true });
        }
      }
    };
    const swapping = (async () => {
      for (let turn = 0; !done; turn += 1) {
        renameSync(join(root, "d"), join(root, "aside"));
        insist(() => symlinkSync(outside(), join(root, "d")));
        if (turn % 2) await aWhile(0);
        unlinkSync(join(root, "d"));
        insist(() => renameSync(join(root, "aside"), join(root, "d")));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const outcomes = new Set<string>();
    const end = Date.now() + 2_500;
    const once = async (call: () => Promise<unknown>) =>
      outcomes.add(
        await call().then(
          () => "done",
          (error: { code: string }) => error.code,
        ),
      );
    for (let turn = 0; Date.now() < end; turn += 1) {
      const folder = turn % 2 ? "d" : "d/sub";
      const path = storagePath(folder, "secret");
      await once(async () => expect(await text(storage, path)).toBe("inside"));
      await once(() => storage.write(path, Buffer.from("inside")));
      await once(() => storage.write(storagePath(folder, `n${turn}`), Buffer.from("x"), { ifAbsent: true }));
      await once(() => storage.write(storagePath(folder, `a${turn}`), Buffer.from("x"), { append: true }));
      await once(() => storage.remove(storagePath(folder, `n${turn}`)));
      await once(() => storage.makeFolder(storagePath(folder, `m${turn}/deep`)));
      await once(async () => expect(await names(storage, folder)).not.toContain("outside only"));
    }
    done = true;
    await swapping;
    expect(readdirSync(outside(), { recursive: true }).sort()).toEqual([
      "outside only",
      "secret",
      "sub",
      "sub/secret",
    ]);
    for (const kept of ["secret", "sub/secret"]) expect(readFileSync(outside(kept), "utf8")).toBe("secret");
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(["STORAGE_DENIED", "done"]));
    expect([...outcomes].every((outcome) => outcome === "done" || outcome.startsWith("STORAGE_"))).toBe(true);
  });

  test("pipes and devices are denied and left out of lists", async () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    const path = storagePath("pipe");
    await expect(storage.stat(path)).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    await expect(storage.read(path)).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    await expect(storage.write(path, Buffer.from("x"))).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    await expect(storage.write(path, Buffer.from("x"), { append: true })).rejects.toMatchObject({
      code: "STORAGE_DENIED",
    });
    expect(await names(storage, "")).toEqual([]);
    expect(await collect(storage, "")).toEqual([]);
  });

  test("names that are no UTF-8 or no StoragePath are left out of lists and go with their folder", async () => {
    mkdirSync(join(root, "d"));
    writeFileSync(Buffer.concat([Buffer.from(join(root, "d", "caf")), Buffer.from([0xe9])]), "x");
    writeFileSync(join(root, "d", "back\\slash"), "x");
    writeFileSync(join(root, "d", "dot."), "x");
    writeFileSync(join(root, "d", "seen"), "x");
    mkdirSync(Buffer.concat([Buffer.from(join(root, "d", "fold")), Buffer.from([0xff])]));
    expect(await names(storage, "d")).toEqual(["seen"]);
    expect((await collect(storage, "d")).map(({ path }) => path)).toEqual(["d/seen"]);
    await storage.remove(storagePath("d"));
    expect(readdirSync(root)).toEqual([]);
  });

  test("mode is exact whatever the umask, and kept by replacing, also bits beyond rwx", async () => {
    const before = process.umask(0o077);
    try {
      await storage.write(storagePath("f"), Buffer.from("1"), { mode: 0o664 });
      await storage.write(storagePath("log"), Buffer.from("1"), { mode: 0o666, append: true });
    } finally {
      process.umask(before);
    }
    expect(statSync(join(root, "f")).mode & 0o7777).toBe(0o664);
    expect(statSync(join(root, "log")).mode & 0o7777).toBe(0o666);
    chmodSync(join(root, "f"), 0o2750);
    await storage.write(storagePath("f"), Buffer.from("2"));
    expect(statSync(join(root, "f")).mode & 0o7777).toBe(0o2750);
  });

  describeWith("root", asRoot(), "as root", () => {
    test("as root the owner is kept, and new things belong to the owner of their folder", async () => {
      writeFileSync(join(root, "f"), "1");
      chownSync(join(root, "f"), 1234, 2345);
      await storage.write(storagePath("f"), Buffer.from("2"));
      expect(owner("f")).toEqual([1234, 2345]);
      mkdirSync(join(root, "home"));
      chownSync(join(root, "home"), 3456, 4567);
      await storage.write(storagePath("home/replaced"), Buffer.from("x"));
      await storage.write(storagePath("home/made"), Buffer.from("x"), { ifAbsent: true });
      await storage.write(storagePath("home/log"), Buffer.from("x"), { append: true });
      await storage.write(storagePath("home/a/b/f"), Buffer.from("x"));
      for (const name of ["home/replaced", "home/made", "home/log", "home/a", "home/a/b", "home/a/b/f"]) {
        expect(owner(name), name).toEqual([3456, 4567]);
      }
      function owner(name: string) {
        const { uid, gid } = statSync(join(root, name));
        return [uid, gid];
      }
    });

    test("what the system refuses is denied", async () => {
      chmodSync(folder, 0o755);
      chmodSync(root, 0o755);
      writeFileSync(join(root, "private"), "private", { mode: 0o600 });
      // Root may do everything, so somebody else has to ask.
      const script = `
      const { local } = await import(${JSON.stringify(new URL("../../src/storage/local.ts", import.meta.url).href)});
      const storage = local(${JSON.stringify(root)});
      process.setgid(65534);
      process.setuid(65534);
      const calls = [
        () => storage.read("private"),
        () => storage.write("private", new Uint8Array(3)),
        () => storage.write("new", new Uint8Array(3), { ifAbsent: true }),
        () => storage.write("new", new Uint8Array(3), { append: true }),
        () => storage.remove("private"),
        () => storage.move("private", "moved"),
        () => storage.makeFolder("folder"),
      ];
      for (const call of calls) await call().catch((error) => console.log(error.code));
    `;
      const args = ["--import", "tsx", "--input-type=module", "-e", script];
      const said = execFileSync(process.execPath, args, { encoding: "utf8" });
      expect(said.trim().split("\n")).toEqual(Array.from({ length: 7 }, () => "STORAGE_DENIED"));
      expect(readdirSync(root)).toEqual(["private"]);
    });
  });

  test("a process killed while it replaces leaves the old file or the new one, and a clean list", async () => {
    await Promise.all(
      [3, 17, 31, 58, 74, 101].map(async (ms) => {
        const here = join(root, String(ms));
        const child = startChild(CHILD, "replace", here);
        await child.says("ready");
        await aWhile(ms);
        await child.kill();
        const bytes = await local(here).read(storagePath("d/f"));
        expect(new Set(bytes).size).toBe(1);
        expect(bytes.length - 400_000).toBe((bytes[0] ?? 0) - 65);
        expect(await names(local(here), "d")).toEqual(["f"]);
      }),
    );
  });

  test("a process killed while it makes files leaves whole ones only", async () => {
    await Promise.all(
      [5, 29, 47, 83].map(async (ms) => {
        const here = join(root, String(ms));
        const child = startChild(CHILD, "create", here);
        await child.says("ready");
        await aWhile(ms);
        await child.kill();
        for (const { name, size } of await local(here).list(storagePath("d"))) {
          expect(name).toMatch(/^f\d+$/);
          expect(size, name).toBe(400_000);
        }
      }),
    );
  });

  test("a folder whose removal was killed is gone, and its rest is swept by a later write", async () => {
    for (let index = 0; index < 5; index += 1) {
      mkdirSync(join(root, "d", `big${index}`), { recursive: true });
      for (let file = 0; file < 1_500; file += 1)
        writeFileSync(join(root, "d", `big${index}`, `f${file}`), "");
    }
    const child = startChild(CHILD, "remove", root);
    await child.says("ready");
    await aWhile(25);
    await child.kill();
    for (const { name } of await storage.list(storagePath("d"))) {
      expect((await storage.list(storagePath("d", name))).length, `${name} is whole`).toBe(1_500);
    }
    await local(root, { staleAfterMs: -1 }).write(storagePath("d/f"), Buffer.from("x"));
    expect(readdirSync(join(root, "d")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("what killed processes left is swept when it is old, by the first write in a folder", async () => {
    const litter = ".xmailcfg-tmp-0123456789abcdef";
    mkdirSync(join(root, "d", litter, "inside"), { recursive: true });
    writeFileSync(join(root, "d", ".xmailcfg-tmp-fedcba9876543210"), "half");
    writeFileSync(join(root, "d", ".xmailcfg-tmp-other"), "not ours");
    expect(await names(storage, "d")).toEqual([".xmailcfg-tmp-other"]);
    await storage.write(storagePath("d/f"), Buffer.from("x"));
    expect(readdirSync(join(root, "d")), "young litter may be somebody's work").toContain(litter);
    await local(root, { staleAfterMs: -1 }).write(storagePath("d/f"), Buffer.from("x"));
    expect(readdirSync(join(root, "d")).sort()).toEqual([".xmailcfg-tmp-other", "f"]);
    await expect(storage.write(storagePath("d", litter), Buffer.from("x"))).rejects.toMatchObject({
      code: "STORAGE_PATH",
    });
  });

  test("a folder that a killed removal left is swept by the next removal beside it", async () => {
    // Nothing is ever written into `domains/` itself, so writes alone would leave a dead user's mail there for ever.
    mkdirSync(join(root, "domains", ".xmailcfg-tmp-0123456789abcdef", "mail"), { recursive: true });
    mkdirSync(join(root, "domains", "other"));
    await local(root, { staleAfterMs: -1 }).remove(storagePath("domains/other"));
    expect(readdirSync(join(root, "domains"))).toEqual([]);
  });

  test("bytes are synced before they get their name, and names before the call is done", async () => {
    const d = join(root, "d");
    mkdirSync(d);
    writeFileSync(join(d, "f"), "old");
    const handle = await openFile(join(d, "f"));
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, "sync");
    await handle.close();
    const synced: string[] = [];
    sync.mockImplementation(async function (this: FileHandle) {
      const path = readlinkSync(`/proc/self/fd/${this.fd}`).replace(folder, "");
      const content = existsSync(join(d, "f")) ? readFileSync(join(d, "f"), "utf8") : "none";
      synced.push(`${path.replace(/-[0-9a-f]{16}$/, "")}: ${content}`);
    });
    const steps = async (work: () => Promise<void>) => {
      synced.length = 0;
      await work();
      return synced.slice();
    };
    const f = storagePath("d/f");
    try {
      expect(await steps(() => storage.write(f, Buffer.from("new")))).toEqual([
        "/root/d/.xmailcfg-tmp: old",
        "/root/d: new",
      ]);
      expect(await steps(() => storage.write(f, Buffer.from("er"), { append: true }))).toEqual([
        "/root/d/f: newer",
      ]);
      expect(await steps(() => storage.move(f, storagePath("g")))).toEqual(["/root: none", "/root/d: none"]);
      expect(await steps(() => storage.write(f, Buffer.from("1"), { ifAbsent: true }))).toEqual([
        "/root/d/.xmailcfg-tmp: none",
        "/root/d: 1",
      ]);
      expect(await steps(() => storage.remove(f))).toEqual(["/root/d: none"]);
      expect(await steps(() => storage.write(f, Buffer.from("1"), { append: true }))).toEqual([
        "/root/d/f: 1",
        "/root/d: 1",
      ]);
      expect(await steps(() => storage.makeFolder(storagePath("e/f")))).toEqual(["/root: 1", "/root/e: 1"]);
      expect(await steps(() => storage.remove(storagePath("e")))).toEqual(["/root: 1"]);
    } finally {
      sync.mockRestore();
    }
  });

  test("a write that fails leaves no litter", async () => {
    await storage.write(storagePath("d/f"), Buffer.from("old"));
    const stop = new AbortController();
    const writing = storage.write(storagePath("d/f"), new Uint8Array(30_000_000), { signal: stop.signal });
    setTimeout(() => stop.abort(), 5);
    await expect(writing).rejects.toMatchObject({ code: "ABORTED" });
    expect(readdirSync(join(root, "d"))).toEqual(["f"]);
    expect(await text(storage, "d/f")).toBe("old");
  });

  test("many processes race for one file: one wins, whole", async () => {
    const script = `
      import { local } from ${JSON.stringify(new URL("../../src/storage/local.ts", import.meta.url).href)};
      const storage = local(process.argv[1]);
      while (Date.now() < Number(process.argv[2]));
      let won = "";
      for (let round = 0; round < 20; round += 1) {
        await storage.write("r" + round, new Uint8Array(50_000).fill(48 + Number(process.argv[3])), { ifAbsent: true })
          .then(() => (won += round + " "), (error) => { if (error.code !== "STORAGE_EXISTS") throw error; });
      }
      process.stdout.write(won);
    `;
    const start = Date.now() + 3_000;
    const { execFile } = await import("node:child_process");
    const wins = await Promise.all(
      Array.from(
        { length: 10 },
        (_, racer) =>
          new Promise<string[]>((resolve, reject) => {
            const args = [
              "--import",
              "tsx",
              "--input-type=module",
              "-e",
              script,
              root,
              String(start),
              String(racer),
            ];
            execFile(process.execPath, args, (error, out) =>
              error ? reject(error) : resolve(out.trim().split(" ").filter(Boolean)),
            );
          }),
      ),
    );
    expect(
      wins
        .flat()
        .map(Number)
        .sort((one, two) => one - two),
    ).toEqual(Array.from({ length: 20 }, (_, round) => round));
    for (const [racer, rounds] of wins.entries()) {
      for (const round of rounds) {
        const bytes = await storage.read(storagePath(`r${round}`));
        expect([bytes.length, new Set(bytes)]).toEqual([50_000, new Set([48 + racer])]);
      }
    }
  });
});

async function collect(storage: Storage, path: string): Promise<Scanned[]> {
  const all: Scanned[] = [];
  for await (const found of storage.scan?.([storagePath(path)]) ?? []) all.push(found);
  return all;
}
