import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test, vi } from "vitest";
import { openXMail } from "../../../src/open.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { prefixed } from "../../../src/storage/wrap.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { backendSuite, type OpenedBackend } from "../../../src/testing/backend-suite.ts";
import { readFileOf } from "../../conformance/read-file.ts";
import { describeWith } from "../../peers.ts";
import { openPlace } from "../driver-place.ts";
import { DRIVERS, type Driver, type RunningDriver } from "../drivers.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CTRL = { account: "admin", password: "Adm1n-Secret" };

/** The backend suite over a driver and its real server: files of a stopped server, and lists of a running one. */
export function operationsOver(name: Driver["name"]): void {
  const driver = DRIVERS.find((one) => one.name === name);
  if (!driver?.peer) throw new Error(`${name} needs no server`);
  describeWith(driver.peer, driver.where(), `all operations over ${driver.name}`, () => {
    // Windows takes a colon for the name of a stream.
    const names = { colons: driver.name !== "smb" };
    let running: RunningDriver;
    let storage: Storage;
    let folder: string;
    let count = 0;
    beforeAll(async () => {
      running = await driver.start();
      const place = running.place();
      storage = await openPlace(place);
      folder = running.onDisk(place);
    });
    afterAll(async () => {
      await storage.close();
      await running.stop();
    });

    /** A fresh MailRoot, as the driver sees it and as it lies on this machine. */
    async function mailRoot(): Promise<{ remote: Storage; disk: Storage }> {
      count += 1;
      const name = `root-${count}`;
      mkdirSync(join(folder, name));
      const disk = local(join(folder, name));
      await writeMailRoot(disk, { ctrl: CTRL });
      return { disk, remote: { ...prefixed(storage, storagePath(name)), close: async () => undefined } };
    }

    async function stopped(): Promise<OpenedBackend> {
      const { disk, remote } = await mailRoot();
      const backend = await openTabBackend({ storage: remote });
      return { backend, readFile: readFileOf(disk), close: () => backend.close() };
    }

    async function withServer(): Promise<OpenedBackend> {
      const { disk, remote } = await mailRoot();
      const simulator = await startSimulator({ storage: disk });
      const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
      const xmail = await openXMail({ ctrl, storage: remote });
      return {
        backend: xmail.backend,
        readFile: readFileOf(disk),
        async close() {
          await xmail.close();
          await simulator.close();
        },
      };
    }

    describe("files of a stopped server", () => {
      for (const { name, run } of backendSuite(stopped, names)) test(name, run);
    });

    describe("CTRL for changes, files for lists", () => {
      for (const { name, run } of backendSuite(withServer, names)) test(name, run);
    });
  });
}
