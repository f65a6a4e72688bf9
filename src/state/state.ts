import { fail } from "../errors/error.ts";
import { type Secret, secret } from "../errors/secret.ts";
import type { Audit } from "../kernel/audit.ts";
import type { Groups } from "../kernel/groups.ts";
import type { History } from "../kernel/history.ts";
import type { People, Person } from "../kernel/people.ts";
import type { Tries } from "../kernel/tries.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import { type AuditOptions, openAuditLog } from "./audit-log.ts";
import { groupsIn } from "./groups.ts";
import { type HistoryOptions, openHistory } from "./history.ts";
import { peopleIn } from "./people.ts";
import { newPerson } from "./people-file.ts";
import { secondFactors } from "./second-factors.ts";
import { sessionKey } from "./session-key.ts";
import { countsOnStorage } from "./tries/on-storage.ts";
import { triesOver } from "./tries/tries-over.ts";
import { type WatchMemory, watchMemoryIn } from "./watch-file.ts";

/** What xmailcfg itself remembers, apart from XMail: who may sign in, API keys, the cookies' key, the audit log, the history. */
export interface State {
  readonly people: People;
  /** Accounts that belong together. */
  readonly groups: Groups;
  /** What watching keeps of its looks. */
  readonly watch: WatchMemory;
  readonly audit: Audit;
  readonly history: History;
  /** Counts tries to sign in, over all processes. */
  readonly tries: Tries;
  /** Made at first use, then the same for ever and for every process. */
  sessionKey(): Promise<Secret>;
  /** A master, with nothing but name and password. `INVALID_INPUT` for them, `CONFLICT` when the name is taken. */
  addAdministrator(administrator: { name: string; password: Secret | string }): Promise<Person>;
  /** The key, to be shown once, for all that the administrator may. `NOT_FOUND`. */
  addApiKey(key: { administrator: string; name: string }): Promise<Secret>;
  close(): Promise<void>;
}

/** Without these a storage cannot keep the state. */
export const STATE_NEEDS = [
  "atomicReplace",
  "exclusiveCreate",
  "rangedRead",
  "append",
] as const satisfies readonly (keyof Capabilities)[];

export interface StateOptions {
  /** How long and how much of the changes is kept. */
  readonly history?: HistoryOptions;
  /** How long and how much of the audit log is kept. */
  readonly audit?: AuditOptions;
  now?(): Date;
}

/** `openState(local("/var/lib/xmailcfg"))`: a storage of its own, which `close` closes. `STORAGE_UNSUPPORTED`. */
export async function openState(storage: Storage, options: StateOptions = {}): Promise<State> {
  const missing = STATE_NEEDS.filter((capability) => !storage.can[capability]);
  if (missing.length > 0) {
    fail(
      "STORAGE_UNSUPPORTED",
      `This storage cannot keep the panel's state: it lacks ${missing.join(", ")}.`,
    );
  }
  const now = options.now ?? (() => new Date());
  const people = peopleIn(storage, {
    now,
    factors: (place) => secondFactors(place, () => sessionKey(storage)),
  });
  return {
    people,
    groups: groupsIn(storage, { now }),
    watch: watchMemoryIn(storage),
    audit: openAuditLog(storage, options.audit),
    history: openHistory(storage, options.history, now),
    tries: triesOver(countsOnStorage(storage), { key: () => sessionKey(storage) }),
    sessionKey: () => sessionKey(storage),
    addAdministrator: ({ name, password }) => people.add(newPerson({ name }), secret(password)),
    async addApiKey({ administrator, name }) {
      const found = (await people.named(administrator)) ?? fail("NOT_FOUND", `There is no ${administrator}.`);
      const all = { allow: null, on: null, networks: [], validUntil: "", dryRunOnly: false };
      return (await people.keys.add({ ...all, name, person: found.id })).secret;
    },
    close: () => storage.close(),
  };
}
