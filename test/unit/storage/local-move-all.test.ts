import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Move } from "../../../src/storage/storage.ts";

const FOLDERS = 150;

test("files of more folders than are held open at once are moved, each", async () => {
  const root = await mkdtemp(join(tmpdir(), "xmailcfg-moves-"));
  try {
    const storage = local(root);
    const moves = Array.from(
      { length: FOLDERS },
      (_, n): Move => [storagePath(`from/${n}/file${n}`), storagePath(`to/${n % 97}/${n}/file${n}`)],
    );
    for (const [from] of moves) await storage.write(from, Buffer.from("x"));
    const moved = await storage.moveAll?.(moves);
    expect(moved?.filter((one) => !one)).toEqual([]);
    const names = (await readdir(join(root, "to"), { recursive: true })).filter((one) =>
      one.includes("file"),
    );
    expect(names).toHaveLength(FOLDERS);
    await storage.close();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
