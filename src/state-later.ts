import { fail } from "./errors/error.ts";
import type { AuditReading, AuditRecord } from "./kernel/audit.ts";
import type { Groups } from "./kernel/groups.ts";
import type { People } from "./kernel/people.ts";
import { type Later, later } from "./later.ts";
import { openState, STATE_NEEDS, type State, type StateOptions } from "./state/state.ts";
import type { Storage } from "./storage/storage.ts";
import type { ChangeJournal } from "./xmail/change-journal.ts";

/** The state in a storage that is opened by the first call which needs it. `BAD_CONFIG` when it cannot hold one. */
export function stateLater(place: Later<Storage>, options: StateOptions = {}): State {
  const { get } = later(async () => openIn(await place.get(), options));
  return {
    people: peopleLater(get),
    groups: groupsLater(async () => (await get()).groups),
    watch: {
      read: async () => (await get()).watch.read(),
      keep: async (change) => (await get()).watch.keep(change),
    },
    history: {
      begin: async (entry) => (await get()).history.begin(entry),
      end: async (...call) => (await get()).history.end(...call),
      find: async (query) => (await get()).history.find(query),
      get: async (id) => (await get()).history.get(id),
      recovered: async (found) => (await get()).history.recovered(found),
      recoveries: async () => (await get()).history.recoveries(),
    },
    audit: {
      record: async (entry: AuditRecord) => (await get()).audit.record(entry),
      reading: {
        find: async (query) => (await readingOf(get)).find(query),
        export: async (query) => (await readingOf(get)).export(query),
        verify: async (options) => (await readingOf(get)).verify(options),
      },
    },
    tries: { begin: async (...call) => (await get()).tries.begin(...call) },
    sessionKey: async () => (await get()).sessionKey(),
    addAdministrator: async (...call) => (await get()).addAdministrator(...call),
    addApiKey: async (...call) => (await get()).addApiKey(...call),
    close: () => place.close(),
  };
}

/** The people of a state that is opened by the first call. */
function peopleLater(get: () => Promise<State>): People {
  const people = async () => (await get()).people;
  return {
    list: async () => (await people()).list(),
    get: async (id) => (await people()).get(id),
    named: async (name) => (await people()).named(name),
    add: async (...call) => (await people()).add(...call),
    generatedPassword: async () => (await people()).generatedPassword(),
    takeSubdomain: async (...call) => (await people()).takeSubdomain(...call),
    forgetDomain: async (domain) => (await people()).forgetDomain(domain),
    change: async (...call) => (await people()).change(...call),
    setPassword: async (...call) => (await people()).setPassword(...call),
    remove: async (id) => (await people()).remove(id),
    isPassword: async (...call) => (await people()).isPassword(...call),
    noteSignIn: async (...call) => (await people()).noteSignIn(...call),
    policy: async () => (await people()).policy(),
    forgetOwner: async (account) => (await people()).forgetOwner(account),
    setPolicy: async (policy) => (await people()).setPolicy(policy),
    alone: async (...call) => (await people()).alone(...call),
    rehearsing: () => peopleLater(async () => ({ ...(await get()), people: (await people()).rehearsing() })),
    keys: {
      list: async () => (await people()).keys.list(),
      add: async (key) => (await people()).keys.add(key),
      remove: async (id) => (await people()).keys.remove(id),
      bySecret: async (secret) => (await people()).keys.bySecret(secret),
      noteUse: async (...call) => (await people()).keys.noteUse(...call),
    },
    sessions: {
      isOver: async (id) => (await people()).sessions.isOver(id),
      end: async (...call) => (await people()).sessions.end(...call),
      generationOf: async (owner) => (await people()).sessions.generationOf(owner),
      endOwners: async (of) => (await people()).sessions.endOwners(of),
    },
    factors: {
      of: async (owner) => (await people()).factors.of(owner),
      beginTotp: async (owner) => (await people()).factors.beginTotp(owner),
      confirmTotp: async (...call) => (await people()).factors.confirmTotp(...call),
      removeTotp: async (owner) => (await people()).factors.removeTotp(owner),
      newRecoveryCodes: async (owner) => (await people()).factors.newRecoveryCodes(owner),
      isCode: async (...call) => (await people()).factors.isCode(...call),
      passkeys: async (owner) => (await people()).factors.passkeys(owner),
      addPasskey: async (...call) => (await people()).factors.addPasskey(...call),
      removePasskey: async (...call) => (await people()).factors.removePasskey(...call),
      notePasskeyUse: async (...call) => (await people()).factors.notePasskeyUse(...call),
      forget: async (owner) => (await people()).factors.forget(owner),
      forgetDomain: async (domain) => (await people()).factors.forgetDomain(domain),
    },
  };
}

function groupsLater(groups: () => Promise<Groups>): Groups {
  return {
    list: async () => (await groups()).list(),
    add: async (group) => (await groups()).add(group),
    change: async (...call) => (await groups()).change(...call),
    remove: async (id) => (await groups()).remove(id),
    forgetDomain: async (domain) => (await groups()).forgetDomain(domain),
    forgetAccount: async (account) => (await groups()).forgetAccount(account),
    rehearsing: () => groupsLater(async () => (await groups()).rehearsing()),
  };
}

async function readingOf(get: () => Promise<State>): Promise<AuditReading> {
  return (await get()).audit.reading ?? fail("STORAGE_UNSUPPORTED");
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
