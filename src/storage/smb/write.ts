import { AppError, fail } from "../../errors/error.ts";
import { stopIfAborted } from "../call-checks.ts";
import type { Fate } from "./calls.ts";
import { expectOk, failStatus, statusOf } from "./errors.ts";
import { BUSY, closeQuietly, expectAllOk, IN_THE_WAY, patiently, renameTo, withFile } from "./files.ts";
import type { Link } from "./link.ts";
import { parentName, temporaryName } from "./names.ts";
import {
  ACCESS,
  bytesWritten,
  closeRequest,
  DISPOSITION,
  deleteRequest,
  flushRequest,
  type Handle,
  linkRequest,
  OPTION,
  type Opened,
  type Opening,
  openedBy,
  openRequest,
  SAME_FILE,
  SHARE,
  writeRequest,
} from "./requests.ts";
import { STATUS } from "./status.ts";
import { inWindows } from "./windows.ts";

const MAKING: Opening = {
  access: ACCESS.writeData | ACCESS.readAttributes | ACCESS.writeAttributes | ACCESS.delete,
  disposition: DISPOSITION.create,
  options: OPTION.file,
};
/** Others who add to the same file, one after the other. */
const QUEUE_MS = 10_000;
const IN_PART =
  "The file server refused in the middle of adding to a file: a part or all of it was added. Look before you try again.";
const NO_LINKS: readonly number[] = [STATUS.NOT_SUPPORTED, STATUS.INVALID_DEVICE_REQUEST];

/** Runs the step that decides, alone with the name that it changes. */
export type Decide = <T>(work: () => Promise<T>) => Promise<T>;

/** Puts a finished file in the place of the old one, in one step. */
export async function replaceFile(
  link: Link,
  name: string,
  bytes: Uint8Array,
  fate: Fate,
  decide: Decide,
): Promise<void> {
  const file = await writeTemporary(link, name, bytes, MAKING, fate);
  await orDiscard(link, file, () =>
    patiently(IN_THE_WAY, fate.signal, () =>
      decide(async () => {
        await fate.deciding(() => renameTo(link, file, name, true));
        await closeQuietly(link, file);
      }),
    ),
  );
}

/** Gives a finished file its name, which fails when there is one: never half a file, and one winner. */
export async function createFile(
  link: Link,
  name: string,
  bytes: Uint8Array,
  fate: Fate,
  decide: Decide,
): Promise<void> {
  // Goes by itself when it is closed, also by the end of the connection; what stays is the other name.
  const how = { ...MAKING, options: OPTION.file | OPTION.deleteOnClose };
  const file = await writeTemporary(link, name, bytes, how, fate);
  try {
    await decide(() =>
      fate.deciding(async () => {
        const [reply] = await link.ask(linkRequest(file.handle, name));
        if (reply && NO_LINKS.includes(reply.status)) {
          fail(
            "STORAGE_UNSUPPORTED",
            "The file server has no hard links, so no file can be made exclusively.",
          );
        }
        expectOk(reply);
      }),
    );
  } finally {
    await closeQuietly(link, file);
  }
}

/**
 * Adds at the end of the file. The server keeps everybody else from writing meanwhile, because it takes "at the end" for
 * a place that was the end a moment ago.
 */
export function appendToFile(
  link: Link,
  name: string,
  bytes: Uint8Array,
  fate: Fate,
  decide: Decide,
): Promise<void> {
  const how = {
    access: ACCESS.writeData | ACCESS.readAttributes,
    disposition: DISPOSITION.openOrCreate,
    options: OPTION.file,
    share: SHARE.read | SHARE.delete,
  };
  const add = (file: Opened) => fate.deciding(() => addTo(link, file, bytes));
  return patiently(BUSY, fate.signal, () => decide(() => withFile(link, name, how, add)), QUEUE_MS);
}

/** Piece after piece, so that a failure leaves no hole. */
async function addTo(link: Link, file: Opened, bytes: Uint8Array): Promise<void> {
  let done = 0;
  try {
    while (done < bytes.length) {
      const piece = bytes.subarray(done, done + link.agreement.maxWrite);
      const [reply] = await link.ask(writeRequest(file.handle, file.size + done, piece));
      done += bytesWritten(expectOk(reply)) || failStatus(STATUS.DISK_FULL);
    }
    expectOk((await link.ask(flushRequest(file.handle)))[0]);
  } catch (error) {
    // A refusal now does not mean that nothing was done: it must not be taken for one, and tried again.
    if (done > 0 && statusOf(error) !== null) throw new AppError("STORAGE_FAILED", IN_PART, { cause: error });
    throw error;
  }
}

/** A new file beside, written and flushed, still open. */
async function writeTemporary(
  link: Link,
  name: string,
  bytes: Uint8Array,
  how: Opening,
  fate: Fate,
): Promise<Opened> {
  const temporary = temporaryName(parentName(name));
  const first = bytes.subarray(0, Math.min(bytes.length, link.agreement.maxWrite));
  const steps = first.length > 0 ? [writeRequest(SAME_FILE, 0, first)] : [];
  const [opened, ...others] = await link.ask(openRequest(temporary, how), ...steps, flushRequest(SAME_FILE));
  const file = openedBy(expectOk(opened));
  await orDiscard(link, file, async () => {
    expectAllOk(others);
    const [written] = others;
    const done = written && first.length > 0 ? bytesWritten(written) : 0;
    if (done === bytes.length) return;
    await writeAll(link, file.handle, done, bytes.subarray(done), fate.signal);
    expectOk((await link.ask(flushRequest(file.handle)))[0]);
  });
  return file;
}

async function writeAll(
  link: Link,
  handle: Handle,
  offset: number,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  await inWindows(bytes.length, link.agreement.maxWrite, async (start, stop) => {
    for (let at = start; at < stop; ) {
      stopIfAborted(signal);
      const [reply] = await link.ask(writeRequest(handle, offset + at, bytes.subarray(at, stop)));
      at += bytesWritten(expectOk(reply)) || failStatus(STATUS.DISK_FULL);
    }
  });
}

/** After a failure the unfinished file goes; where that fails too it is left to the sweep. */
async function orDiscard<T>(link: Link, { handle }: Opened, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await link.ask(deleteRequest(handle), closeRequest(handle)).catch(() => undefined);
    throw error;
  }
}
