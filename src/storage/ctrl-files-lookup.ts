import type { ErrorCode } from "../errors/codes.ts";
import { AppError, fail, isAppError } from "../errors/error.ts";
import { orNull } from "./if-there.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";

interface Call {
  readonly signal?: AbortSignal | undefined;
}

export interface ListedFile {
  readonly name: string;
  readonly size: number;
}

/** What is needed of a CTRL client: its `files` fit. Paths are relative to MailRoot. */
export interface CtrlFileCommands {
  /** `filelist`: plain files of a folder, by exact name or pattern. `STORAGE_NOT_FOUND` when there is no folder. */
  list(
    folder: string,
    name: string | { readonly pattern: string },
    options?: Call,
  ): Promise<readonly ListedFile[]>;
  /** `cfgfileget`: LF after every line; `whole` is false when a line may have been cut. `STORAGE_NOT_FOUND`. */
  read(path: string, options?: Call): Promise<{ readonly bytes: Uint8Array; readonly whole: boolean }>;
  /** `cfgfileset`, read back and compared. */
  write(path: string, bytes: Uint8Array, options?: Call): Promise<void>;
  /** `cfgfileset` of nothing. */
  remove(path: string, options?: Call): Promise<void>;
}

export interface Found {
  readonly kind: "file" | "folder";
  readonly size: number;
}

export interface Lookup {
  readonly caseSensitive: boolean;
  /** A plain file or a folder; `null` when there is neither. */
  find(path: StoragePath, signal?: AbortSignal): Promise<Found | null>;
  /** Whether XMail opens something under this path, plain file or not. */
  isTaken(path: StoragePath, signal?: AbortSignal): Promise<boolean>;
}

export async function lookupOver(files: CtrlFileCommands): Promise<Lookup> {
  const caseSensitive = await isCaseSensitive(files);

  async function listed(path: StoragePath, signal?: AbortSignal): Promise<ListedFile | null> {
    const name = nameOf(path);
    const wanted = caseSensitive ? name : { pattern: anyCase(name) };
    const all = await orNull(mapped(path, () => files.list(parentOf(path), wanted, { signal })));
    return all?.find((one) => one.name === name || !caseSensitive) ?? null;
  }

  return {
    caseSensitive,
    async find(path, signal) {
      const file = path === ROOT ? null : await listed(path, signal);
      if (file !== null) return { kind: "file", size: file.size };
      const folder = await orNull(mapped(path, () => files.list(path, NO_FILE, { signal })));
      return folder === null ? null : { kind: "folder", size: 0 };
    },
    async isTaken(path, signal) {
      return (await orNull(mapped(path, () => files.read(path, { signal })))) !== null;
    },
  };
}

/** A name that no plain file has: the answer only tells whether there is a folder. */
const NO_FILE = ".";

/** Whether the server finds a file of its root with the letters of its name turned. */
async function isCaseSensitive(files: CtrlFileCommands): Promise<boolean> {
  const all = await mapped(ROOT, () => files.list(ROOT, { pattern: "*" }));
  const names = new Set(all.map(({ name }) => name));
  const lettered = all.filter(({ name }) => /^[\w.-]*[a-z][\w.-]*$/i.test(name) && !names.has(turned(name)));
  const [smallest] = lettered.sort((one, two) => one.size - two.size);
  if (smallest === undefined) return true;
  return (await orNull(mapped(ROOT, () => files.read(turned(smallest.name))))) === null;
}

function turned(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** XMail compares listed names by case, whatever the system does. */
function anyCase(name: string): string {
  return name
    .replace(/[*?[\]\\]/g, "\\$&")
    .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

const KEPT: readonly ErrorCode[] = [
  "ABORTED",
  "STORAGE_NOT_FOUND",
  "STORAGE_EXISTS",
  "STORAGE_DENIED",
  "STORAGE_UNSUPPORTED",
  "STORAGE_FAILED",
  "STORAGE_PATH",
];

/** Errors of the control port as errors of a storage; what they say to people stays. */
export async function mapped<T>(path: StoragePath, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    // What our own checks let through and the client refuses is an order to XMail instead of a file.
    if (error.code === "VALUE_NOT_SENDABLE") fail("STORAGE_DENIED", error.message, { cause: error });
    if (KEPT.includes(error.code)) throw error;
    throw new AppError("STORAGE_FAILED", error.message, { internal: { path }, cause: error });
  }
}
