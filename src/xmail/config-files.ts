import type { CallOptions } from "./call-options.ts";

/**
 * XMail's settings that are nothing but files: what no command of XMail knows. Paths are below MailRoot, with `/`, as
 * `pathOf(FILES.relays, {})` makes them. Tables that XMail has an index for are read here, and changed through their own
 * stores.
 */
export interface ConfigFileStore {
  /** `null` when there is none. `STORAGE_PATH` for a path that can be none. */
  read(path: string, options?: CallOptions): Promise<Uint8Array | null>;
  /** Names of the plain files directly in a folder, sorted by their code units; none when there is no such folder. */
  list(folder: string, options?: CallOptions): Promise<readonly string[]>;
  /** The same of the folders in it; `null` where the way to the server does not show folders. */
  folders(folder: string, options?: CallOptions): Promise<readonly string[] | null>;
  /**
   * Replaces a file by what `change` makes of it; `null` is no file, the same bytes are no change. `change` may be asked
   * again when somebody else was quicker, so it must look at what it gets. `FILE_CHANGED` when somebody always is;
   * `STORAGE_DENIED` for a table with an index; what the way to the server cannot carry is refused before it is sent.
   */
  edit(
    path: string,
    change: (bytes: Uint8Array | null) => Uint8Array | null,
    options?: CallOptions,
  ): Promise<void>;
}
