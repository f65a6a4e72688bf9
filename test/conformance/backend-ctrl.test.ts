import { describe, test } from "vitest";
import type { CtrlOptions } from "../../src/ctrl/options.ts";
import { openBackend } from "../../src/open.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";
import { backendSuite, type OpenedBackend } from "../../src/testing/backend-suite.ts";
import { readFileOf } from "./read-file.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };
async function openedOverSimulator(options: Partial<CtrlOptions>): Promise<OpenedBackend> {
  const storage = memory();
  await writeMailRoot(storage, { ctrl: CTRL });
  const simulator = await startSimulator({ storage });
  const backend = await openBackend({
    ctrl: { host: "127.0.0.1", port: simulator.port, ...CTRL, ...options },
  });
  return {
    backend,
    readFile: readFileOf(storage),
    async close() {
      await backend.close();
      await simulator.close();
      await storage.close();
    },
  };
}

describe("CTRL of the simulator", () => {
  for (const { name, run } of backendSuite(() => openedOverSimulator({}))) test(name, run);
});

describe("CTRL of the simulator, one connection, no window", () => {
  for (const { name, run } of backendSuite(() => openedOverSimulator({ connections: 1, window: 1 })))
    test(name, run);
});
