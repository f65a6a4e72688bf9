import type { Backend } from "../xmail/backend.ts";
import type { Finality } from "../xmail/change-set.ts";
import type { Sight } from "../xmail/rows-page.ts";
import type { Actor } from "./actor.ts";
import type { Audit } from "./audit.ts";
import type { Groups } from "./groups.ts";
import type { History } from "./history.ts";
import type { People } from "./people.ts";
import type { Target } from "./target.ts";
import type { BegunTry } from "./tries.ts";
import type { Watch } from "./watch.ts";

/** The library chooses no logger; this is what it needs of yours. `pino` and `console` both fit. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What of an operation says who may do it. */
export interface Doable {
  readonly name: string;
  readonly effect: "read" | "write" | "destroy";
  readonly opensMail?: true;
}

/** What the caller of `invoke` brings. */
export interface Call {
  readonly actor: Actor;
  readonly xmail: Backend;
  readonly audit: Audit;
  /** Where changes are kept; nowhere, if absent. */
  readonly history?: History;
  /** Who may sign in; `Context.people` shows of them those below the actor. Nobody, if absent. */
  readonly people?: People;
  /** Groups of accounts; `Context.groups` shows of them what the actor may reach. None, if absent. */
  readonly groups?: Groups;
  /** Where looks are kept, and who is told of news; nowhere and nobody, if absent. */
  readonly watch?: Watch;
  /** All that can be done here, for who gives somebody a part of it; nothing, if absent. */
  readonly operations?: readonly Doable[];
  /** When the person last showed that it is he: with a password, a code, a passkey. Absent where nobody can be asked. */
  readonly provedAt?: Date;
  /** Begins a try at a password of the actor's own, counted like those to sign in; not counted, if absent. */
  tryPassword?(): Promise<BegunTry>;
  /** Who asks goes on with the session he asks by, after all of his were ended; absent where there is none. */
  stay?(): Promise<void>;
  /** Why a change is made: one line, 200 characters at most. */
  readonly reason?: string;
  readonly log: Logger;
  readonly requestId: string;
  /** Ends a read, or a change that has not begun; one that has begun is carried through. */
  readonly signal: AbortSignal;
  /** Address of the client, when there is one. */
  readonly from?: string;
  now(): Date;
  /** Long work says how far it is; `total` is absent while unknown. */
  progress(done: number, total?: number): void;
}

/** All a handler gets: no environment, no clock, no file but through this. */
export interface Context extends Call {
  /**
   * Whether the actor may see a row about `target` in the answer of this operation. Lists ask before they count and
   * page, so that a page is full and a total betrays nothing.
   */
  sees(target: Target): boolean;
  /** What of the rows of many domains the actor may see; `undefined`: all of them. For stores that make pages themselves. */
  sight<R extends { readonly domain: string }>(targetOf: (row: R) => Target): Sight<R> | undefined;
  /**
   * For what a change does besides XMail's settings, such as starting a program or writing a file of our own: done after
   * they were changed, and not at all in a dry run. `final` is what no undo brings back.
   */
  whenApplied(work: () => Promise<void>, final?: Finality): void;
}
