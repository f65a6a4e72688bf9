import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import type { SftpOptions } from "../../../src/storage/sftp/options.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { describeWith, sshd } from "../../peers.ts";
import { type Proxy as BadProxy, startProxy } from "../proxy.ts";
import { codeOf, openOn, optionsFor, textAt } from "./open.ts";
import { type Sshd, startSshd } from "./server.ts";

vi.setConfig({ testTimeout: 60_000 });

const MEGABYTE = 1_000_000;
/** A busy machine is silent for a while, too. */
const TIMEOUT_MS = 4_000;

for (const extensions of [true, false]) {
  describeWith("sshd", sshd(), `sftp in bad weather, ${extensions ? "OpenSSH's" : "bare"}`, () => {
    let server: Sshd;
    let proxy: BadProxy;
    let root = "";
    let storage: Storage;
    const path = storagePath("f");
    const old = Buffer.alloc(MEGABYTE, "old ");
    const fresh = Buffer.alloc(MEGABYTE + 5, "new ");
    const own = (): Partial<SftpOptions> => ({ port: proxy.port, root, timeoutMs: TIMEOUT_MS });
    const onDisk = () => readFileSync(join(root, "f"));

    beforeAll(async () => {
      server = await startSshd({ extensions });
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      root = mkdtempSync(join(server.folder, "root-"));
      proxy = await startProxy(server.port);
      storage = await openOn(server, own());
      await storage.write(path, old);
    });
    afterEach(async () => {
      proxy.weather({});
      await storage.close();
      await proxy.close();
    });

    test("delays and small pieces change nothing", async () => {
      proxy.weather({ delayMs: 1, sliceBytes: 7_919 });
      expect(Buffer.compare(await storage.read(path), old)).toBe(0);
      await storage.write(path, fresh);
      expect(onDisk().equals(fresh)).toBe(true);
      proxy.weather({ sliceBytes: 3 });
      await storage.write(storagePath("g"), Buffer.from("small"));
      expect(await textAt(storage, "g")).toBe("small");
    });

    test("a connection that breaks while reading is made anew, once", async () => {
      proxy.weather({ resetAfterReceived: 300_000 });
      // The count goes on over connections: the second one breaks, too.
      expect(await codeOf(storage.read(path))).toBe("STORAGE_FAILED");
      let broken = false;
      proxy.weather({
        corrupt(piece) {
          // Larger than anything of signing in.
          if (!broken && piece.length > 10_000) {
            broken = true;
            proxy.reset();
          }
          return piece;
        },
      });
      expect(Buffer.compare(await storage.read(path), old)).toBe(0);
      expect(broken).toBe(true);
    });

    test("a connection that broke while nothing was asked is made anew for any verb", async () => {
      for (const call of [
        () => storage.stat(path),
        () => storage.write(path, fresh),
        () => storage.list(ROOT),
        () => storage.makeFolder(storagePath("d")),
        () => storage.remove(storagePath("d")),
      ]) {
        proxy.reset();
        await call();
        server.endSessions();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await storage.stat(path);
      }
      expect(onDisk().equals(fresh)).toBe(true);
    });

    test("wherever a write breaks off, the file is the old or the new one, and the error is honest", async () => {
      const outcomes = new Set<string>();
      for (let sent = 0; sent < 1_100_000; sent += sent < 4_000 || sent > MEGABYTE ? 400 : 150_000) {
        writeFileSync(join(root, "f"), old);
        proxy.weather({ resetAfterSent: sent });
        const error: unknown = await storage.write(path, fresh).catch((reason: unknown) => reason);
        proxy.weather({});
        if (error !== undefined && !isAppError(error)) throw error;
        outcomes.add(error === undefined ? "done" : error.code);
        if (extensions || readdirSync(root).includes("f")) {
          const found = onDisk();
          expect(found.equals(old) || found.equals(fresh), `after ${sent} bytes`).toBe(true);
          if (error === undefined) expect(found.equals(fresh), `after ${sent} bytes`).toBe(true);
        }
        if (sent > MEGABYTE + 60_000) break;
      }
      expect([...outcomes].sort()).toEqual(["STORAGE_FAILED", "done"]);
      await storage.write(path, fresh);
      expect(onDisk().equals(fresh)).toBe(true);
    });

    test("a change whose answer was lost is not made again, and that is said", async () => {
      await storage.write(storagePath("d/one"), Buffer.from("1"));
      // Once the server has removed it, no answer comes back.
      proxy.weather({
        corrupt(piece) {
          if (existsSync(join(root, "d/one"))) return piece;
          proxy.reset();
          return Buffer.alloc(0);
        },
      });
      const error: unknown = await storage.remove(storagePath("d/one")).catch((reason: unknown) => reason);
      proxy.weather({});
      if (!isAppError(error)) throw new Error("nothing went wrong");
      expect([error.code, error.message]).toEqual([
        "STORAGE_FAILED",
        expect.stringMatching(/may or may not/),
      ]);
    });

    test("a byte that was changed on the way ends the connection, and never arrives", async () => {
      for (const at of [5, 40, 20_000, 500_000]) {
        let seen = 0;
        let done = false;
        proxy.weather({
          corrupt(piece) {
            const place = at - seen;
            seen += piece.length;
            if (done || place < 0 || place >= piece.length) return piece;
            done = true;
            const changed = Buffer.from(piece);
            changed[place] = (changed[place] ?? 0) ^ 0x40;
            return changed;
          },
        });
        const found = await storage.read(path).catch((error: unknown) => error);
        proxy.weather({});
        expect(done, `byte ${at}`).toBe(true);
        // Broken off it is read again; a length that was changed only ends by the timeout.
        if (isAppError(found)) expect(found.code).toBe("STORAGE_FAILED");
        else expect(Buffer.compare(found as Uint8Array, old), `byte ${at}`).toBe(0);
      }
      expect(Buffer.compare(await storage.read(path), old)).toBe(0);
    });

    test("a silent server fails a call after the timeout, and later calls work", async () => {
      proxy.weather({ stalled: true });
      const from = performance.now();
      const error: unknown = await storage.read(path).catch((reason: unknown) => reason);
      const ms = performance.now() - from;
      if (!isAppError(error)) throw new Error("nothing went wrong");
      expect([error.code, error.message]).toEqual(["STORAGE_FAILED", expect.stringMatching(/not answer/)]);
      expect(ms).toBeGreaterThan(TIMEOUT_MS * 0.8);
      proxy.weather({});
      expect(Buffer.compare(await storage.read(path), old)).toBe(0);
    });

    test("a slow answer is no silence", async () => {
      // A megabyte takes longer than the timeout, but something always comes.
      proxy.weather({ sliceBytes: 32_000, delayMs: 80 });
      const from = performance.now();
      expect(Buffer.compare(await storage.read(path), old)).toBe(0);
      expect(performance.now() - from).toBeGreaterThan(TIMEOUT_MS);
    });

    test("who gives up does not wait for a silent server, and nothing was changed", async () => {
      for (const call of [
        (signal: AbortSignal) => storage.read(path, { signal }),
        (signal: AbortSignal) => storage.write(path, fresh, { signal }),
      ]) {
        proxy.weather({ stalled: true });
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), 100);
        const from = performance.now();
        expect(await codeOf(call(stop.signal))).toBe("ABORTED");
        expect(performance.now() - from).toBeLessThan(TIMEOUT_MS);
        clearTimeout(timer);
        proxy.weather({});
        proxy.reset();
      }
      expect(onDisk().equals(old)).toBe(true);
    });

    test("a server that is silent from the first byte is given up", async () => {
      proxy.weather({ stalled: true });
      const error = await codeOf(openOn(server, { ...own(), connectTimeoutMs: 500 }));
      expect(error).toBe("STORAGE_FAILED");
    });
  });
}

describeWith("sshd", sshd(), "a process that keeps files behind SFTP", () => {
  const child = fileURLToPath(new URL("./idle-child.ts", import.meta.url));

  test("ends by itself when nothing is asked, and not before", async () => {
    const server = await startSshd({ extensions: true });
    try {
      const { host, port, user, hostKey, root } = optionsFor(server);
      const settings = JSON.stringify({ host, port, user, hostKey, root, key: server.keyFile });
      const from = performance.now();
      const { code, said } = await run(child, settings);
      expect([code, said]).toEqual([0, "written, read and idle\n"]);
      expect(performance.now() - from, "before the idle connection is given back").toBeLessThan(50_000);
    } finally {
      await server.stop();
    }
  });
});

function run(script: string, ...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said: said.join("") })));
}
