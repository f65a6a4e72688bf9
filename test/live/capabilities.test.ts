import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { openCtrlClient } from "../../src/ctrl/client.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { ctrlFiles } from "../../src/storage/ctrl-files.ts";
import { memory } from "../../src/storage/memory.ts";
import type { Capabilities, Storage } from "../../src/storage/storage.ts";
import { describeWith } from "../peers.ts";
import { DRIVERS, openIn } from "./drivers.ts";

vi.setConfig({ testTimeout: 60_000 });

const CTRL = { account: "admin", password: "Adm1n-Secret" };
const TABLE = tableOf(readFileSync(new URL("../../docs/storage.md", import.meta.url), "utf8"));

/** The storage suite proves of each driver that it can what it says; here the documentation is held against that. */
describe("the capability table of docs/storage.md", () => {
  test("has a column for every driver and a row for every capability", () => {
    const drivers = ["`local`", "`memory`", "`smb`", "`sftp`, OpenSSH", "`sftp`, bare", "`ctrlFiles`"];
    expect(Object.keys(TABLE)).toEqual(drivers);
    for (const column of drivers) {
      expect(Object.keys(TABLE[column] ?? {}).sort(), column).toEqual(Object.keys(memory().can).sort());
    }
  });

  test("is right about memory", () => agrees("`memory`", memory().can));

  test("is right about ctrlFiles", async () => {
    const disk = memory();
    await writeMailRoot(disk, { ctrl: CTRL });
    const simulator = await startSimulator({ storage: disk });
    const client = await openCtrlClient({ host: "127.0.0.1", port: simulator.port, ...CTRL });
    agrees("`ctrlFiles`", (await ctrlFiles(client.files)).can);
    await client.close();
    await simulator.close();
  });

  test("can be wrong", () => {
    for (const name of Object.keys(memory().can) as (keyof Capabilities)[]) {
      const turned = { ...memory().can, [name]: !memory().can[name] };
      expect(() => agrees("`memory`", turned), name).toThrow();
    }
  });
});

for (const driver of DRIVERS) {
  const suite = () => {
    test("is what the documentation says", async () => {
      const running = await driver.start();
      let storage: Storage | null = null;
      try {
        storage = await openIn(running);
        agrees(driver.name.replace(/^\w+/, "`$&`"), storage.can);
      } finally {
        await storage?.close();
        await running.stop();
      }
    });
  };
  const title = `what ${driver.name} can`;
  if (driver.peer) describeWith(driver.peer, driver.where(), title, suite);
  else describe(title, suite);
}

function agrees(column: string, can: Capabilities): void {
  for (const [name, claimed] of Object.entries(can)) {
    const cell = TABLE[column]?.[name] ?? "";
    expect(cell, `${column}, ${name}`).toMatch(/^(yes|no|as found)/);
    if (/^as found/.test(cell)) continue;
    const said = cell === "yes, not on Windows" ? process.platform !== "win32" : cell === "yes";
    expect(said, `${column}, ${name}: "${cell}"`).toBe(claimed);
  }
}

/** Column -> row -> cell. */
function tableOf(text: string): Record<string, Record<string, string>> {
  const from = text.indexOf("| `storage.can`");
  const rows = text
    .slice(from, text.indexOf("\n\n", from))
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  const [head = [], , ...body] = rows;
  return Object.fromEntries(
    head
      .slice(2)
      .map((column, index) => [
        column,
        Object.fromEntries(
          body.map((cells) => [cells[0]?.replaceAll("`", "") ?? "", cells[index + 2] ?? ""]),
        ),
      ]),
  );
}
