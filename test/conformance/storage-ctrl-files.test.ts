import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CtrlClient, openCtrlClient } from "../../src/ctrl/client.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { type CtrlFileCommands, ctrlFiles } from "../../src/storage/ctrl-files.ts";
import { memory } from "../../src/storage/memory.ts";
import { ROOT, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { prefixed } from "../../src/storage/wrap.ts";
import { type StorageUnderTest, storageSuite } from "../../src/testing/storage-suite.ts";
import { lacking } from "./storage-lacking.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };
const at = storagePath;
const bytes = (text: string) => Buffer.from(text, "latin1");

/** Its own folder below the MailRoot of a simulator, whose files lie in `disk`. */
async function opened(disk: Storage): Promise<StorageUnderTest> {
  await writeMailRoot(disk, { ctrl: CTRL });
  await disk.makeFolder(at("suite"));
  const simulator = await startSimulator({ storage: disk });
  const client = await openCtrlClient({ host: "127.0.0.1", port: simulator.port, ...CTRL });
  return {
    storage: prefixed(await ctrlFiles(client.files), at("suite")),
    async close() {
      await client.close();
      await simulator.close();
    },
  };
}

describe("files by CTRL of the simulator", () => {
  for (const { name, run } of storageSuite(() => opened(memory()))) test(name, run);
});

describe("files by CTRL of a server that folds letters, as Windows does", () => {
  const open = () => opened(lacking(memory(), "caseSensitive"));
  for (const { name, run } of storageSuite(open)) test(name, run);
});

describe("files by CTRL", () => {
  let disk: Storage;
  let simulator: Simulator;
  let client: CtrlClient;
  let storage: Storage;
  beforeEach(async () => {
    disk = memory();
    await writeMailRoot(disk, { ctrl: CTRL });
    simulator = await startSimulator({ storage: disk });
    client = await openCtrlClient({ host: "127.0.0.1", port: simulator.port, ...CTRL });
    storage = await ctrlFiles(client.files);
  });
  afterEach(async () => {
    await client.close();
    await simulator.close();
  });
  const onDisk = async (path: string) => Buffer.from(await disk.read(at(path))).toString("latin1");

  test("says at once when nobody answers", async () => {
    await client.close();
    await expect(ctrlFiles(client.files)).rejects.toMatchObject({ code: "STORAGE_FAILED" });
  });

  test("tells what it can", () => {
    expect(Object.entries(storage.can).filter(([, can]) => can)).toEqual([["caseSensitive", true]]);
  });

  test("what XMail would alter is never sent", async () => {
    const calls: string[] = [];
    const spied = await ctrlFiles(spyOn(client.files, calls));
    const contents: Record<string, string> = {
      "order to delete": "",
      "line end added": "x",
      "line end of DOS": "x\r\n",
      "many CR": "x\n\r\r\n",
      "zero byte": "a\0b\n",
      "line that ends the upload": `first\n${"x".repeat(2_045)}\n"domaindel"\t"example.com"\n`,
      "the same with a dot": `.${"x".repeat(2_043)}\n`,
    };
    for (const [what, text] of Object.entries(contents)) {
      const writing = spied.write(at("new.tab"), bytes(text));
      await expect(writing, what).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    }
    for (const path of ["café.tab", "a..b", `${"d/".repeat(80)}f`, "x".repeat(161)]) {
      await expect(spied.write(at(path), bytes("x\n")), path).rejects.toMatchObject({ code: "STORAGE_PATH" });
      expect(await spied.stat(at(path))).toBeNull();
      await expect(spied.read(at(path))).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    }
    expect(calls.filter((call) => !call.startsWith("list"))).toEqual([expect.stringMatching(/^read [A-Z]/)]);
    expect(await disk.stat(at("new.tab"))).toBeNull();
    expect((await disk.list(ROOT)).map(({ name }) => name)).not.toContain("new.tab");
  });

  test("the longest lines and the longest path arrive", async () => {
    const text = `${"x".repeat(2_044)}\n.${"y".repeat(2_042)}\n.\n..\n\n`;
    const path = `domains/${"p".repeat(152)}`;
    await storage.write(at(path), bytes(text));
    expect(await onDisk(path)).toBe(text);
    expect(bytes(text).equals(await storage.read(at(path)))).toBe(true);
  });

  test("tables with an index and orders in the shape of files are refused", async () => {
    for (const path of ["mailusers.tab", "aliases.tab", "domains.tab", ".shutdown", ".psync-trigger"]) {
      const before = await disk.stat(at(path));
      await expect(storage.write(at(path), bytes("x\n"))).rejects.toMatchObject({ code: "STORAGE_DENIED" });
      expect(await disk.stat(at(path))).toEqual(before);
    }
    await expect(storage.remove(at("mailusers.tab"))).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    expect(await disk.stat(at("mailusers.tab"))).not.toBeNull();
  });

  test("files as others wrote them are read exactly, or refused", async () => {
    const exact = ["", "x", "x\n", "one\ntwo", "\n", "cr\rinside\n", ".\n..x\n", "\xff\xfe\x80\n"];
    for (const text of exact) {
      await disk.write(at("f.tab"), bytes(text));
      const read = Buffer.from(await storage.read(at("f.tab"))).toString("latin1");
      expect(read, JSON.stringify(text)).toBe(text);
      expect(await storage.stat(at("f.tab"))).toMatchObject({ size: text.length });
    }
    const hidden = ["x\r\n", "one\r\ntwo\r\n", "a\0b\n", "a\0\n", `${"x".repeat(5_000)}\n`, "x\r\n\r\ny"];
    for (const text of hidden) {
      await disk.write(at("f.tab"), bytes(text));
      const reading = storage.read(at("f.tab"));
      await expect(reading, JSON.stringify(text.slice(0, 20))).rejects.toMatchObject({
        code: "STORAGE_UNSUPPORTED",
      });
    }
  });

  test("files in folders that are there are had, and folders themselves are only seen by stat", async () => {
    await disk.makeFolder(at("custdomains/below"));
    await storage.write(at("custdomains/.tab"), bytes('"smtp"\n'));
    expect(await onDisk("custdomains/.tab")).toBe('"smtp"\n');
    expect(await storage.list(at("custdomains"))).toEqual([
      { name: ".tab", kind: "file", size: 7, mtimeMs: 0 },
    ]);
    expect(await storage.stat(at("custdomains/below"))).toEqual({ kind: "folder", size: 0, mtimeMs: 0 });
    await expect(storage.remove(at("custdomains/below"))).rejects.toMatchObject({
      code: "STORAGE_UNSUPPORTED",
    });
    await expect(storage.write(at("custdomains/below"), bytes("x\n"))).rejects.toMatchObject({
      code: "STORAGE_EXISTS",
    });
    await expect(storage.read(at("custdomains/below"))).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    await storage.remove(at("custdomains/.tab"));
    expect(await disk.stat(at("custdomains/.tab"))).toBeNull();
    expect(await disk.stat(at("custdomains/below"))).not.toBeNull();
  });

  test("names that no command can carry are not listed", async () => {
    await disk.makeFolder(at("names"));
    for (const name of ["café", "a..b", "plain", "[set]", "x".repeat(200)]) {
      await disk.write(at(`names/${name}`), bytes("x\n"));
    }
    expect((await storage.list(at("names"))).map(({ name }) => name).sort()).toEqual(["[set]", "plain"]);
  });

  test("a server that stores something else is found out", async () => {
    await storage.write(at("f.tab"), bytes("old\n"));
    const lying: Record<string, CtrlFileCommands> = {
      "no file": { ...client.files, write: async () => undefined },
      "line ends of Windows": {
        ...client.files,
        write: async (path, content) =>
          disk.write(at(path), bytes(Buffer.from(content).toString("latin1").replaceAll("\n", "\r\n"))),
      },
      "no removal": { ...client.files, remove: async () => undefined },
      "other bytes": {
        ...client.files,
        write: (path, content) =>
          client.files.write(path, Buffer.from(content).subarray(2), { verify: false }).then(async () => {
            const { fail } = await import("../../src/errors/error.ts");
            fail("FILE_CHANGED");
          }),
      },
    };
    for (const [lie, files] of Object.entries(lying)) {
      const deceived = await ctrlFiles(files);
      const call =
        lie === "no removal" ? deceived.remove(at("f.tab")) : deceived.write(at("g.tab"), bytes("xyz\n"));
      await expect(call, lie).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    }
  });

  test("giving up is heard until something was sent, and not after", async () => {
    const stop = new AbortController();
    const files: CtrlFileCommands = {
      ...client.files,
      write: (path, content) => {
        stop.abort();
        return client.files.write(path, content);
      },
    };
    await (await ctrlFiles(files)).write(at("f.tab"), bytes("x\n"), { signal: stop.signal });
    expect(await onDisk("f.tab")).toBe("x\n");
    const early = storage.write(at("f.tab"), bytes("y\n"), { signal: stop.signal });
    await expect(early).rejects.toMatchObject({ code: "ABORTED" });
    expect(await onDisk("f.tab")).toBe("x\n");
  });

  test("a connection lost in the middle of an upload is told as a failure that may have changed the file", async () => {
    const files: CtrlFileCommands = {
      ...client.files,
      write: async () => {
        const { fail } = await import("../../src/errors/error.ts");
        fail("XMAIL_OUTCOME_UNKNOWN");
      },
    };
    const writing = (await ctrlFiles(files)).write(at("f.tab"), bytes("x\n"));
    await expect(writing).rejects.toMatchObject({
      code: "STORAGE_FAILED",
      cause: expect.objectContaining({ code: "XMAIL_OUTCOME_UNKNOWN" }),
    });
  });
});

function spyOn(files: CtrlFileCommands, calls: string[]): CtrlFileCommands {
  return {
    list: vi.fn((...args: Parameters<CtrlFileCommands["list"]>) => {
      calls.push(`list ${args[0]}`);
      return files.list(...args);
    }),
    read: vi.fn((...args: Parameters<CtrlFileCommands["read"]>) => {
      calls.push(`read ${args[0]}`);
      return files.read(...args);
    }),
    write: vi.fn((...args: Parameters<CtrlFileCommands["write"]>) => {
      calls.push(`write ${args[0]}`);
      return files.write(...args);
    }),
    remove: vi.fn((...args: Parameters<CtrlFileCommands["remove"]>) => {
      calls.push(`remove ${args[0]}`);
      return files.remove(...args);
    }),
  };
}
