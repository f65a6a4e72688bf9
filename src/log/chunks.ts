import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { LogCall } from "../xmail/logs.ts";

/** Read at once; the next one is read while this one is looked at. */
const CHUNK = 1024 * 1024;
/** Whoever has more between two ends of lines is no log. */
const LONGEST = 4 * CHUNK;
const LF = 0x0a;

/** The whole lines of a range of a file, many at a time, from its beginning; what has no end yet is left out. */
export async function* wholeLines(
  storage: Storage,
  path: StoragePath,
  { from, to }: { readonly from: number; readonly to: number },
  { signal }: LogCall,
): AsyncGenerator<Buffer> {
  const read = async (offset: number) => {
    const length = Math.min(CHUNK, to - offset);
    return length > 0 ? storage.read(path, { offset, length, ...(signal ? { signal } : {}) }) : null;
  };
  let ahead = read(from);
  let rest: Buffer = Buffer.alloc(0);
  for (let offset = from; ; ) {
    const bytes = await ahead;
    if (!bytes || bytes.length === 0) return;
    offset += bytes.length;
    ahead = read(offset);
    // Whoever stops here waits for it no more.
    ahead.catch(() => undefined);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = chunk.indexOf(LF) + 1;
    if (first === 0) {
      rest = rest.length > LONGEST ? rest : Buffer.concat([rest, chunk]);
      continue;
    }
    if (rest.length > 0) yield Buffer.concat([rest, chunk.subarray(0, first)]);
    const last = chunk.lastIndexOf(LF) + 1;
    const begin = rest.length > 0 ? first : 0;
    if (last > begin) yield chunk.subarray(begin, last);
    rest = Buffer.from(chunk.subarray(last));
  }
}
