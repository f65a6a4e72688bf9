import { rangeOf, stopIfAborted } from "../call-checks.ts";
import type { ReadOptions, Stat } from "../storage.ts";
import { expectOk } from "./errors.ts";
import { openAndClose, withFile } from "./files.ts";
import type { Link } from "./link.ts";
import type { Reply } from "./messages.ts";
import {
  ACCESS,
  bytesRead,
  closeRequest,
  OPTION,
  type Opened,
  openedBy,
  openRequest,
  readRequest,
  SAME_FILE,
} from "./requests.ts";
import { STATUS } from "./status.ts";
import { inWindows } from "./windows.ts";

const READING = { access: ACCESS.readData | ACCESS.readAttributes, options: OPTION.file };
/** Costs one credit, and holds nearly every file of a mail server's configuration. */
const SMALL = 64 * 1024;

export async function statOf(link: Link, name: string): Promise<Stat> {
  return asStat(await openAndClose(link, name, { access: ACCESS.readAttributes }));
}

export function asStat({ isFolder, size, mtimeMs }: Pick<Opened, "isFolder" | "size" | "mtimeMs">): Stat {
  return { kind: isFolder ? "folder" : "file", size: isFolder ? 0 : size, mtimeMs };
}

export interface FileRead {
  readonly stat: Stat;
  readonly bytes: Uint8Array;
}

/** The bytes that were there when it was opened; of a file that shrinks meanwhile, fewer. */
export async function readFile(link: Link, name: string, how: ReadOptions): Promise<FileRead> {
  // Refuses what is no range before anything is asked.
  rangeOf(how, 0);
  return (await readSmall(link, name, how)) ?? readLarge(link, name, how);
}

/** Opens, reads and closes in one go; `null` when that was not all of it. */
async function readSmall(link: Link, name: string, how: ReadOptions): Promise<FileRead | null> {
  const { offset = 0, length = SMALL } = how;
  const wanted = Math.min(length, SMALL);
  const [opened, read, closed] = await link.ask(
    openRequest(name, READING),
    readRequest(SAME_FILE, offset, wanted),
    closeRequest(SAME_FILE),
  );
  const file = openedBy(expectOk(opened));
  if (closed?.status !== STATUS.OK) await link.ask(closeRequest(file.handle));
  const got = expectOk(read, STATUS.END_OF_FILE);
  const bytes = got.status === STATUS.OK ? bytesRead(got, wanted) : new Uint8Array();
  const { from, to } = rangeOf(how, file.size);
  if (bytes.length < to - from) return null;
  // A copy: the view would keep the whole message in memory.
  return { stat: asStat(file), bytes: Uint8Array.from(bytes.subarray(0, to - from)) };
}

function readLarge(link: Link, name: string, how: ReadOptions): Promise<FileRead> {
  return withFile(link, name, READING, async (file) => {
    const { from, to } = rangeOf(how, file.size);
    const bytes = new Uint8Array(to - from);
    /** The file may have become shorter since. */
    let end = bytes.length;
    await inWindows(bytes.length, link.agreement.maxRead, async (start, stop) => {
      for (let at = start; at < stop; ) {
        stopIfAborted(how.signal);
        const got = await readInto(link, file, from + at, bytes.subarray(at, stop));
        if (got === 0) {
          end = Math.min(end, at);
          return;
        }
        at += got;
      }
    });
    return { stat: asStat(file), bytes: end === bytes.length ? bytes : bytes.slice(0, end) };
  });
}

/** How many bytes there were. */
async function readInto(link: Link, file: Opened, offset: number, target: Uint8Array): Promise<number> {
  let got = 0;
  const consume = (reply: Reply) => {
    if (reply.status !== STATUS.OK) return;
    const part = bytesRead(reply, target.length);
    target.set(part);
    got = part.length;
  };
  const [reply] = await link.ask({ ...readRequest(file.handle, offset, target.length), consume });
  expectOk(reply, STATUS.END_OF_FILE);
  return got;
}
