import { describe, test } from "vitest";
import { openCtrlClient } from "../../src/ctrl/client.ts";
import { hasCode } from "../../src/errors/error.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import { SCENARIOS } from "../unit/ctrl/scenarios.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };

describe("the CTRL client against the simulator", () => {
  test.each(SCENARIOS)("$name", async ({ play }) => {
    const storage = memory();
    await writeMailRoot(storage, { ctrl: CTRL });
    const simulator = await startSimulator({ storage });
    const client = await openCtrlClient({ host: "127.0.0.1", port: simulator.port, ...CTRL });
    const read = async (path: string) => {
      try {
        return Buffer.from(await storage.read(storagePath(path))).toString("latin1");
      } catch (error) {
        if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
        throw error;
      }
    };
    try {
      await play({ client, read });
    } finally {
      await client.close();
      await simulator.close();
    }
  });
});
