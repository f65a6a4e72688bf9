import { randomUUID } from "node:crypto";
import { type Actor, PROGRAM } from "./kernel/actor.ts";
import { type Audit, NO_AUDIT } from "./kernel/audit.ts";
import { type Call, type Logger, SILENT } from "./kernel/context.ts";
import { invokeAny } from "./kernel/invoke.ts";
import type { AnyOperation } from "./kernel/operation.ts";
import type { RunOptions, TableMethods } from "./operations/methods.ts";
import { OPERATIONS } from "./operations/table.ts";
import type { Backend } from "./xmail/backend.ts";

/** How one call is made. */
export interface CallOptions extends RunOptions {
  /** Long work says how far it is; `total` is absent while unknown. */
  progress?(done: number, total?: number): void;
}

/**
 * XMail as an object: `xmail.account.add({ domain, name, password })`. Every method is the operation of that name,
 * with the same checks as over HTTP, and rejects with `AppError`.
 */
export type XMail = TableMethods<CallOptions> & {
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
  const run = (operation: AnyOperation) => (input?: unknown, how?: CallOptions) =>
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

function callFor(xmail: Backend, options: LibraryOptions, how: CallOptions = {}): Call {
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
