import { chown, type FileHandle, mkdir, mkdtemp, open, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Move } from "../../../src/storage/storage.ts";
import { asRoot, describeWith } from "../../peers.ts";

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

test("all folders that were made or touched are asked to outlive a power cut, once each", async () => {
  const root = await mkdtemp(join(tmpdir(), "xmailcfg-moves-"));
  const handle = await open(root);
  const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, "sync");
  try {
    const storage = local(root);
    const moves = [0, 1].map(
      (n): Move => [storagePath(`from/file${n}`), storagePath(`to/deep/${n}/file${n}`)],
    );
    for (const [from] of moves) await storage.write(from, Buffer.from("x"));
    const synced: number[] = [];
    sync.mockImplementation(async function (this: FileHandle) {
      synced.push((await this.stat()).ino);
    });
    expect(await storage.moveAll?.(moves)).toEqual([true, true]);
    const folders = ["", "from", "to", "to/deep", "to/deep/0", "to/deep/1"];
    const numbers = await Promise.all(folders.map(async (path) => (await stat(join(root, path))).ino));
    expect(synced.sort()).toEqual(numbers.sort());
  } finally {
    sync.mockRestore();
    await handle.close();
    await rm(root, { recursive: true, force: true });
  }
});

test("no folder is made through a link that leads out of the storage or nowhere, and the file stays", async () => {
  const base = await mkdtemp(join(tmpdir(), "xmailcfg-moves-"));
  try {
    const root = join(base, "root");
    const storage = local(root);
    const from = storagePath("from/file");
    await storage.write(from, Buffer.from("x"));
    await mkdir(join(base, "outside"));
    await symlink(join(base, "outside"), join(root, "out"));
    await symlink(join(base, "nowhere"), join(root, "lost"));
    for (const to of ["out/deep/file", "lost/file", "lost/deep/file"]) {
      const moving = storage.moveAll?.([[from, storagePath(to)]]);
      await expect(moving, to).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    }
    expect(await readdir(join(base, "outside"))).toEqual([]);
    expect(await readdir(base)).not.toContain("nowhere");
    expect(await storage.stat(from)).not.toBeNull();
    // A file stands where a folder is needed.
    await storage.write(storagePath("taken"), Buffer.from("y"));
    await expect(storage.moveAll?.([[from, storagePath("taken/deep/file")]])).rejects.toBeDefined();
    expect(await storage.stat(from)).not.toBeNull();
  } finally {
    await rm(base, { recursive: true, force: true });
  }
});

describeWith("root", asRoot(), "moving many files as root", () => {
  test("new folders belong to whom their parent belongs", async () => {
    const root = await mkdtemp(join(tmpdir(), "xmailcfg-moves-"));
    try {
      const storage = local(root);
      const from = storagePath("from/file");
      await storage.write(from, Buffer.from("x"));
      await mkdir(join(root, "to"));
      await chown(join(root, "to"), 12_345, 12_346);
      expect(await storage.moveAll?.([[from, storagePath("to/deep/deeper/file")]])).toEqual([true]);
      for (const made of ["to/deep", "to/deep/deeper"]) {
        const { uid, gid, mode } = await stat(join(root, made));
        expect({ uid, gid, mode: mode & 0o777 }, made).toEqual({ uid: 12_345, gid: 12_346, mode: 0o700 });
      }
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
