import { fail, failField } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { IncidentStore } from "../xmail/incidents.ts";
import type { SpoolAction, SpoolGroup, SpoolJob, SpoolShapeAsk, SpoolStore } from "../xmail/spool.ts";
import { type SpoolFilterKey, wishesIn } from "../xmail/spool-filter.ts";
import { type FrozenPort, frozenFiles, type HeadMemory } from "./frozen-files.ts";
import type { MessageRef } from "./layout.ts";
import { openSpool } from "./open.ts";

/** The control port's commands for frozen messages, with the one that gives many back to XMail. */
export interface FrozenQueue extends FrozenPort {
  /** Resolves which were there. */
  submitAll(refs: readonly MessageRef[]): Promise<readonly boolean[]>;
}

const LISTED_SIDES: ReadonlySet<SpoolGroup> = new Set(["from", "domain", "age", "status"]);
const LISTED_KEYS: ReadonlySet<SpoolFilterKey> = new Set(["from", "to", "domain", "status", "age", "size"]);
/** Everything else needs files of the queue. */
const POSSIBLE: ReadonlySet<SpoolAction> = new Set(["remove", "release"]);

/**
 * The queue by the control port alone: frozen messages, and nothing of those that move. On `shelf` jobs are written down,
 * and what is removed is kept; without one nothing can be done, only seen.
 */
export function openFrozenSpool(queue: FrozenQueue, shelf: (() => Promise<Storage>) | null): SpoolStore {
  const heads: HeadMemory = new Map();
  const orders = {
    submit: (refs: readonly MessageRef[]) => queue.submitAll(refs),
    flush: async () => refuseAction("resend"),
  };
  const fresh = async (options: CallOptions, listedOnly = false) =>
    openSpool(await frozenFiles(queue, (await shelf?.()) ?? null, { options, heads, listedOnly }), orders);
  const onShelf = async () => openSpool((await shelf?.()) ?? noShelf(), orders);

  const store: SpoolStore = {
    sees: "frozen",
    page: async (ask) => (await fresh(ask)).page(ask),
    async shape(ask) {
      const shape = await (await fresh(ask, isListed(ask))).shape(ask);
      // Not none: nobody knows.
      const states = { ready: null, retry: null, frozen: shape.states.frozen, held: null };
      return { ...shape, states };
    },
    async foresee(ask) {
      if (!POSSIBLE.has(ask.action)) refuseAction(ask.action);
      return (await fresh(ask)).foresee(ask);
    },
    get: async (id, options = {}) => (await fresh(options)).get(id, options),
    bytesOf: async (id, options = {}) => (await fresh(options)).bytesOf(id, options),
    async begin(wish, options = {}) {
      if (!POSSIBLE.has(wish.action)) refuseAction(wish.action);
      if (!shelf) noShelf();
      return forGood(await (await fresh(options)).begin(wish, options));
    },
    undo: async () => fail("NOT_UNDOABLE", NO_WAY_BACK),
    work: async (job, forMs, now, options = {}) =>
      forGood(await (await fresh(options)).work(job, forMs, now, options)),
    jobs: async (options) => (shelf ? (await (await onShelf()).jobs(options)).map(forGood) : []),
    removed: async (job, ask) => (await onShelf()).removed(job, ask),
    removedMail: async (job, id, options) => (await onShelf()).removedMail(job, id, options),
    incidents: NO_INCIDENTS,
    rehearsing: () => rehearsed(store, fresh),
  };
  return store;
}

/** Whether XMail's list tells all that is asked for. */
function isListed({ by, subjects, filter, domain }: SpoolShapeAsk): boolean {
  // Whoever has a domain is told of mail that its people signed in to send, too.
  if (subjects !== false || domain !== undefined || !LISTED_SIDES.has(by)) return false;
  return [...wishesIn(filter)].every(({ key }) => LISTED_KEYS.has(key));
}

/** Counts what would be done, and does nothing; what cannot be done is refused as in earnest. */
function rehearsed(store: SpoolStore, fresh: (options: CallOptions) => Promise<SpoolStore>): SpoolStore {
  return {
    ...store,
    async begin(wish, options = {}) {
      if (!POSSIBLE.has(wish.action)) refuseAction(wish.action);
      return forGood(await (await fresh(options)).rehearsing().begin(wish, options));
    },
    work: async (job, forMs, now, options = {}) =>
      forGood(await (await fresh(options)).rehearsing().work(job, forMs, now, options)),
  };
}

const NO_WAY_BACK =
  "XMail's control port takes no messages back into the queue. A copy of each is kept for 30 days: removedMessage.raw gives it.";

/** XMail has no bin, and nothing can be put into its queue. */
function forGood(job: SpoolJob): SpoolJob {
  return { ...job, undoable: false, ...(job.action === "remove" ? { forGood: true } : {}) };
}

function refuseAction(action: SpoolAction): never {
  return failField(
    "action",
    "frozen-only",
    action === "resend"
      ? "Over XMail's control port only frozen messages can be named. service.flushQueue lets XMail try all that waits."
      : "Over XMail's control port messages can be released or removed, and nothing else. Give xmail.mailRoot for more.",
    action,
  );
}

function noShelf(): never {
  return fail(
    "STORAGE_UNSUPPORTED",
    "There is no place to write down what is done to the queue: give state in the configuration.",
  );
}

const noIncidents = async () =>
  fail("STORAGE_UNSUPPORTED", "A rescue needs the whole queue: give xmail.mailRoot in the configuration.");
const NO_INCIDENTS: IncidentStore = {
  list: noIncidents,
  get: noIncidents,
  open: noIncidents,
  change: noIncidents,
};
