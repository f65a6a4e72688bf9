import { stopIfAborted } from "../call-checks.ts";
import { expectOk, failStatus, hasStatus } from "./errors.ts";
import type { Link } from "./link.ts";
import {
  ACCESS,
  closeRequest,
  type Opened,
  type Opening,
  openedBy,
  openRequest,
  renameRequest,
  SAME_FILE,
} from "./requests.ts";
import { STATUS } from "./status.ts";

const PATIENCE_MS = 2_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 80;
const LOOKS = 3;

/** Opens, works and closes. */
export async function withFile<T>(
  link: Link,
  name: string,
  how: Opening,
  work: (file: Opened) => Promise<T>,
): Promise<T> {
  const [reply] = await link.ask(openRequest(name, how));
  const file = openedBy(expectOk(reply));
  try {
    return await work(file);
  } finally {
    await closeQuietly(link, file);
  }
}

/** Opens and closes in one go: what is known of it, or what came of opening it so. */
export async function openAndClose(link: Link, name: string, how: Opening): Promise<Opened> {
  const [opened, closed] = await link.ask(openRequest(name, how), closeRequest(SAME_FILE));
  const file = openedBy(expectOk(opened));
  if (closed?.status !== STATUS.OK) await closeQuietly(link, file);
  return file;
}

/** `null` where the server says that there is nothing. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasStatus(error, ...NOTHING)) return null;
    throw error;
  }
}

export const NOTHING = [
  STATUS.NO_SUCH_FILE,
  STATUS.OBJECT_NAME_NOT_FOUND,
  STATUS.OBJECT_PATH_NOT_FOUND,
  STATUS.DELETE_PENDING,
] as const;

/** What passes when another program closes the file. */
export const BUSY = [STATUS.SHARING_VIOLATION, STATUS.DELETE_PENDING] as const;

/** What a change gives while another program has the file open. */
export const IN_THE_WAY = [STATUS.ACCESS_DENIED, ...BUSY] as const;

/** Tries again for `forMs` while the server gives one of `statuses`. */
export async function patiently<T>(
  statuses: readonly number[],
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  forMs = PATIENCE_MS,
): Promise<T> {
  const from = performance.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - from > forMs || !hasStatus(error, ...statuses)) throw error;
    }
    // By chance, so that two who wait do not meet again and again.
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
    stopIfAborted(signal);
  }
}

/**
 * Looks again where there is nothing: Samba looks a name up first and opens it then, and finds nothing when somebody
 * replaces the file in between.
 */
export async function certainly<T>(look: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await look();
    } catch (error) {
      if (looks === LOOKS || !hasStatus(error, STATUS.OBJECT_NAME_NOT_FOUND)) throw error;
    }
  }
}

/** What was done is done; a handle that cannot be closed goes with the connection. */
export async function closeQuietly(link: Link, { handle }: Opened): Promise<void> {
  await link.ask(closeRequest(handle)).catch(() => undefined);
}

export function expectAllOk(replies: readonly { readonly status: number }[]): void {
  for (const { status } of replies) if (status !== STATUS.OK) failStatus(status);
}

/** Renames the open file. Where it may not take the place of a folder, servers say one thing or another; here they agree. */
export async function renameTo(
  link: Link,
  { handle }: Opened,
  name: string,
  replace: boolean,
): Promise<void> {
  const [reply] = await link.ask(renameRequest(handle, name, replace));
  if (reply?.status === STATUS.ACCESS_DENIED) {
    const there = await orNull(openAndClose(link, name, { access: ACCESS.readAttributes })).catch(() => null);
    if (there?.isFolder) failStatus(STATUS.OBJECT_NAME_COLLISION);
  }
  expectOk(reply);
}
