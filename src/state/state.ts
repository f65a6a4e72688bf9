import { fail } from "../errors/error.ts";
import { type Secret, secret } from "../errors/secret.ts";
import type { Principals } from "../http/types.ts";
import type { Audit } from "../kernel/audit.ts";
import type { History } from "../kernel/history.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import {
  type AdministratorRow,
  addAdministrator,
  administratorById,
  administratorNamed,
  administratorOfSession,
  administratorsFile,
  isAdministrator,
  listAdministrators,
  removeAdministrator,
  setAdministratorPassword,
  signInAdministrator,
} from "./administrators.ts";
import {
  type ApiKeyRow,
  addApiKey,
  apiKeysFile,
  listApiKeys,
  principalOfKey,
  removeApiKey,
  removeApiKeysOf,
} from "./api-keys.ts";
import { openAuditLog } from "./audit-log.ts";
import { type HistoryOptions, openHistory } from "./history.ts";
import { sessionKey } from "./session-key.ts";

/** What xmailcfg itself remembers, apart from XMail: who may sign in, API keys, the cookies' key, the audit log, the history. */
export interface State {
  readonly principals: Principals;
  readonly audit: Audit;
  readonly history: History;
  /** Made at first use, then the same for ever and for every process. */
  sessionKey(): Promise<Secret>;
  /** `INVALID_INPUT` for `name` or `password`, `CONFLICT` when the name is taken. */
  addAdministrator(administrator: { name: string; password: Secret | string }): Promise<AdministratorRow>;
  listAdministrators(): Promise<readonly AdministratorRow[]>;
  /** Whether somebody of this name may sign in, whatever its case. */
  isAdministrator(name: string): Promise<boolean>;
  /** Ends his sessions; his API keys stay. `NOT_FOUND`, `INVALID_INPUT` for `password`. */
  setPassword(name: string, password: Secret | string): Promise<void>;
  /** With his API keys. `NOT_FOUND`, `CONFLICT` for the last one. */
  removeAdministrator(name: string): Promise<void>;
  /** The key, to be shown once: only its digest is kept. It may do what its administrator may. `NOT_FOUND`. */
  addApiKey(key: { administrator: string; name: string }): Promise<Secret>;
  listApiKeys(): Promise<readonly ApiKeyRow[]>;
  /** `NOT_FOUND`. */
  removeApiKey(id: string): Promise<void>;
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
  const administrators = administratorsFile(storage);
  const keys = apiKeysFile(storage);
  return {
    principals: {
      bySignIn: (name, password) => signInAdministrator(administrators, name, password),
      byId: (id) => administratorOfSession(administrators, id),
      async byApiKey(key) {
        const id = await principalOfKey(keys, key);
        return id === null ? null : administratorById(administrators, id);
      },
    },
    audit: openAuditLog(storage),
    history: openHistory(storage, options.history, now),
    sessionKey: () => sessionKey(storage),
    addAdministrator: ({ name, password }) =>
      addAdministrator(administrators, { name, password: secret(password) }, now()),
    listAdministrators: () => listAdministrators(administrators),
    isAdministrator: (name) => isAdministrator(administrators, name),
    setPassword: (name, password) => setAdministratorPassword(administrators, name, secret(password)),
    async removeAdministrator(name) {
      const id = await removeAdministrator(administrators, name);
      await removeApiKeysOf(keys, id);
    },
    async addApiKey({ administrator, name }) {
      const { id } = await administratorNamed(administrators, administrator);
      return addApiKey(keys, { principal: id, name }, now());
    },
    listApiKeys: () => listApiKeys(keys),
    removeApiKey: (id) => removeApiKey(keys, id),
    close: () => storage.close(),
  };
}
