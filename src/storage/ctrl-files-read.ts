import { fail } from "../errors/error.ts";
import { type CtrlFileCommands, type Lookup, mapped } from "./ctrl-files-lookup.ts";
import type { StoragePath } from "./path.ts";

const TRIES = 12;
const PAUSE_MS = 5;

/**
 * XMail shows lines, not bytes: it drops CR at line ends, cuts at zero bytes and hides whether the last line had an end.
 * The size in its list says whether what it showed is all there is; what it is not is refused (`STORAGE_UNSUPPORTED`). One
 * case cannot be told: a file without a last line end that holds exactly one such byte.
 */
export async function readExactly(
  files: CtrlFileCommands,
  lookup: Lookup,
  path: StoragePath,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  let seen = "";
  for (let tries = 1; ; tries += 1) {
    const before = await sizeOf(lookup, path, signal);
    const { bytes, whole } = await mapped(path, () => files.read(path, { signal }));
    if (whole && bytes.length === before) return Uint8Array.from(bytes);
    const after = await sizeOf(lookup, path, signal);
    if (whole && bytes.length === after) return Uint8Array.from(bytes);
    // A file that is being replaced has any size for a moment: only what is seen twice is so.
    const sight = `${before} ${after} ${bytes.length} ${whole}`;
    if (before === after && sight === seen) {
      if (whole && bytes.length === after + 1) return Uint8Array.from(bytes.subarray(0, -1));
      hidden(path);
    }
    seen = sight;
    if (tries === TRIES) fail("STORAGE_FAILED", "A file of XMail keeps changing. Try again.");
    if (before !== after) await new Promise((resolve) => setTimeout(resolve, tries * PAUSE_MS));
  }
}

async function sizeOf(lookup: Lookup, path: StoragePath, signal?: AbortSignal): Promise<number> {
  const found = await lookup.find(path, signal);
  // XMail shows a folder as an empty file.
  if (found?.kind !== "file") return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
  return found.size;
}

function hidden(path: StoragePath): never {
  return fail(
    "STORAGE_UNSUPPORTED",
    "XMail's control port cannot show this file as it is: it holds CR at line ends, zero bytes or very long lines.",
    { internal: { path } },
  );
}
