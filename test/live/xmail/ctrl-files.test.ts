import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CtrlClient, openCtrlClient } from "../../../src/ctrl/client.ts";
import { ctrlFiles } from "../../../src/storage/ctrl-files.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { prefixed } from "../../../src/storage/wrap.ts";
import { storageSuite } from "../../../src/testing/storage-suite.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

describeWith("xmail", xmailBin(), "files by CTRL of a real XMail", (bin) => {
  let server: XMailServer;
  let client: CtrlClient;
  let storage: Storage;
  let folders = 0;
  let deep = "";
  beforeAll(async () => {
    server = await startXMail(bin);
    client = await openCtrlClient({ host: "127.0.0.1", port: server.port, ...CTRL });
    storage = await ctrlFiles(client.files);
  });
  afterAll(async () => {
    await client.close();
    server.stop();
    await allStopped();
    if (deep !== "") rmSync(deep, { recursive: true, force: true });
  });

  const cases = storageSuite(async () => {
    folders += 1;
    const folder = `suite-${folders}`;
    mkdirSync(join(server.folder, folder));
    return { storage: prefixed(storage, storagePath(folder)) };
  });
  for (const { name, run } of cases) test(name, run);

  test("files as others wrote them are read exactly, or refused", async () => {
    const path = storagePath("logs/odd.tab");
    const onDisk = (text: string) => writeFileSync(join(server.folder, path), text, "latin1");
    for (const text of ["", "x", "x\n", "one\ntwo", "\n", "cr\rinside\n", ".\n..x\n", "\xff\xfe\n"]) {
      onDisk(text);
      const read = Buffer.from(await storage.read(path)).toString("latin1");
      expect(read, JSON.stringify(text)).toBe(text);
    }
    for (const text of ["x\r\n", "one\r\ntwo\r\n", "a\0b\n", `${"x".repeat(5_000)}\n`, "x\r\n\r\ny"]) {
      onDisk(text);
      const shown = JSON.stringify(text.slice(0, 20));
      await expect(storage.read(path), shown).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    }
  });

  test("XMail writes over the file that is there: no atomicReplace", async () => {
    const path = storagePath("logs/f.tab");
    await storage.write(path, Buffer.from("old\n"));
    const before = statSync(join(server.folder, path)).ino;
    await storage.write(path, Buffer.from("new\n"));
    expect(statSync(join(server.folder, path)).ino).toBe(before);
  });

  test("where MailRoot is so deep that XMail cuts the path, nothing else is overwritten", async () => {
    deep = mkdtempSync(join(tmpdir(), "d".repeat(100)));
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = deep;
    const far = await startXMail(bin).finally(() => {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    });
    const farClient = await openCtrlClient({ host: "127.0.0.1", port: far.port, ...CTRL });
    try {
      const path = storagePath("logs", "p".repeat(155));
      const cut = join(far.folder, path).slice(0, 255);
      expect(cut).not.toBe(join(far.folder, path));
      writeFileSync(cut, "somebody else's\n");
      const files = await ctrlFiles(farClient.files);
      await expect(files.write(path, Buffer.from("x\n"))).rejects.toMatchObject({ code: "STORAGE_EXISTS" });
      expect(await files.stat(path)).toBeNull();
      await expect(files.remove(path)).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
      expect(readFileSync(cut, "latin1")).toBe("somebody else's\n");
    } finally {
      await farClient.close();
      far.stop();
    }
  });
});
