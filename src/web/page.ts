import type { ErrorCode } from "../errors/codes.ts";
import type { FieldProblem } from "../errors/error.ts";
import type { Flash, Visit } from "../http/types.ts";
import type { Operation } from "../kernel/operation.ts";
import type { Static, TSchema } from "../kernel/schema.ts";
import type { ToldChanges } from "../operations/change/told.ts";
import type { AccountRef } from "../xmail/names.ts";
import type { DoorView } from "./door.ts";
import type { Html } from "./html.ts";
import type { Look } from "./look.ts";
import type { May } from "./may.ts";
import type { PagesOptions } from "./port.ts";
import type { Text } from "./text/en.ts";
import type { Language, Theme } from "./text/language.ts";

export type Params = Readonly<Record<string, string>>;

/** What `load` and `submit` get: who asks for what, and the one way to the operations. */
export interface Ask {
  readonly visit: Visit;
  readonly params: Params;
  readonly may: May;
  readonly options: PagesOptions;
  /** Goes through `invoke`, so permission and audit are certain. */
  run<I extends TSchema, O extends TSchema>(operation: Operation<I, O>, input: unknown): Promise<Static<O>>;
}

/** A form that was not taken: why, and what the person had typed (never passwords). */
export interface Refusal {
  readonly code: ErrorCode;
  readonly problems: readonly FieldProblem[];
  readonly values: URLSearchParams;
  /** When the same may be tried again, where that is known. */
  readonly retryAfterSeconds?: number;
  /** The form only comes back to be gone on with: nothing is wrong with it. */
  readonly silent?: boolean;
}

/** What a question would change, or why its answer would be refused; `typed` is what must be typed first. */
export type Foreseen =
  | { readonly changes: ToldChanges; readonly typed: string | null }
  | { readonly refusal: Pick<Refusal, "code" | "problems"> };

/** One value that a form shows, as it is compared with what it is when the form comes back. */
export interface EditableValue {
  /** Of the field. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** Everything a view needs besides its data. Views are pure: the same data and frame give the same HTML. */
export interface Frame {
  readonly t: Text;
  readonly language: Language;
  readonly theme: Theme;
  /** Address inside the panel, with a query where values are not empty. */
  link(path: string, query?: Query): string;
  asset(name: string): string;
  readonly csrf: string;
  /** Path and query that show this page, to come back to. */
  readonly here: string;
  readonly flash: Flash | null;
  readonly refusal: Refusal | null;
  /** Name of who is signed in. */
  readonly me: string | null;
  readonly may: May;
  readonly serverName: string | null;
  /** How the entrance shows itself, where it is not the panel's own address. */
  readonly door?: DoorView;
  /** The account of its owner. */
  readonly mailbox?: AccountRef;
  /** A master looks at the panel as `me`. */
  readonly seeing?: boolean;
  /** Whether he is a master, who may look at the panel as somebody else. */
  readonly seesAs?: boolean;
  readonly now: Date;
  /** What hosts and plugins change around the page. */
  readonly look?: Look;
  /** Whether forms can show what they will change before they are saved. */
  readonly reviews?: boolean;
  /** What the page shows for editing, as text for a hidden field: who saves over somebody else's change is told. */
  readonly seen?: string;
  /** Tries what the page's form would do, with what must be typed; never rejects. */
  foresee?(typed: string | undefined): Promise<Foreseen>;
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** What a view gives back; the document is put around it. */
export interface Screen {
  /** Of the browser's tab; the page's own heading stands in `body`. */
  readonly title: string;
  readonly body: Html;
  /** Whether something is wrong, for the top bar; absent where the page cannot know. */
  readonly state?: { readonly tone: "ok" | "warn" | "bad"; readonly words: string };
}

/** Where to go after a form was taken. */
export interface Done {
  readonly to: string;
  readonly query?: Query;
  readonly flash?: Flash;
}

/** A file to be kept. */
export interface TextFile {
  /** ASCII letters, digits, dot and hyphen. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** In parts, where it may be long; bytes where it is no text. */
  readonly text: string | AsyncIterable<string> | Uint8Array;
}

/** A screen as data. `path` has parts like `:domain`; a page without `view` only takes forms. */
export interface Page<D> {
  readonly path: string;
  /** Shown to people who have not signed in: to them as well, to them alone, or to those whose code is missing yet. */
  readonly open?: "everybody" | "strangers" | "waiting";
  /** Opens to who must have a second factor first, too, and as to somebody who is signed in. */
  readonly enrols?: true;
  load?(ask: Ask): Promise<D>;
  /** What to show when the address asks for something that cannot be, such as a search over 200 letters. */
  refused?(ask: Ask): D;
  view?(data: D, frame: Frame): Screen;
  /** Instead of `view`: a file. */
  file?(ask: Ask): Promise<TextFile>;
  submit?(ask: Ask): Promise<Done>;
  /** A form whose answer is this very page, without a redirect: for work that may be repeated and is kept nowhere. */
  answer?(ask: Ask): Promise<D>;
  /** The page that a form without a view of its own belongs to. */
  back?(params: Params): string;
  /** The values that the form shows; a form sent after one of them was changed elsewhere is refused, with both. */
  editable?(data: D, t: Text): readonly EditableValue[];
  /** The same as the form asks for it, by the name of the value; its fields of these names, if absent. */
  wanted?(form: URLSearchParams): Readonly<Record<string, string>>;
  /** The field that is to blame for an error that names none. */
  readonly blame?: Partial<Record<ErrorCode, string>>;
}

export type AnyPage = Page<unknown>;

/** Keeps the type of the data between `load` and `view`. */
export function definePage<D>(page: Page<D>): Page<D> {
  return Object.freeze(page);
}
