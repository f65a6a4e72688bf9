import { randomUUID } from "node:crypto";
import { type Actor, PROGRAM } from "./kernel/actor.ts";
import { type Audit, NO_AUDIT } from "./kernel/audit.ts";
import { type Call, type Logger, SILENT } from "./kernel/context.ts";
import type { Groups } from "./kernel/groups.ts";
import type { History } from "./kernel/history.ts";
import { invokeAny } from "./kernel/invoke.ts";
import type { AnyOperation } from "./kernel/operation.ts";
import type { People } from "./kernel/people.ts";
import type { Watch } from "./kernel/watch.ts";
import { dryRun } from "./operations/dry-run.ts";
import type { Nouns, RunOptions, TableMethods } from "./operations/methods.ts";
import { ALL_OPERATIONS, OPERATIONS } from "./operations/table.ts";
import { joinPlugins } from "./plugins/join.ts";
import { startNotifications } from "./plugins/notify.ts";
import type { OperationTable, Plugin } from "./plugins/plugin.ts";
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

/** The operations of plugins as methods, beside our own. */
export type PluginMethods<P extends readonly Plugin[]> = Together<MethodsIn<P[number]>>;
type MethodsIn<P> = P extends { readonly operations: infer T extends OperationTable }
  ? Nouns<T, CallOptions>
  : never;
type Together<U> = [U] extends [never]
  ? unknown
  : (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void
    ? A
    : never;

export interface LibraryOptions {
  /** In whose name the calls are made; `PROGRAM`, who may do everything, if absent. */
  readonly actor?: Actor;
  readonly audit?: Audit;
  /** Where changes are kept, to be looked up and undone: `state.history`; nowhere, if absent. */
  readonly history?: History;
  /** Who may sign in to the panel: `state.people`; nobody, if absent. */
  readonly people?: People;
  /** Groups of accounts: `state.groups`; none, if absent. */
  readonly groups?: Groups;
  /** Where looks are kept and who is told: `openWatch(…)`; nowhere and nobody, if absent. */
  readonly watch?: Watch;
  readonly log?: Logger;
  /** Made by `definePlugin`: their operations become methods, their notifiers are told of changes. */
  readonly plugins?: readonly Plugin[];
  now?(): Date;
}

/** Nothing lies under an address here. */
const OURS = { operations: ALL_OPERATIONS, paths: [] };

/** The library over a backend. */
export function libraryOver(backend: Backend, options: LibraryOptions = {}): XMail {
  const { plugins = [], log = SILENT } = options;
  const told = plugins.length > 0 ? startNotifications(joinPlugins(plugins, OURS).notifiers, log) : null;
  const settled = told ? { ...options, audit: told.around(options.audit ?? NO_AUDIT) } : options;
  const tables: readonly OperationTable[] = [OPERATIONS, ...plugins.map(({ operations = {} }) => operations)];
  const operations = tables.flatMap((table) => Object.values(table).flatMap((verbs) => Object.values(verbs)));
  const run = (operation: AnyOperation) => (input?: unknown, how?: CallOptions) =>
    (how?.dryRun ? dryRun : invokeAny)(
      operation,
      { ...callFor(backend, settled, how), operations },
      input ?? {},
    );
  const nouns = Object.fromEntries(
    tables
      .flatMap((table) => Object.entries(table))
      .map(([noun, verbs]) => [
        noun,
        Object.fromEntries(
          Object.entries<AnyOperation>(verbs).map(([verb, operation]) => [verb, run(operation)]),
        ),
      ]),
  );
  return {
    ...nouns,
    backend,
    async close() {
      await backend.close();
      await told?.settled();
    },
  } as unknown as XMail;
}

function callFor(xmail: Backend, options: LibraryOptions, how: CallOptions = {}): Call {
  return {
    actor: options.actor ?? PROGRAM,
    xmail,
    audit: options.audit ?? NO_AUDIT,
    ...(options.history ? { history: options.history } : {}),
    ...(options.people ? { people: options.people } : {}),
    ...(options.groups ? { groups: options.groups } : {}),
    ...(options.watch ? { watch: options.watch } : {}),
    ...(how.reason === undefined ? {} : { reason: how.reason }),
    log: options.log ?? SILENT,
    requestId: randomUUID(),
    signal: how.signal ?? new AbortController().signal,
    now: options.now ?? (() => new Date()),
    progress: how.progress ?? (() => undefined),
  };
}
