import type { ErrorCode } from "../../errors/codes.ts";
import type { Context } from "../../kernel/context.ts";
import type { Static, TObject, TSchema } from "../../kernel/schema.ts";
import type { Target } from "../../kernel/target.ts";
import type { Entry } from "../../settings/entries.ts";

export type Fields = Record<string, TSchema>;
export type Values<F extends Fields> = Static<TObject<F>>;
/** What may be shown of an entry. */
export type Shown<F extends Fields, S extends string> = Omit<Values<F>, S>;
/** What a change is given: a secret that is left out stays as it is. */
export type Changed<F extends Fields, S extends string> = Shown<F, S> &
  Partial<Pick<Values<F>, S & keyof Values<F>>>;

/** What a change of rows looks like to those who guard the table; switched off and unreadable ones are left out. */
export interface RowsChange<F extends Fields> {
  readonly before: readonly Values<F>[];
  readonly after: readonly Values<F>[];
  /** What was typed into the field `confirm`, if anything. */
  readonly confirm: string | undefined;
}

/** Another entry, as its line is called. */
export interface NamedEntry {
  readonly id: string;
  readonly line: number;
  /** What it is about, in the one spelling. */
  readonly name: string;
}

/** What an entry means beside the others. */
export interface Standing {
  /** From 1, in the order in which entries decide. */
  readonly rank: number;
  /** The entry because of which this one never decides. */
  readonly shadowedBy: NamedEntry | null;
  /** Entries that decide before this one about a part of what it is about: the first few. */
  readonly exceptions: readonly NamedEntry[];
  /** How many there are of them. */
  readonly exceptionCount: number;
}

type Line = readonly (string | number)[];

/** Of a table in which lines do not decide in their order. */
export interface Arrangement<V> {
  /** A new line, and the entry that its line is put before; `decides` is the entry that it shall decide before. */
  add(
    values: V,
    entries: readonly Entry[],
    decides: string | undefined,
  ): { readonly cells: Line; readonly before: string | null };
  /** Lines that change so that an entry decides before another one, or last. */
  move(entries: readonly Entry[], id: string, before: string | null): ReadonlyMap<string, Line>;
}

/** One settings table as its administrators see it. From this its operations, API, CLI, pages and docs are made. */
export interface RowTable<N extends string, K extends Fields, F extends Fields, S extends string = never> {
  /** First half of the operations' names, in camelCase: `relay`. */
  readonly noun: N;
  /** In English, for summaries: "relay rule", "relay rules". */
  readonly one: string;
  readonly many: string;
  /** Address of the list in the API: `/relay-rules`; a keyed table names its key, `/accounts/{domain}/{name}/…`. */
  readonly http: `/${string}`;
  /** How XMail reads the file: of `FILES` in `tab/files.ts`. */
  readonly format: { readonly comments: boolean; readonly lineBuffer: number };
  /** Fields that say which of several files is meant; `{}` for a table of the server. */
  readonly key: K;
  /** Columns as people fill them in. */
  readonly fields: F;
  /** Fields that are never shown (`writeOnly` in their schema) and may be left out when an entry is changed. */
  readonly secrets: readonly S[];
  /** Entries can be switched off and stay as comments; only for tables with comments. */
  readonly switchable: boolean;
  /** A file whose last entry is removed goes as well, because XMail takes an empty one for something else. */
  readonly emptied?: "remove";
  readonly errors?: readonly ErrorCode[];
  target(key: Values<K>): Target;
  /** Path below MailRoot. */
  place(ctx: Context, key: Values<K>): string | Promise<string>;
  /** The fields of a line (cells as text); `null` when it makes no sense to XMail or to us: it is shown and kept as it is. */
  read(cells: readonly string[]): Values<F> | null;
  /**
   * The line of an entry, as text or whole numbers; `was` has the cells of the one that is changed, for what the fields
   * do not show (further columns, a secret that was left out).
   */
  write(values: Changed<F, S>, was: readonly string[] | null): readonly (string | number)[];
  /** Where entries decide one before another: what each means beside the others, by its id. The list has their order. */
  standing?(entries: readonly Entry[]): ReadonlyMap<string, Standing>;
  readonly arrangement?: Arrangement<Changed<F, S>>;
  /** What no two entries may have alike, folded as XMail compares it; absent: entries may repeat. */
  keyOf?(values: Values<F>): string;
  /**
   * Refuses (`failField`, `fail`) what would be a mistake: runs before anything changes, whatever the change. What must be
   * confirmed is refused with `failField("confirm", "confirm", …, "what to type")` unless it was typed.
   */
  guard?(ctx: Context, change: RowsChange<F>, key: Values<K>): void | Promise<void>;
}
