import { fail } from "./errors/error.ts";
import type { AuditRecord } from "./kernel/audit.ts";
import { type Later, later } from "./later.ts";
import { openState, STATE_NEEDS, type State, type StateOptions } from "./state/state.ts";
import type { Storage } from "./storage/storage.ts";
import type { ChangeJournal } from "./xmail/change-journal.ts";

/** The state in a storage that is opened by the first call which needs it. `BAD_CONFIG` when it cannot hold one. */
export function stateLater(place: Later<Storage>, options: StateOptions = {}): State {
  const { get } = later(async () => openIn(await place.get(), options));
  return {
    principals: {
      bySignIn: async (...call) => (await get()).principals.bySignIn(...call),
      byId: async (...call) => (await get()).principals.byId(...call),
      byApiKey: async (...call) => (await get()).principals.byApiKey(...call),
    },
    history: {
      begin: async (entry) => (await get()).history.begin(entry),
      end: async (...call) => (await get()).history.end(...call),
      find: async (query) => (await get()).history.find(query),
      get: async (id) => (await get()).history.get(id),
      recovered: async (found) => (await get()).history.recovered(found),
      recoveries: async () => (await get()).history.recoveries(),
    },
    audit: { record: async (entry: AuditRecord) => (await get()).audit.record(entry) },
    sessionKey: async () => (await get()).sessionKey(),
    addAdministrator: async (...call) => (await get()).addAdministrator(...call),
    listAdministrators: async () => (await get()).listAdministrators(),
    isAdministrator: async (...call) => (await get()).isAdministrator(...call),
    setPassword: async (...call) => (await get()).setPassword(...call),
    removeAdministrator: async (...call) => (await get()).removeAdministrator(...call),
    addApiKey: async (...call) => (await get()).addApiKey(...call),
    listApiKeys: async () => (await get()).listApiKeys(),
    removeApiKey: async (...call) => (await get()).removeApiKey(...call),
    close: () => place.close(),
  };
}

/** Beside the state: the change of a running server that may be half done. */
export function journalLater(place: Later<Storage>): ChangeJournal {
  const load = async () => {
    const { journalIn, STATE_JOURNAL } = await import("./rehearsal/journal.ts");
    return journalIn(place.get, STATE_JOURNAL);
  };
  return {
    look: async (options) => (await load()).look(options),
    alone: async (work, options) => (await load()).alone(work, options),
  };
}

async function openIn(storage: Storage, options: StateOptions): Promise<State> {
  const missing = STATE_NEEDS.filter((capability) => !storage.can[capability]);
  if (missing.length === 0) return openState(storage, options);
  const message = `state: this ${storage.kind} storage cannot keep it, because it lacks ${missing.join(", ")}. Name a folder of this machine, or another server.`;
  return fail("BAD_CONFIG", message, { fields: [{ field: "state", rule: "unsupported", message }] });
}
