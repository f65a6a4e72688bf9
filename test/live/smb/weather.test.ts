import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import type { SmbOptions } from "../../../src/storage/smb/options.ts";
import { smb } from "../../../src/storage/smb/smb.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { describeWith, samba } from "../../peers.ts";
import { startProxy } from "../proxy.ts";
import { type SambaKind, type SambaServer, startSamba } from "./servers.ts";

vi.setConfig({ testTimeout: 60_000 });

const at = storagePath;
const failed = expect.objectContaining({ code: "STORAGE_FAILED" });
const LARGE = Buffer.alloc(
  10_000_000,
  Uint8Array.from({ length: 251 }, (_, index) => index),
);
const OLD = Buffer.alloc(3_000, "old");
const NEW = Buffer.alloc(5_000, "new");

describeWith("samba", samba(), "Samba in bad weather", () => {
  let server: SambaServer;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  const opened: Storage[] = [];
  async function open(more: Partial<SmbOptions> = {}): Promise<Storage> {
    const { share, user, password } = server;
    const storage = await smb({ host: "127.0.0.1", port: proxy.port, share, user, password, ...more });
    opened.push(storage);
    return storage;
  }
  const onDisk = (name: string) => readFileSync(join(server.folder, name));
  const put = (name: string, bytes: Uint8Array) => writeFileSync(join(server.folder, name), bytes);
  /** Changes the byte at `offset` of what the server sends from now on. */
  function corruptAt(offset: number, mask = 0x40): void {
    let seen = 0;
    proxy.weather({
      corrupt(piece) {
        const at = offset - seen;
        seen += piece.length;
        if (at < 0 || at >= piece.length) return piece;
        const changed = Buffer.from(piece);
        changed[at] = (changed[at] ?? 0) ^ mask;
        return changed;
      },
    });
  }

  async function begin(kind: SambaKind, more: readonly string[] = []): Promise<void> {
    server = await startSamba(kind, more);
    proxy = await startProxy(server.port);
    put("large", LARGE);
    put("f", OLD);
  }
  async function end(): Promise<void> {
    for (const storage of opened.splice(0)) await storage.close();
    await proxy.close();
    await server.stop();
  }

  describe("default", () => {
    beforeAll(() => begin("default"));
    afterAll(end);
    afterEach(async () => {
      proxy.weather({});
      for (const storage of opened.splice(0)) await storage.close();
    });

    test.each([1, 2, 3, 5, 7])("slices of %i bytes, delayed", async (sliceBytes) => {
      proxy.weather({ sliceBytes });
      const storage = await open();
      const bytes = OLD.subarray(0, 700 + sliceBytes);
      await storage.write(at("sliced"), bytes);
      expect(bytes.equals(await storage.read(at("sliced")))).toBe(true);
      proxy.weather({ sliceBytes: 50 * sliceBytes, delayMs: 3 });
      expect((await storage.list(ROOT)).map(({ name }) => name)).toContain("sliced");
    });

    test("a read that is cut off is done again, once", async () => {
      const storage = await open();
      const cut = async (path: string) => {
        const reading = storage.read(at(path));
        proxy.reset();
        return reading;
      };
      expect(LARGE.equals(await cut("large"))).toBe(true);
      expect(OLD.equals(await cut("f"))).toBe(true);
      proxy.weather({ resetAfterReceived: 5_000_000 });
      await expect(storage.read(at("large"))).rejects.toEqual(failed);
      proxy.weather({});
      expect(LARGE.equals(await storage.read(at("large")))).toBe(true);
    });

    test("reads that are cut off while many are under way all come home", async () => {
      const storage = await open();
      const reading = Promise.all(Array.from({ length: 60 }, () => storage.read(at("f"))));
      await new Promise((resolve) => setTimeout(resolve, 5));
      proxy.reset();
      for (const bytes of await reading) expect(OLD.equals(bytes)).toBe(true);
    });

    test("a write that is cut off anywhere leaves the old file or the new one, and tells which it can", async () => {
      const storage = await open();
      proxy.weather({});
      await storage.write(at("w"), NEW);
      const whole = proxy.sent;
      expect(whole).toBeGreaterThan(NEW.length);
      const outcomes = { kept: 0, done: 0, unknown: 0 };
      for (let round = 0; round <= 30; round += 1) {
        put("w", OLD);
        await storage.stat(at("w"));
        // The last bytes are the closing of the file: the change is made by then.
        const cut = round < 20 ? Math.ceil((whole * round) / 20) : whole - 10 * (round - 20);
        proxy.weather({ resetAfterSent: Math.max(1, cut) });
        const outcome = await storage.write(at("w"), NEW).then(
          () => "done",
          (error: unknown) => error,
        );
        proxy.weather({});
        const bytes = onDisk("w");
        expect(bytes.equals(OLD) || bytes.equals(NEW), `half a file after ${cut} bytes`).toBe(true);
        if (outcome === "done") expect(bytes.equals(NEW)).toBe(true);
        else expect(outcome).toEqual(failed);
        if (outcome === "done") outcomes.done += 1;
        else if (/nobody knows/.test(String(outcome))) outcomes.unknown += 1;
        else {
          expect(bytes.equals(OLD), "said to be unchanged").toBe(true);
          outcomes.kept += 1;
        }
      }
      expect(outcomes.kept).toBeGreaterThan(0);
      expect(outcomes.unknown).toBeGreaterThan(0);
      expect((await storage.list(ROOT)).map(({ name }) => name).filter((name) => /tmp/.test(name))).toEqual(
        [],
      );
    });

    test("nothing is added or removed twice", async () => {
      const storage = await open();
      put("log", Buffer.from("start\n"));
      for (let round = 0; round < 20; round += 1) {
        await storage.stat(at("log"));
        proxy.weather({ resetAfterReceived: 1 + round * 25 });
        await storage
          .write(at("log"), Buffer.from(`line ${round}\n`), { append: true })
          .catch((error: unknown) => expect(error).toEqual(failed));
        proxy.weather({});
      }
      const lines = onDisk("log").toString().trimEnd().split("\n");
      expect(new Set(lines).size).toBe(lines.length);
      put("gone", OLD);
      await storage.stat(at("gone"));
      const first = await storage.stat(at("f"));
      expect(first?.size).toBe(OLD.length);
      // Its last answer does not arrive.
      proxy.weather({ resetAfterReceived: 400 });
      await expect(storage.remove(at("gone"))).rejects.toThrow(/nobody knows/);
    });

    test("a write begins anew on another connection where nothing was changed yet", async () => {
      const storage = await open();
      proxy.reset();
      await storage.write(at("f2"), NEW);
      expect(onDisk("f2").equals(NEW)).toBe(true);
    });

    test("a stall is a failure in time, and a later call works", async () => {
      const storage = await open({ timeoutMs: 600 });
      proxy.weather({ stalled: true });
      const from = performance.now();
      await expect(storage.read(at("large"))).rejects.toThrow(/did not answer in time/);
      await expect(storage.stat(at("f"))).rejects.toEqual(failed);
      expect(performance.now() - from).toBeLessThan(30_000);
      proxy.weather({});
      expect(OLD.equals(await storage.read(at("f")))).toBe(true);
    });

    test("nobody who gives up waits for a stalled server", async () => {
      const storage = await open();
      proxy.weather({ stalled: true });
      const aborted = expect.objectContaining({ code: "ABORTED" });
      for (const call of [
        (signal: AbortSignal) => storage.read(at("large"), { signal }),
        (signal: AbortSignal) => storage.write(at("f"), NEW, { signal }),
        (signal: AbortSignal) => storage.remove(at("f"), { signal }),
        (signal: AbortSignal) => storage.list(ROOT, { signal }),
      ]) {
        await expect(call(AbortSignal.timeout(50))).rejects.toEqual(aborted);
      }
      expect(onDisk("f").equals(OLD)).toBe(true);
    });

    test("a server that was killed and started anew is found again", async () => {
      const storage = await open();
      await server.kill();
      await expect(storage.read(at("f"))).rejects.toEqual(failed);
      await server.start();
      expect(OLD.equals(await storage.read(at("f")))).toBe(true);
      await storage.write(at("again"), NEW);
      expect(onDisk("again").equals(NEW)).toBe(true);
    });
  });

  describe.each<[string, SambaKind, string[], Partial<SmbOptions>]>([
    ["GMAC", "default", [], {}],
    ["HMAC", "smb2", [], {}],
    ["CMAC", "default", ["server max protocol = SMB3_02"], {}],
    ["AES-GCM", "encryption", [], {}],
    ["AES-CCM", "encryption", ["server max protocol = SMB3_02"], {}],
  ])("a byte changed on the way, %s", (_, kind, more, options) => {
    beforeAll(() => begin(kind, more));
    afterAll(end);
    afterEach(() => proxy.weather({}));

    test("is noticed in every kind of answer, and never taken for data", async () => {
      const storage = await open(options);
      for (const path of ["f", "large"]) {
        for (const offset of [30, 70, 150, 400, 2_000]) {
          await storage.stat(at("f"));
          corruptAt(offset);
          await expect(storage.read(at(path)), `${path}, byte ${offset}`).rejects.toEqual(failed);
        }
      }
      proxy.weather({});
      for (const offset of [20, 90, 130, 190]) {
        await storage.stat(at("f"));
        corruptAt(offset);
        await expect(storage.stat(at("f")), `stat, byte ${offset}`).rejects.toEqual(failed);
      }
      proxy.weather({});
      expect(LARGE.equals(await storage.read(at("large")))).toBe(true);
    });

    test("is noticed during sign-in, before anything is trusted", async () => {
      proxy.weather({});
      await (await open(options)).stat(at("f"));
      for (const offset of SIGN_IN_BYTES) {
        corruptAt(offset, 1);
        await expect(open(options), `byte ${offset}`).rejects.toMatchObject({
          code: expect.stringMatching(/^STORAGE_(FAILED|DENIED)$/),
        });
      }
    });
  });

  describe("a byte changed on the way, unsigned", () => {
    beforeAll(() => begin("default"));
    afterAll(end);

    test("goes unnoticed: it is the signature that does it", async () => {
      const storage = await open({ requireSigning: false });
      await storage.stat(at("f"));
      corruptAt(2_000);
      const bytes = await storage.read(at("f"));
      expect(bytes.length).toBe(OLD.length);
      expect(OLD.equals(bytes)).toBe(false);
    });
  });
});

/** In the answer to NEGOTIATE: security mode, dialect, server, capabilities, largest sizes. */
const SIGN_IN_BYTES = [4 + 66, 4 + 68, 4 + 73, 4 + 88, 4 + 80];
