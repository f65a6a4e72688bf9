import { fail, hasCode } from "../errors/error.ts";
import {
  type FileContent,
  readFile,
  readRecords,
  records,
  type UploadOptions,
  upload,
  writeFile,
} from "./answers.ts";
import { filterArgument, type Pattern, pathArgument } from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { encodeRemoval } from "./upload.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

/** XMail looks these up through `tabindex/`, which an upload does not renew. */
const INDEXED = ["mailusers.tab", "aliases.tab", "extaliases.tab", "domains.tab", "aliasdomain.tab"];
/** Writing these is an order, not a file; see `Session`. */
const MAGIC = [".shutdown", ".psync-trigger"];
/** `cfgfileset server.tab` waits until every SMTP and POP3 session has ended. */
const SERVER_TAB_TIMEOUT_MS = 900_000;

export interface ListedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface FileWriteOptions extends UploadOptions {
  /** Write an indexed table although XMail keeps using its old index until a command changes that table. */
  readonly staleIndex?: boolean;
}

/** Files below MailRoot, by `/`-separated paths. XMail restricts nothing: `ctrlaccounts.tab` is among them. */
export interface Files {
  /** Plain files only, no order; patterns are case-sensitive. `STORAGE_NOT_FOUND`. */
  list(folder: string, name: string | Pattern, options?: CtrlCallOptions): Promise<readonly ListedFile[]>;
  /** A folder reads as an empty file. `STORAGE_NOT_FOUND`. */
  read(path: string, options?: CtrlCallOptions): Promise<FileContent>;
  /** Lines as byte strings, in batches as they come: for files that are too large to hold. */
  lines(path: string, options?: CtrlCallOptions): AsyncIterable<readonly string[]>;
  /**
   * Replaces the file. Refuses indexed tables (`STORAGE_DENIED`) and what XMail cannot store (`VALUE_NOT_SENDABLE`).
   * `server.tab` waits for all mail sessions to end: give it time.
   */
  write(path: string, bytes: Uint8Array, options?: FileWriteOptions): Promise<void>;
  /** No error when there is none. */
  remove(path: string, options?: FileWriteOptions): Promise<void>;
}

export function filesOver(line: CtrlLine): Files {
  async function read(path: string, options?: CtrlCallOptions): Promise<FileContent> {
    const content = await readFile(line, encodeCommand("cfgfileget", [pathArgument(path)]), options);
    return content ?? fail("STORAGE_NOT_FOUND");
  }
  return {
    read,
    async list(folder, name, options) {
      return filesIn(await records(line, listCommand(folder, name), 2, options));
    },
    async *lines(path, options) {
      yield* line.stream(encodeCommand("cfgfileget", [pathArgument(path)]), options);
    },
    async write(path, bytes, options = {}) {
      const command = encodeCommand("cfgfileset", [writablePath(path, options)]);
      return writeFile(line, command, bytes, () => read(path, options), patient(path, options));
    },
    async remove(path, options = {}) {
      const command = encodeCommand("cfgfileset", [writablePath(path, options)]);
      return upload(line, command, encodeRemoval(), patient(path, options));
    },
  };
}

/** Many lists, pipelined, in the order asked; `null` for a folder that is not there. */
export function listFolders(
  line: CtrlLine,
  asked: readonly { readonly folder: string; readonly name: string | Pattern }[],
): Promise<(readonly ListedFile[] | null)[]> {
  const commands = asked.map(({ folder, name }) => listCommand(folder, name));
  return line.askAll(commands, (answer, index) => {
    try {
      return filesIn(readRecords(commands[index] ?? fail("INTERNAL"), answer, 2));
    } catch (error) {
      if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
      throw error;
    }
  });
}

function listCommand(folder: string, name: string | Pattern): Command {
  const args = [pathArgument(folder === "" ? "." : folder, "folder"), filterArgument("name", name)];
  return encodeCommand("filelist", args);
}

function filesIn(rows: readonly (readonly string[])[]): ListedFile[] {
  return rows.map(([file = "", size = ""]) => ({ name: file, size: Number(size) }));
}

function writablePath(path: string, { staleIndex = false }: FileWriteOptions) {
  const plain = plainPath(path);
  if (MAGIC.includes(plain)) {
    notSendable("path", "magic", "Writing this file is an order to XMail; there are own calls for it.");
  }
  if (INDEXED.includes(plain) && !staleIndex) {
    fail("STORAGE_DENIED", "XMail keeps an index of this table: change it by its own commands.");
  }
  return pathArgument(path);
}

function patient<T extends CtrlCallOptions>(path: string, options: T): T {
  return plainPath(path) === "server.tab" ? { timeoutMs: SERVER_TAB_TIMEOUT_MS, ...options } : options;
}

/** The same file has many spellings: `/a`, `\a`, `./a`. */
function plainPath(path: string): string {
  const parts = path.split(/[/\\]+/).filter((part) => part !== "" && part !== ".");
  return parts.join("/").toLowerCase();
}
