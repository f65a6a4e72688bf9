import { randomBytes } from "node:crypto";
import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { type CheckPart, type Finding, finding } from "../xmail/check.ts";
import { compareClocks } from "./clock.ts";
import { codeOf } from "./codes.ts";

const FOLDER = ".xmailcfg";
const NAME = /^check-[0-9a-f]{16}\.(?:txt|moved)$/;
/** From this age on, scratch files are those of a check that was killed. */
const STALE_AFTER_MS = 3_600_000;

interface Wish {
  readonly part: CheckPart;
  /** Whether the product ever writes there; to be refused is no fault otherwise. */
  readonly writes: boolean;
}

/** Writes a file of its own, reads it back, renames it and takes it away again. Never rejects. */
export async function tryScratch(storage: Storage, { part, writes }: Wish): Promise<readonly Finding[]> {
  const name = `check-${randomBytes(8).toString("hex")}`;
  const first = storagePath(FOLDER, `${name}.txt`);
  const second = storagePath(FOLDER, `${name}.moved`);
  const bytes = storage.can.binary
    ? allBytes()
    : Buffer.from("A scratch file of xmailcfg check.\nTake it away.\n");
  const before = Date.now();
  try {
    await storage.write(first, bytes, storage.can.exclusiveCreate ? { ifAbsent: true } : {});
  } catch (error) {
    // Refused or not, a part may stand there.
    return [notWritten(error, part, writes), ...(await clean(storage, [first], part, "quiet"))];
  }
  const after = Date.now();
  const found = [finding(part, "mayWrite")];
  const there = await compare(storage, first, bytes, part);
  found.push(there);
  const mtimeMs = await timeOf(storage, first);
  found.push(await rename(storage, first, second, bytes, part));
  found.push(...(await clean(storage, [first, second], part, "aloud")));
  // Seconds are what the coarsest of file systems keep.
  if (mtimeMs !== null) found.push(compareClocks(part, mtimeMs, { before, after }, 1000));
  return found;
}

function allBytes(): Buffer {
  return Buffer.from(Array.from({ length: 1024 }, (_, i) => i % 256));
}

function notWritten(error: unknown, part: CheckPart, writes: boolean): Finding {
  if (hasCode(error, "STORAGE_DENIED")) return finding(part, writes ? "mayNotWrite" : "readOnlyEnough");
  // Who cannot make folders (the control port) needs the one that is missing.
  if (hasCode(error, "STORAGE_NOT_FOUND", "STORAGE_UNSUPPORTED")) return finding(part, "writeNeedsFolder");
  return finding(part, "writeFailed", { code: codeOf(error) });
}

async function compare(
  storage: Storage,
  path: StoragePath,
  bytes: Uint8Array,
  part: CheckPart,
): Promise<Finding> {
  try {
    const back = await storage.read(path);
    if (!Buffer.from(back).equals(bytes)) return finding(part, "bytesDiffer");
    return finding(part, storage.can.binary ? "bytesEqual" : "textEqual");
  } catch (error) {
    return finding(part, "bytesFailed", { code: codeOf(error) });
  }
}

/** `null` where the storage has no times. */
async function timeOf(storage: Storage, path: StoragePath): Promise<number | null> {
  const mtimeMs = await storage.stat(path).then(
    (stat) => stat?.mtimeMs ?? 0,
    () => 0,
  );
  return mtimeMs > 0 ? mtimeMs : null;
}

async function rename(
  storage: Storage,
  from: StoragePath,
  to: StoragePath,
  bytes: Uint8Array,
  part: CheckPart,
): Promise<Finding> {
  try {
    await storage.move(from, to);
    const [old, moved] = [await storage.stat(from), await storage.read(to)];
    if (old === null && Buffer.from(moved).equals(bytes)) return finding(part, "renamed");
    return finding(part, "renameFailed", { code: "STORAGE_FAILED" });
  } catch (error) {
    if (hasCode(error, "STORAGE_UNSUPPORTED")) return finding(part, "renameUnsupported");
    return finding(part, "renameFailed", { code: codeOf(error) });
  }
}

/** Takes away our own files and those of killed checks. Quiet: says something only of what stays. */
async function clean(
  storage: Storage,
  own: readonly StoragePath[],
  part: CheckPart,
  how: "quiet" | "aloud",
): Promise<Finding[]> {
  const left: StoragePath[] = [];
  for (const path of [...own, ...(await staleIn(storage))]) {
    await storage.remove(path).catch(() => undefined);
    const gone = await storage.stat(path).then(
      (stat) => stat === null,
      () => how === "quiet",
    );
    if (!gone) left.push(path);
  }
  if (left.length > 0) return [finding(part, "scratchLeft", { files: left.join(", ") })];
  return how === "quiet" ? [] : [finding(part, "cleaned")];
}

async function staleIn(storage: Storage): Promise<StoragePath[]> {
  const entries = await storage.list(storagePath(FOLDER)).catch(() => []);
  const limit = Date.now() - STALE_AFTER_MS;
  return entries
    .filter(({ name, kind, mtimeMs }) => kind === "file" && NAME.test(name) && mtimeMs < limit)
    .map(({ name }) => storagePath(FOLDER, name));
}
