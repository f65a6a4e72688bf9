import type { Storage } from "../storage/storage.ts";
import type { SpoolAction, SpoolJob, SpoolStore, SpoolWish } from "../xmail/spool.ts";
import { signalOf } from "./catch.ts";
import type { SpoolFiles } from "./each-cell.ts";
import { foresee } from "./foresee.ts";
import { incidentsIn, rehearsingIncidents } from "./incidents.ts";
import { jobIdAt, jobIds, readJob, shownJob } from "./job-file.ts";
import { beginJob, undoJob, workOn } from "./jobs.ts";
import { detailsOf, mailOf, pageOf } from "./look.ts";
import { type Orders, refuseImpossible } from "./moves.ts";
import { removedBy, removedMail } from "./removed.ts";
import { shapeOf } from "./shape.ts";

/** Jobs that are shown. */
const MOST_JOBS = 50;

/**
 * The spool in the files of a MailRoot; `orders` tells a running XMail, `null` for a stopped one. `threads` help where files
 * of this machine are read.
 */
export function openSpool(
  storage: Storage,
  orders: Orders | null,
  how: Omit<SpoolFiles, "storage"> = { threads: null },
): SpoolStore {
  const files: SpoolFiles = { ...how, storage };
  return {
    sees: "all",
    page: (ask) => pageOf(files, ask),
    shape: (ask) => shapeOf(files, ask),
    foresee: (ask) => foresee(files, ask),
    get: (id, options = {}) => detailsOf(storage, id, signalOf(options)),
    bytesOf: (id, options = {}) => mailOf(storage, id, signalOf(options)),
    begin: (wish) => beginJob(storage, wish, orders),
    undo: (job, by, now) => undoJob(storage, job, by, now),
    work: (job, forMs, _now, options) => workOn(files, job, orders, forMs, options),
    async jobs(options = {}) {
      const { since } = options;
      const all = await jobIds(storage, signalOf(options));
      const ids = since ? all.filter((id) => id >= jobIdAt(since)) : all.slice(0, MOST_JOBS);
      return Promise.all(ids.map(async (id) => shownJob(await readJob(storage, id, signalOf(options)))));
    },
    removed: (job, ask) => removedBy(storage, job, ask),
    removedMail: (job, id, options = {}) => removedMail(storage, job, id, signalOf(options)),
    incidents: incidentsIn(storage),
    rehearsing: () =>
      rehearsing(openSpool(storage, orders, how), (action) => refuseImpossible(storage, action, orders)),
  };
}

/** Counts what would be done, and does nothing; what cannot be done is refused as in earnest. */
function rehearsing(spool: SpoolStore, check: (action: SpoolAction) => void): SpoolStore {
  return {
    ...spool,
    incidents: rehearsingIncidents(spool.incidents),
    async begin(wish) {
      const { action, filter, domain, messages, now } = wish;
      check(action);
      const { caught, looked, of } = await spool.foresee({
        action,
        filter,
        domain,
        messages,
        now,
        samples: 0,
      });
      return plannedJob(wish, { done: caught.messages, bytes: caught.bytes, looked, of });
    },
    async undo(job, by, now) {
      const { filter, domain, done, bytes, of } = (await jobOf(spool, job)) ?? NOTHING;
      const wish = { filter, domain, by, now };
      return { ...plannedJob(wish, { done, bytes, looked: of, of }), action: "putBack", undoes: job };
    },
    work: async (job, _forMs, now) =>
      (await jobOf(spool, job)) ?? plannedJob({ filter: "", by: "", now }, NOTHING),
  };
}

const NOTHING = { filter: "", domain: "", done: 0, bytes: 0, looked: 0, of: 0 };

async function jobOf(spool: SpoolStore, id: string): Promise<SpoolJob | undefined> {
  return (await spool.jobs()).find((one) => one.id === id);
}

function plannedJob(
  { filter, domain = "", by, now, action = "remove" }: Omit<SpoolWish, "action"> & Partial<SpoolWish>,
  counts: Pick<SpoolJob, "done" | "bytes" | "looked" | "of">,
): SpoolJob {
  return {
    id: "",
    action,
    filter,
    domain,
    begun: now.toISOString(),
    by,
    finished: false,
    gone: 0,
    undoable: action === "remove",
    undoes: "",
    ...counts,
  };
}
