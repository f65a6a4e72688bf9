import { refusal, statusOf } from "./failures.ts";
import type { Session } from "./session.ts";
import { type Answer, type Attributes, STATUS, TYPE } from "./wire.ts";

/** The verbs of SFTP. Paths, names and handles are bytes, one per letter. */
export interface Requests {
  open(path: string, flags: number, mode?: number): Promise<string>;
  close(handle: string): Promise<void>;
  /** `null` at the end of the file; may be less than asked for. A view that others may write over later. */
  read(handle: string, offset: number, length: number): Promise<Uint8Array | null>;
  write(handle: string, offset: number, data: Uint8Array): Promise<void>;
  lstat(path: string): Promise<Attributes>;
  fstat(handle: string): Promise<Attributes>;
  setstat(path: string, attributes: Attributes): Promise<void>;
  fsetstat(handle: string, attributes: Attributes): Promise<void>;
  opendir(path: string): Promise<string>;
  /** `null` when all were told. */
  readdir(handle: string): Promise<readonly { name: string; attributes: Attributes }[] | null>;
  remove(path: string): Promise<void>;
  mkdir(path: string, mode: number): Promise<void>;
  rmdir(path: string): Promise<void>;
  /** Without links, as far as there is something. */
  realpath(path: string): Promise<string>;
  /** Refused by the server when there is something at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** As rename(2): takes the place of a file. */
  posixRename(from: string, to: string): Promise<void>;
  hardlink(from: string, to: string): Promise<void>;
  fsync(handle: string): Promise<void>;
}

export function requestsOf({ ask }: Session): Requests {
  const nothing = async (answer: Promise<Answer>) => {
    const { kind } = await answer;
    if (kind !== "status") unexpected(kind);
  };
  const attributes = async (answer: Promise<Answer>) => {
    const got = await answer;
    return got.kind === "attributes" ? got.attributes : unexpected(got.kind);
  };
  const handle = async (answer: Promise<Answer>) => {
    const got = await answer;
    return got.kind === "handle" ? got.handle : unexpected(got.kind);
  };
  return {
    open: (path, flags, mode) => handle(ask(TYPE.OPEN, [path, flags, mode === undefined ? {} : { mode }])),
    close: (opened) => nothing(ask(TYPE.CLOSE, [opened])),
    async read(opened, offset, length) {
      const got = await unlessAtEnd(ask(TYPE.READ, [opened, BigInt(offset), length]));
      if (got === null) return null;
      if (got.kind !== "data" || got.data.length > length) return unexpected(got.kind);
      return got.data;
    },
    write: (opened, offset, data) => nothing(ask(TYPE.WRITE, [opened, BigInt(offset)], data)),
    lstat: (path) => attributes(ask(TYPE.LSTAT, [path])),
    fstat: (opened) => attributes(ask(TYPE.FSTAT, [opened])),
    setstat: (path, to) => nothing(ask(TYPE.SETSTAT, [path, to])),
    fsetstat: (opened, to) => nothing(ask(TYPE.FSETSTAT, [opened, to])),
    opendir: (path) => handle(ask(TYPE.OPENDIR, [path])),
    async readdir(opened) {
      const got = await unlessAtEnd(ask(TYPE.READDIR, [opened]));
      if (got === null) return null;
      return got.kind === "names" ? got.names : unexpected(got.kind);
    },
    remove: (path) => nothing(ask(TYPE.REMOVE, [path])),
    mkdir: (path, mode) => nothing(ask(TYPE.MKDIR, [path, { mode }])),
    rmdir: (path) => nothing(ask(TYPE.RMDIR, [path])),
    async realpath(path) {
      const got = await ask(TYPE.REALPATH, [path]);
      const [first] = got.kind === "names" ? got.names : [];
      return first?.name ?? unexpected(got.kind);
    },
    rename: (from, to) => nothing(ask(TYPE.RENAME, [from, to])),
    posixRename: (from, to) => nothing(ask(TYPE.EXTENDED, ["posix-rename@openssh.com", from, to])),
    hardlink: (from, to) => nothing(ask(TYPE.EXTENDED, ["hardlink@openssh.com", from, to])),
    fsync: (opened) => nothing(ask(TYPE.EXTENDED, ["fsync@openssh.com", opened])),
  };
}

async function unlessAtEnd(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === STATUS.EOF) return null;
    throw error;
  }
}

function unexpected(kind: string): never {
  throw refusal(STATUS.FAILURE, `the server answered with ${kind}`);
}
