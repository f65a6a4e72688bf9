import { fail } from "../errors/error.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { serializeTable, type Table } from "./codec.ts";
import { removeIfThere } from "./if-there.ts";
import { type Place, sameStat, takeReading } from "./read-table.ts";

/** An edit that is worked out but not yet on disk. */
export interface Draft {
  /** What the table will be. */
  readonly table: Table;
  /** `FILE_CHANGED` when the file is no longer what was read. */
  check(): Promise<void>;
  /** Replaces the file in one step. `FILE_CHANGED` when it is no longer what was read. */
  save(): Promise<void>;
}

/**
 * Reads a table and works out a change of it, so that everything which can be refused is refused before the first
 * file is touched. `edit` gives back the same table when there is nothing to change.
 */
export async function draftEdit(
  storage: Storage,
  place: Place,
  edit: (table: Table) => Table,
  options?: CallOptions,
): Promise<Draft> {
  const { table, stat } = await takeReading(storage, place, options);
  const edited = edit(table);
  async function check(): Promise<void> {
    if (sameStat(stat, await storage.stat(place.path))) return;
    fail("FILE_CHANGED", "Somebody changed a file of XMail meanwhile. Look again, then try again.", {
      internal: { path: place.path },
    });
  }
  return {
    table: edited,
    check,
    async save() {
      if (edited === table) return;
      // The index goes first: XMail takes a stale one for good when table and index are of the same second.
      if (place.file.index) await removeIfThere(storage, storagePath("tabindex", place.file.index));
      await check();
      await storage.write(place.path, serializeTable(edited));
    },
  };
}

/** All of them in this order. `FILE_CHANGED` when a file of any, even one that stays as it is, changed meanwhile. */
export async function saveAll(drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) await draft.check();
  for (const draft of drafts) await draft.save();
}
