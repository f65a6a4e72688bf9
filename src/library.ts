import { randomUUID } from "node:crypto";
import { type Actor, PROGRAM } from "./kernel/actor.ts";
import { type Audit, NO_AUDIT } from "./kernel/audit.ts";
import { type Call, type Logger, SILENT } from "./kernel/context.ts";
import { invokeAny } from "./kernel/invoke.ts";
import type { AnyOperation, Operation } from "./kernel/operation.ts";
import type { Static, TSchema } from "./kernel/schema.ts";
import { OPERATIONS } from "./operations/table.ts";
import type { Backend } from "./xmail/backend.ts";

export interface RunOptions {
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number): void;
}

type Method<T> =
  T extends Operation<infer I extends TSchema, infer O extends TSchema>
    ? Record<never, never> extends Static<I>
      ? (input?: Static<I>, options?: RunOptions) => Promise<Static<O>>
      : (input: Static<I>, options?: RunOptions) => Promise<Static<O>>
    : never;

type Nouns<T> = { readonly [N in keyof T]: { readonly [V in keyof T[N]]: Method<T[N][V]> } };

/**
 * XMail as an object: `xmail.account.add({ domain, name, password })`. Every method is the operation of that name,
 * with the same checks as over HTTP, and rejects with `AppError`.
 */
export type XMail = Nouns<typeof OPERATIONS> & {
  /** For `createPanel` and for code that calls `invoke` with an actor of its own. */
  readonly backend: Backend;
  close(): Promise<void>;
};

export interface LibraryOptions {
  /** In whose name the calls are made; `PROGRAM`, who may do everything, if absent. */
  readonly actor?: Actor;
  readonly audit?: Audit;
  readonly log?: Logger;
  now?(): Date;
}

/** The library over a backend. */
export function libraryOver(backend: Backend, options: LibraryOptions = {}): XMail {
  const run = (operation: AnyOperation) => (input?: unknown, how?: RunOptions) =>
    invokeAny(operation, callFor(backend, options, how), input ?? {});
  const nouns = Object.fromEntries(
    Object.entries(OPERATIONS).map(([noun, verbs]) => [
      noun,
      Object.fromEntries(
        Object.entries<AnyOperation>(verbs).map(([verb, operation]) => [verb, run(operation)]),
      ),
    ]),
  );
  return { ...nouns, backend, close: () => backend.close() } as XMail;
}

function callFor(xmail: Backend, options: LibraryOptions, how: RunOptions = {}): Call {
  return {
    actor: options.actor ?? PROGRAM,
    xmail,
    audit: options.audit ?? NO_AUDIT,
    log: options.log ?? SILENT,
    requestId: randomUUID(),
    signal: how.signal ?? new AbortController().signal,
    now: options.now ?? (() => new Date()),
    progress: how.progress ?? (() => undefined),
  };
}
