import type { StoragePath } from "./path.ts";

/**
 * What a driver can do. Settled when it opens, never changed after. A verb or option that needs a missing capability
 * refuses with `STORAGE_UNSUPPORTED`; nothing is ever silently done another way.
 */
export interface Capabilities {
  /** `write` replaces in one step: a reader sees the old bytes or the new ones, never a part. */
  readonly atomicReplace: boolean;
  /** `write({ ifAbsent: true })`: of several racers exactly one wins. */
  readonly exclusiveCreate: boolean;
  /** `read({ offset, length })`. */
  readonly rangedRead: boolean;
  /** `write({ append: true })`. */
  readonly append: boolean;
  /** After `write` resolves, the bytes survive a power cut. */
  readonly durableWrite: boolean;
  /** `watch` is present. */
  readonly watch: boolean;
  /** `A` and `a` are two files. */
  readonly caseSensitive: boolean;
  /**
   * Any bytes survive, under any name that is a StoragePath. False for line-based storages, which hold lines: each ends in
   * LF, at least one, no zero bytes; names may have to be ASCII and short. What they would alter they refuse.
   */
  readonly binary: boolean;
  /** Folders can be made, listed and removed; false: there are those that somebody else made, and lists leave them out. */
  readonly folders: boolean;
  /** `move`. */
  readonly move: boolean;
  /** `mtimeMs` tells when a file was changed; false: it is always 0. */
  readonly times: boolean;
}

export interface Stat {
  readonly kind: "file" | "folder";
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970, as fine as the storage has it; 0 without `can.times`. */
  readonly mtimeMs: number;
  /** Unix permission bits, where the storage has them. */
  readonly mode?: number;
}

export interface Entry extends Stat {
  readonly name: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface ReadOptions extends CallOptions {
  /** First byte, from 0. */
  readonly offset?: number;
  /** Most bytes; less come back at the end of the file. */
  readonly length?: number;
}

/** How a change is made. */
export interface ChangeOptions extends CallOptions {
  /**
   * Nobody needs it after a power cut, as the locks of processes that are no more: a storage that has to wait for its
   * disk need not. What is whole stays whole for those who read meanwhile.
   */
  readonly fleeting?: boolean;
}

export interface WriteOptions extends ChangeOptions {
  /** Refuse with `STORAGE_EXISTS` when there is a file. */
  readonly ifAbsent?: boolean;
  /** Add at the end, making the file when there is none. */
  readonly append?: boolean;
  /** Permission bits of a new file (default 0o600); an existing file keeps its own. */
  readonly mode?: number;
}

export interface ScanOptions extends CallOptions {
  /** Bytes of each file to hand back (default 0). */
  readonly head?: number;
}

/** A file held open: the same one, whatever has its name meanwhile. */
export interface OpenFile {
  /** Its number in this process, for threads of their own, which must have ended before it is closed. */
  readonly descriptor: number;
  /** Fills `into` from a byte of the file on; resolves how many there were, 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** From where to where. */
export type Move = readonly [from: StoragePath, to: StoragePath];

export interface Scanned extends Stat {
  readonly path: StoragePath;
  readonly head: Uint8Array;
}

/**
 * Bytes under names; knows nothing of mail. Errors: `STORAGE_NOT_FOUND`, `STORAGE_EXISTS`, `STORAGE_DENIED`,
 * `STORAGE_UNSUPPORTED`, `STORAGE_FAILED`, `STORAGE_PATH`, `INVALID_INPUT` (options that make no sense), `ABORTED` (then
 * nothing was changed). Symbolic links that lead out of the root are `STORAGE_DENIED`. Who wants to find something where
 * a thing of another kind stands gets `STORAGE_NOT_FOUND`, who wants to put something there `STORAGE_EXISTS`.
 * `src/testing/storage-suite.ts` says exactly what each verb must do; every driver runs it.
 */
export interface Storage {
  /** For logs and docs: `local`, `sftp`, … */
  readonly kind: string;
  readonly can: Capabilities;
  /** `null` when there is nothing. */
  stat(path: StoragePath, options?: CallOptions): Promise<Stat | null>;
  read(path: StoragePath, options?: ReadOptions): Promise<Uint8Array>;
  /** Makes missing parent folders where `can.folders`. Writing on a folder is `STORAGE_EXISTS`. */
  write(path: StoragePath, bytes: Uint8Array, options?: WriteOptions): Promise<void>;
  /**
   * Direct children, any order. Left out: temporary files of drivers, and what no StoragePath can name or reach. Missing
   * folder: `STORAGE_NOT_FOUND`.
   */
  list(path: StoragePath, options?: CallOptions): Promise<readonly Entry[]>;
  /**
   * A file or a whole folder, in one step. A file replaces a file at `to`; all else there is `STORAGE_EXISTS`. Makes
   * missing parents of `to`. Into itself: `STORAGE_PATH`.
   */
  move(from: StoragePath, to: StoragePath, options?: CallOptions): Promise<void>;
  /** A file, or a folder with everything in it. Nothing there: `STORAGE_NOT_FOUND`; the root: `STORAGE_DENIED`. */
  remove(path: StoragePath, options?: ChangeOptions): Promise<void>;
  /** Makes a folder and its parents; an existing folder is no error, a file in the way is `STORAGE_EXISTS`. */
  makeFolder(path: StoragePath, options?: CallOptions): Promise<void>;
  /** Calls back after a change at or below `path`; returns how to stop. Only with `can.watch`. */
  watch?(path: StoragePath, changed: () => void): Promise<() => void>;
  /** Only of files of this machine, for who reads much of one: no copies, and in several threads. */
  open?(path: StoragePath, options?: CallOptions): Promise<OpenFile>;
  /** Only of files of this machine: the folder they are in, without links, for a thread that opens it itself. */
  folder?(): string;
  /** All files below the given folders, as fast as the driver can; missing folders give nothing. */
  scan?(folders: readonly StoragePath[], options?: ScanOptions): AsyncIterable<Scanned>;
  /**
   * Many files in the order given, as fast as the driver can; each as by `move`, and what is not there (any more) is left
   * out: resolves which were moved. Survives a power cut when all is done; rejects in the middle where a move goes wrong.
   */
  moveAll?(moves: readonly Move[], options?: CallOptions): Promise<readonly boolean[]>;
  close(): Promise<void>;
}
