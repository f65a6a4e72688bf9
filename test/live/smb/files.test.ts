import { randomFillSync } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import { openLink } from "../../../src/storage/smb/link.ts";
import type { SmbOptions } from "../../../src/storage/smb/options.ts";
import { closeRequest, openedBy, openRequest } from "../../../src/storage/smb/requests.ts";
import { smb } from "../../../src/storage/smb/smb.ts";
import { sweep } from "../../../src/storage/smb/sweep.ts";
import type { Scanned, Storage } from "../../../src/storage/storage.ts";
import { describeWith, samba } from "../../peers.ts";
import { type SambaKind, type SambaServer, startSamba } from "./servers.ts";

vi.setConfig({ testTimeout: 90_000 });

const at = storagePath;
const LARGE = randomFillSync(Buffer.alloc(10_000_000));

const optionsOf = ({ port, share, user, password }: SambaServer): SmbOptions => ({
  ...{ host: "127.0.0.1", port, share, user, password },
});

describeWith("samba", samba(), "files on Samba", () => {
  describe.each<SambaKind>(["default", "signing", "encryption", "smb3.1.1", "smb2"])("%s", (kind) => {
    let server: SambaServer;
    beforeAll(async () => {
      server = await startSamba(kind);
      writeFileSync(join(server.folder, "large"), LARGE);
    });
    afterAll(() => server.stop());

    test("70 reads of 10 MB are equal to the byte", async () => {
      const storage = await smb(optionsOf(server));
      const isEqual = async () => LARGE.equals(await storage.read(at("large")));
      let equal = 0;
      for (let turn = 0; turn < 30; turn += 1) equal += Number(await isEqual());
      for (const one of await Promise.all(Array.from({ length: 40 }, isEqual))) equal += Number(one);
      expect(equal).toBe(70);
      await storage.write(at("copy"), LARGE);
      expect(LARGE.equals(readFileSync(join(server.folder, "copy")))).toBe(true);
      await storage.write(at("copy"), LARGE.subarray(0, 3_000_001), { append: true });
      expect(readFileSync(join(server.folder, "copy")).length).toBe(13_000_001);
      const part = await storage.read(at("large"), { offset: 1_234_567, length: 2_345_678 });
      expect(LARGE.subarray(1_234_567, 1_234_567 + 2_345_678).equals(part)).toBe(true);
      await storage.close();
    });
  });

  describe("default", () => {
    let server: SambaServer;
    let storage: Storage;
    const onDisk = (...parts: string[]) => join(server.folder, ...parts);
    beforeAll(async () => {
      server = await startSamba("default");
      storage = await smb(optionsOf(server));
    });
    afterAll(async () => {
      await storage.close();
      await server.stop();
    });

    test("lists 5,000 files, Japanese names too, each once", async () => {
      mkdirSync(onDisk("many"));
      const names = Array.from({ length: 5_000 }, (_, index) => `利用者-${index}-メール.tab`);
      for (const name of names) writeFileSync(onDisk("many", name), name);
      const entries = await storage.list(at("many"));
      expect(entries.map(({ name }) => name).sort()).toEqual(names.sort());
      const scanned: Scanned[] = [];
      for await (const one of storage.scan?.([at("many")], { head: 12 }) ?? []) scanned.push(one);
      expect(scanned.map(({ path }) => path.slice("many/".length)).sort()).toEqual(names);
      for (const { path, head } of scanned) {
        expect(Buffer.from(path.slice("many/".length)).subarray(0, 12).equals(head)).toBe(true);
      }
    });

    test("readers on three connections see whole files during 1,000 replaces", async () => {
      const others = await Promise.all([smb(optionsOf(server)), smb(optionsOf(server))]);
      const version = (turn: number) => Buffer.alloc(2_000 + turn, `${turn % 10}`);
      await storage.write(at("target"), version(0));
      let done = false;
      const reads = [0, 0, 0];
      const reader = async (from: Storage, index: number) => {
        while (!done) {
          const bytes = Buffer.from(await from.read(at("target")));
          reads[index] = (reads[index] ?? 0) + 1;
          expect(version(bytes.length - 2_000).equals(bytes), "a reader saw parts of two files").toBe(true);
        }
      };
      const writer = async () => {
        for (let turn = 1; turn <= 1_000; turn += 1) await storage.write(at("target"), version(turn));
      };
      await Promise.all([
        ...[storage, ...others].map(reader),
        writer().finally(() => {
          done = true;
        }),
      ]);
      expect(Math.min(...reads)).toBeGreaterThan(20);
      expect(readFileSync(onDisk("target")).equals(version(1_000))).toBe(true);
      for (const other of others) await other.close();
    });

    test("several connections race for a file and add to a log, as one does", async () => {
      const some = await Promise.all(Array.from({ length: 4 }, () => smb(optionsOf(server))));
      for (let round = 0; round < 10; round += 1) {
        const outcomes = await Promise.allSettled(
          some.map((one, index) =>
            one.write(at(`race-${round}`), Buffer.from(`${index}`), { ifAbsent: true }),
          ),
        );
        expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1);
      }
      const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`);
      await Promise.all(
        lines.map((line, index) => some[index % 4]?.write(at("log"), Buffer.from(line), { append: true })),
      );
      const log = readFileSync(onDisk("log"), "utf8");
      expect(log.match(/.*\n/g)?.sort()).toEqual(lines.sort());
      for (const one of some) await one.close();
    });

    test("links that lead out are neither listed nor followed", async () => {
      mkdirSync(onDisk("links"));
      symlinkSync("/etc", onDisk("links", "out"));
      symlinkSync("/etc/passwd", onDisk("links", "passwd"));
      symlinkSync("nowhere", onDisk("links", "nowhere"));
      symlinkSync(".", onDisk("links", "round"));
      writeFileSync(onDisk("links", "f"), "x");
      expect((await storage.list(at("links"))).map(({ name }) => name).sort()).toEqual(["f", "round"]);
      const refused = { code: expect.stringMatching(/^STORAGE_(DENIED|NOT_FOUND)$/) };
      for (const path of ["links/passwd", "links/out/passwd", "links/nowhere"]) {
        await expect(storage.read(at(path))).rejects.toMatchObject(refused);
      }
      await expect(storage.list(at("links/out"))).rejects.toMatchObject(refused);
      const scanned: string[] = [];
      for await (const { path } of storage.scan?.([at("links")]) ?? []) scanned.push(path);
      expect(scanned, "a link round in a circle has an end").toEqual(["links/f"]);
    });

    test("removing a folder with a link to another leaves both as they are", async () => {
      mkdirSync(onDisk("kept"));
      writeFileSync(onDisk("kept", "precious"), "x");
      mkdirSync(onDisk("goes", "deep"), { recursive: true });
      symlinkSync("../../kept", onDisk("goes", "deep", "link"));
      await expect(storage.remove(at("goes"))).rejects.toMatchObject({
        code: "STORAGE_DENIED",
        message: expect.stringMatching(/link/),
      });
      expect(readdirSync(onDisk("kept"))).toEqual(["precious"]);
      expect(readdirSync(onDisk("goes", "deep"))).toEqual(["link"]);
      symlinkSync("kept/precious", onDisk("shortcut"));
      await storage.write(at("shortcut"), Buffer.from("a file of its own"));
      expect(readFileSync(onDisk("kept", "precious"), "utf8")).toBe("x");
      unlinkSync(onDisk("shortcut"));
      symlinkSync("kept/precious", onDisk("shortcut"));
      await storage.remove(at("shortcut"));
      expect(existsSync(onDisk("shortcut"))).toBe(false);
      expect(readdirSync(onDisk("kept"))).toEqual(["precious"]);
    });

    test("what killed writers left goes after a while, by the server's clock", async () => {
      mkdirSync(onDisk("swept", ".xmailcfg-tmp-00000000000000ff"), { recursive: true });
      writeFileSync(onDisk("swept", ".xmailcfg-tmp-00000000000000ff", "f"), "x");
      writeFileSync(onDisk("swept", ".xmailcfg-tmp-0123456789abcdef"), "x");
      writeFileSync(onDisk("swept", ".xmailcfg-tmp-mine"), "not of our making");
      writeFileSync(onDisk("swept", "f"), "x");
      expect((await storage.list(at("swept"))).map(({ name }) => name).sort()).toEqual([
        ".xmailcfg-tmp-mine",
        "f",
      ]);
      const link = await openLink(optionsOf(server));
      await sweep(link, "swept", 3_600_000);
      expect(readdirSync(onDisk("swept")).length).toBe(4);
      await sweep(link, "swept", -60_000);
      link.close();
      expect(readdirSync(onDisk("swept")).sort()).toEqual([".xmailcfg-tmp-mine", "f"]);
      const reserved = storage.write(at("swept/.xmailcfg-tmp-mine"), Buffer.from("x"));
      await expect(reserved).rejects.toMatchObject({ code: "STORAGE_PATH" });
    });

    test("names that Windows takes for something else are refused", async () => {
      for (const name of ["ab:c", "a*", "what?", "a<b", "a>b", "a|b", 'a"b']) {
        await expect(storage.write(at(name), Buffer.from("x"))).rejects.toMatchObject({
          code: "STORAGE_PATH",
        });
        await expect(storage.stat(at(name))).rejects.toMatchObject({ code: "STORAGE_PATH" });
      }
    });

    test("read-only files go, as on every other storage", async () => {
      mkdirSync(onDisk("frozen"));
      for (const name of ["one", "two"]) {
        writeFileSync(onDisk("frozen", name), "x");
        chmodSync(onDisk("frozen", name), 0o444);
      }
      await storage.remove(at("frozen/one"));
      await storage.remove(at("frozen"));
      expect(existsSync(onDisk("frozen"))).toBe(false);
    });

    test("a file that another program keeps to itself is waited for, but not for ever", async () => {
      writeFileSync(onDisk("held"), "content");
      const link = await openLink(optionsOf(server));
      const hold = async () => {
        const [reply] = await link.ask(openRequest("held", { access: 1, share: 0 }));
        if (!reply) throw new Error("not opened");
        return openedBy(reply).handle;
      };
      const handle = await hold();
      const inUse = { code: "STORAGE_FAILED", message: expect.stringMatching(/another program/i) };
      await expect(storage.read(at("held"))).rejects.toMatchObject(inUse);
      setTimeout(() => void link.ask(closeRequest(handle)), 100);
      await storage.write(at("held"), Buffer.from(" and more"), { append: true });
      expect(Buffer.from(await storage.read(at("held"))).toString()).toBe("content and more");
      link.close();
    });

    test("a connection that is in use notices nothing of another that ends", async () => {
      const other = await smb(optionsOf(server));
      await other.stat(ROOT);
      await other.close();
      await expect(other.stat(ROOT)).rejects.toMatchObject({ code: "STORAGE_FAILED" });
      expect((await storage.stat(ROOT))?.kind).toBe("folder");
    });
  });

  describe("other settings", () => {
    const begun: SambaServer[] = [];
    const begin = async (...lines: string[]) => {
      const server = await startSamba("default", lines);
      begun.push(server);
      return server;
    };
    afterEach(async () => {
      for (const server of begun.splice(0)) await server.stop();
    });

    test("a server that tells A from a is noticed, empty or not", async () => {
      const server = await begin("case sensitive = yes");
      for (const name of ["", "f"]) {
        if (name) writeFileSync(join(server.folder, name), "x");
        const storage = await smb(optionsOf(server));
        expect(storage.can.caseSensitive).toBe(true);
        await storage.close();
        expect(readdirSync(server.folder)).toEqual(name ? [name] : []);
      }
    });

    test("who may only read is denied the rest, and nothing changes", async () => {
      const server = await begin(`read list = ${process.env["USER"] ?? "root"}, @root, root`);
      writeFileSync(join(server.folder, "f"), "kept");
      const storage = await smb(optionsOf(server));
      expect(Buffer.from(await storage.read(at("f"))).toString()).toBe("kept");
      const denied = { code: "STORAGE_DENIED" };
      await expect(storage.write(at("f"), Buffer.from("x"))).rejects.toMatchObject(denied);
      await expect(storage.write(at("d/f"), Buffer.from("x"))).rejects.toMatchObject(denied);
      await expect(storage.write(at("f"), Buffer.from("x"), { append: true })).rejects.toMatchObject(denied);
      await expect(storage.write(at("g"), Buffer.from("x"), { ifAbsent: true })).rejects.toMatchObject(
        denied,
      );
      await expect(storage.remove(at("f"))).rejects.toMatchObject(denied);
      await expect(storage.move(at("f"), at("g"))).rejects.toMatchObject(denied);
      await expect(storage.makeFolder(at("d"))).rejects.toMatchObject(denied);
      expect(readdirSync(server.folder)).toEqual(["f"]);
      await storage.close();
    });

    test("a root that is missing is made by the first write", async () => {
      const server = await begin();
      const storage = await smb({ ...optionsOf(server), root: "Mail/Root" });
      expect(await storage.stat(ROOT)).toBeNull();
      await expect(storage.list(ROOT)).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
      await storage.write(at("a/b"), Buffer.from("x"));
      expect(readdirSync(join(server.folder, "Mail", "Root", "a"))).toEqual(["b"]);
      await storage.close();
    });
  });
});
