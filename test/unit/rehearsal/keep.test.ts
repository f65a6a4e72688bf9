import { expect, test } from "vitest";
import { bringBack, keepMail } from "../../../src/rehearsal/keep.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { snapshotOf } from "./server.ts";

const FOLDER = storagePath("domains/example.com/hana");
const KEPT = storagePath(".xmailcfg/bin/1/1");

async function furnished() {
  const disk = memory();
  const put = (path: string, text: string) => disk.write(storagePath(FOLDER, path), Buffer.from(text));
  await put("user.tab", "# mine\n");
  await put("Maildir/new/1", "one");
  await put("Maildir/cur/2:2,S", "two");
  await disk.makeFolder(storagePath(FOLDER, "Maildir/tmp"));
  return { disk, put };
}

test("mail goes aside, and an empty mailbox stays for XMail", async () => {
  const { disk } = await furnished();
  const before = await snapshotOf(disk, FOLDER);
  await keepMail(disk, FOLDER, KEPT);
  expect(Object.keys(await snapshotOf(disk, FOLDER)).map((path) => path.slice(FOLDER.length + 1))).toEqual(
    expect.arrayContaining(["Maildir/", "Maildir/cur/", "Maildir/new/", "Maildir/tmp/", "user.tab"]),
  );
  const kept = await snapshotOf(disk, KEPT);
  const moved = Object.fromEntries(
    Object.entries(kept).map(([path, text]) => [path.replace(KEPT, FOLDER), text]),
  );
  expect(moved).toEqual(before);
});

test("it comes back beside what arrived meanwhile; nothing is written over", async () => {
  const { disk, put } = await furnished();
  await keepMail(disk, FOLDER, KEPT);
  await put("Maildir/new/1", "arrived under the same name");
  await put("Maildir/new/3", "three");
  await put("user.tab", "# new\n");
  await bringBack(disk, KEPT, FOLDER);
  expect(await snapshotOf(disk, FOLDER)).toMatchObject({
    [`${FOLDER}/Maildir/new/1`]: "arrived under the same name",
    [`${FOLDER}/Maildir/new/1.1`]: "one",
    [`${FOLDER}/Maildir/new/3`]: "three",
    [`${FOLDER}/Maildir/cur/2:2,S`]: "two",
    [`${FOLDER}/user.tab`]: "# new\n",
  });
  expect(await disk.stat(KEPT)).toBeNull();
  await bringBack(disk, KEPT, FOLDER);
});

test("what no list shows stays in the bin: nothing that is not seen to be empty is removed", async () => {
  const { disk, put } = await furnished();
  await put("Maildir/new/named-strangely", "unseen");
  const unseen: Storage = {
    ...through(disk, {}),
    list: async (path) => (await disk.list(path)).filter(({ name }) => name !== "named-strangely"),
  };
  await keepMail(unseen, FOLDER, KEPT);
  await bringBack(unseen, KEPT, FOLDER);
  expect(await disk.stat(KEPT)).toBeNull();
  const all = await snapshotOf(disk);
  expect(all[`${FOLDER}/Maildir/new/1`]).toBe("one");
  expect(Object.values({ ...all, ...(await snapshotOf(disk, `${KEPT}-left`)) })).toContain("unseen");
  // A second time it is put beside the first.
  await disk.write(storagePath(KEPT, "Maildir/new/5"), Buffer.from("five"));
  await bringBack(unseen, KEPT, FOLDER);
  expect(await disk.stat(storagePath(`${KEPT}-left.1`))).not.toBeNull();
});
