import type { CtrlWay } from "./ctrl/backend.ts";
import { loadedOnce } from "./later.ts";
import type { Orders } from "./spool/moves.ts";
import type { Storage } from "./storage/storage.ts";
import type { SpoolStore } from "./xmail/spool.ts";

/** The queue in its files; `line` is there while XMail runs. */
export function spoolInFiles(files: () => Promise<Storage>, line: CtrlWay["line"] | null): SpoolStore {
  return spoolLater(async () => {
    const [{ openSpool }, { spoolThreads }] = await Promise.all([
      import("./spool/open.ts"),
      import("./spool-threads.ts"),
    ]);
    const how = { threads: spoolThreads() };
    if (!line) return openSpool(await files(), null, how);
    const { queueOver } = await import("./ctrl/queue.ts");
    const queue = queueOver(line);
    const orders: Orders = {
      submit: (refs) => queue.submitAll(refs),
      flush: (recipients) => queue.flushAll(recipients),
    };
    return openSpool(await files(), orders, how);
  }, "all");
}

/** Frozen messages by the control port alone; `keep` opens where jobs and what is removed are kept. */
export function frozenSpool(line: CtrlWay["line"], keep: (() => Promise<Storage>) | null): SpoolStore {
  return spoolLater(async () => {
    const [{ openFrozenSpool }, { queueOver }] = await Promise.all([
      import("./spool/frozen.ts"),
      import("./ctrl/queue.ts"),
    ]);
    return openFrozenSpool(queueOver(line), keep);
  }, "frozen");
}

/** The queue, loaded by the first who looks at it. */
function spoolLater(load: () => Promise<SpoolStore>, sees: SpoolStore["sees"]): SpoolStore {
  const get = loadedOnce(load);
  return {
    sees,
    page: async (ask) => (await get()).page(ask),
    shape: async (ask) => (await get()).shape(ask),
    foresee: async (ask) => (await get()).foresee(ask),
    get: async (id, options) => (await get()).get(id, options),
    bytesOf: async (id, options) => (await get()).bytesOf(id, options),
    begin: async (wish, options) => (await get()).begin(wish, options),
    undo: async (job, by, now, options) => (await get()).undo(job, by, now, options),
    work: async (job, forMs, now, options) => (await get()).work(job, forMs, now, options),
    jobs: async (options) => (await get()).jobs(options),
    removed: async (job, ask) => (await get()).removed(job, ask),
    removedMail: async (job, id, options) => (await get()).removedMail(job, id, options),
    incidents: {
      list: async (options) => (await get()).incidents.list(options),
      get: async (id, options) => (await get()).incidents.get(id, options),
      open: async (incident) => (await get()).incidents.open(incident),
      change: async (id, change) => (await get()).incidents.change(id, change),
    },
    rehearsing: () => spoolLater(async () => (await get()).rehearsing(), sees),
  };
}
