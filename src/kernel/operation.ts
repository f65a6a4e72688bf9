import type { ErrorCode } from "../errors/codes.ts";
import type { Rehearsal } from "../xmail/change-set.ts";
import type { Context } from "./context.ts";
import type { Static, TSchema } from "./schema.ts";
import type { Target } from "./target.ts";

export type Effect = "read" | "write" | "destroy";
export type HttpRoute = `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;

/** A change that an operation works out itself, instead of letting its handler run on a copy. */
export interface Plan<T> extends Rehearsal<T> {
  /** Id of the earlier change that it takes back. */
  readonly undoes?: string;
  /** What it is done to, when its input does not say. */
  readonly target?: Target;
  /** What it is about, when its input does not say. */
  readonly about?: readonly string[];
}

export interface Base<I extends TSchema, O extends TSchema> {
  /** `noun.verb`: also permission, audit name, OpenAPI operationId, docs page, client method, CLI command. */
  readonly name: `${string}.${string}`;
  readonly summary: string;
  /** Decides CSRF, audit, dry run and the confirm step. */
  readonly effect: Effect;
  readonly input: I;
  readonly output: O;
  /** Every code the handler may raise besides those of `invoke` and of the line to XMail. */
  readonly errors: readonly ErrorCode[];
  /** `null` keeps it off the network; it stays callable in-process. */
  readonly http: HttpRoute | null;
  handler(ctx: Context, input: Static<I>): Promise<Static<O>>;
  /** Dangerous: who signed in longer ago than ten minutes is asked again who he is. */
  readonly asksAgain?: true;
  /** Shows what was written to other people: needs a reason, and the audit log tells of it although it is a read. */
  readonly opensMail?: true;
  /** Changes what xmailcfg itself keeps, such as people, and nothing of XMail: no change set, the audit log tells of it. */
  readonly ofOurs?: true;
  /** A `write` that leaves everything as it is, such as a test of connections: runs as it is, also in a dry run. */
  readonly changesNothing?: true;
  /**
   * Moves mail in the queue, which no copy could rehearse, or keeps what is known of it: no change set; what can be taken
   * back is by a job of its own, and the audit log tells. A dry run counts.
   */
  readonly movesMail?: true;
  /** Whether an answer tells of something that somebody should look at: the command line says so by its exit code. */
  tellsFault?(output: Static<O>): boolean;
  /** Asked instead of the handler where XMail's changes are known beforehand: for what is no work on a copy, as an undo. */
  plan?(ctx: Context, input: Static<I>): Promise<Plan<Static<O>>>;
}

/** The rows of a list answer. */
export type Row<O> = O extends { items: readonly (infer R)[] } ? R : never;

/** One of the two is required, so that forgetting the permission check does not compile. */
type Reach<I, O> =
  | { /** The one thing acted upon. */ target(input: I): Target; readonly each?: never }
  | {
      /** What a row is about; `invoke` drops rows the actor may not see. */
      each(row: Row<O>): Target;
      readonly target?: never;
      readonly effect: "read";
    };

export type Operation<I extends TSchema = TSchema, O extends TSchema = TSchema> = Base<I, O> &
  Reach<Static<I>, Static<O>>;

/** Any operation, for code that walks the table: it reads the schemas as data and calls the handler through `invoke`. */
export interface AnyOperation extends Omit<Base<TSchema, TSchema>, "handler" | "plan" | "tellsFault"> {
  handler(ctx: Context, input: never): Promise<unknown>;
  plan?(ctx: Context, input: never): Promise<Plan<unknown>>;
  tellsFault?(output: never): boolean;
  target?(input: never): Target;
  each?(row: never): Target;
}

export function defineOperation<const I extends TSchema, const O extends TSchema>(
  operation: Operation<I, O>,
): Operation<I, O> {
  return Object.freeze(operation);
}
