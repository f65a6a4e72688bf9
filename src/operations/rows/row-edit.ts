import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { type Edited, type EntryEdit, editEntries } from "../../settings/edit-entries.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import type { RowOutput } from "./row-schema.ts";
import type { Fields, RowTable, Shown, Standing, Values } from "./row-table.ts";

/** How a table reads, without its types: what the functions here need. */
export type AnyRowTable<F extends Fields, S extends string> = Pick<
  RowTable<string, Fields, F, S>,
  "format" | "read" | "secrets" | "switchable" | "keyOf" | "emptied" | "standing"
> & { guard?(ctx: Context, change: unknown, key: unknown): void | Promise<void> };

const TRIES = 4;

export function readEntries<F extends Fields, S extends string>(
  table: AnyRowTable<F, S>,
  bytes: Uint8Array | null,
): readonly Entry[] {
  return entriesOf(tableIn(bytes, table.format), isEntry(table));
}

function outputOf<F extends Fields, S extends string>(
  table: AnyRowTable<F, S>,
  { id, line, on, cells, text }: Entry,
  standings: ReadonlyMap<string, Standing> | null,
): RowOutput<Shown<F, S>> {
  const values = table.read(cells);
  return {
    id,
    line,
    on,
    entry: values && shownOf(table, values),
    text: values ? "" : safeText(table, text),
    ...(standings ? { standing: standings.get(id) ?? null } : {}),
  };
}

/** All entries as they are shown, those that decide first at the head. */
export function outputsOf<F extends Fields, S extends string>(
  table: AnyRowTable<F, S>,
  entries: readonly Entry[],
): readonly RowOutput<Shown<F, S>>[] {
  const standings = table.standing?.(entries) ?? null;
  return entries.map((entry) => outputOf(table, entry, standings));
}

/** Nobody can tell which part of an odd line is the secret. */
function safeText({ secrets }: { secrets: readonly string[] }, text: string): string {
  return secrets.length > 0 ? "***" : text;
}

function shownOf<F extends Fields, S extends string>(
  { secrets }: AnyRowTable<F, S>,
  values: Values<F>,
): Shown<F, S> {
  const entries = Object.entries(values).filter(([name]) => !(secrets as readonly string[]).includes(name));
  return Object.fromEntries(entries) as Shown<F, S>;
}

interface Place {
  readonly path: string;
  readonly key: unknown;
  readonly confirm: string | undefined;
}

/** Reads, guards, and replaces what was guarded: when the file changed meanwhile all of it is done anew. */
export async function editRows<F extends Fields, S extends string>(
  ctx: Context,
  table: AnyRowTable<F, S>,
  { path, key, confirm }: Place,
  edit: (entries: readonly Entry[]) => EntryEdit,
): Promise<Edited> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const bytes = await ctx.xmail.files.read(path, ctx);
    const edited = editEntries(bytes, table.format, isEntry(table), edit(readEntries(table, bytes)));
    const before = valuesIn(table, bytes);
    const after = valuesIn(table, edited.bytes);
    const emptied = table.emptied === "remove" && isEmptied(table, edited.bytes, after.length);
    refuseRepeated(table, before, after);
    await table.guard?.(ctx, { before, after, confirm }, key);
    let moved = false;
    await ctx.xmail.files.edit(
      path,
      (now) => {
        moved = !same(now, bytes);
        return moved ? now : emptied ? null : edited.bytes;
      },
      ctx,
    );
    if (!moved) return edited;
  }
  return fail("FILE_CHANGED", "A file of XMail keeps changing. Try again.", { internal: { path } });
}

/** What does nothing any more may not hold the place of a file that is missed when it goes. */
function isEmptied<F extends Fields, S extends string>(
  table: AnyRowTable<F, S>,
  bytes: Uint8Array,
  active: number,
): boolean {
  if (active > 0) return false;
  if (readEntries(table, bytes).length > 0) {
    failField(
      "id",
      "last-entry",
      "Nothing would be left that works. Remove what is switched off or unreadable first, and this last.",
    );
  }
  return true;
}

function valuesIn<F extends Fields, S extends string>(
  table: AnyRowTable<F, S>,
  bytes: Uint8Array | null,
): readonly Values<F>[] {
  return readEntries(table, bytes)
    .filter(({ on }) => on)
    .map(({ cells }) => table.read(cells))
    .filter((values) => values !== null);
}

/** What was there twice before may stay so. */
function refuseRepeated<F extends Fields, S extends string>(
  { keyOf }: AnyRowTable<F, S>,
  before: readonly Values<F>[],
  after: readonly Values<F>[],
): void {
  if (!keyOf) return;
  const surplus = (rows: readonly Values<F>[]) => rows.length - new Set(rows.map((row) => keyOf(row))).size;
  if (surplus(after) > surplus(before)) fail("ENTRY_EXISTS");
}

function isEntry<F extends Fields, S extends string>({ switchable, read }: AnyRowTable<F, S>) {
  return switchable ? (cells: readonly string[]) => read(cells) !== null : null;
}

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}
