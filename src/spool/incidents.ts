import { fail } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { withLock } from "../storage/lock.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Incident, IncidentStore } from "../xmail/incidents.ts";
import { sameName } from "../xmail/names.ts";
import { signalOf } from "./catch.ts";
import { newJobId } from "./job-file.ts";

/** One small file each, beside the queue that it is about. */
const FOLDER = storagePath(".xmailcfg/incidents");
const LOCK = "incidents";
const ID = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

export function incidentsIn(storage: Storage): IncidentStore {
  const store: IncidentStore = {
    async list(options = {}) {
      const entries = (await orNull(storage.list(FOLDER, signalOf(options)))) ?? [];
      const ids = entries.map(({ name }) => name.replace(/\.json$/, "")).filter((name) => ID.test(name));
      const found = await Promise.all(ids.sort().map((id) => store.get(id, options)));
      return found.flatMap((one) => one ?? []).reverse();
    },
    async get(id, options = {}) {
      if (!ID.test(id)) return null;
      const bytes = await orNull(storage.read(fileOf(id), signalOf(options)));
      return bytes && (JSON.parse(Buffer.from(bytes).toString()) as Incident);
    },
    open: (incident) =>
      withLock(storage, LOCK, async () => {
        const known = (await store.list()).find((one) => one.closed === "" && isOfSame(one, incident));
        return known ?? save(storage, { ...incident, id: newJobId(new Date(incident.opened)) });
      }),
    change: (id, change) =>
      withLock(storage, LOCK, async () => save(storage, change(await found(store, id)))),
  };
  return store;
}

/** Answers as in earnest, and keeps nothing. */
export function rehearsingIncidents(store: IncidentStore): IncidentStore {
  return {
    ...store,
    async open(incident) {
      const known = (await store.list()).find((one) => one.closed === "" && isOfSame(one, incident));
      return known ?? { ...incident, id: "" };
    },
    change: async (id, change) => change(await found(store, id)),
  };
}

function fileOf(id: string) {
  return storagePath(FOLDER, `${id}.json`);
}

async function save(storage: Storage, incident: Incident): Promise<Incident> {
  await storage.write(fileOf(incident.id), Buffer.from(JSON.stringify(incident)));
  return incident;
}

async function found(store: IncidentStore, id: string): Promise<Incident> {
  return (await store.get(id)) ?? fail("NOT_FOUND", "There is no such incident.");
}

function isOfSame(a: Pick<Incident, "domain" | "name">, b: Pick<Incident, "domain" | "name">): boolean {
  return sameName(a.domain, b.domain) && sameName(a.name, b.name);
}
