import type { Context } from "../../kernel/context.ts";
import { type KeptChange, NO_HISTORY } from "../../kernel/history.ts";
import type { Incident, IncidentEvent } from "../../xmail/incidents.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import type { SpoolJob } from "../../xmail/spool.ts";
import { wholeSpoolOf } from "../spool/fields.ts";

const OF_HISTORY: Readonly<Record<string, IncidentEvent["what"]>> = {
  "account.suspend": "suspend",
  "account.resume": "resume",
  "account.setPassword": "password",
};
const MOST = 200;

/**
 * All that was done to the account and its mail since the incident was opened, by whom and from wherever: read off the
 * history and the jobs on the queue, which outlive every process. Of a closed one what was known then.
 */
export async function eventsOf(ctx: Context, incident: Incident): Promise<IncidentEvent[]> {
  if (incident.events) return [...incident.events];
  const since = new Date(incident.opened);
  const { history = NO_HISTORY } = ctx;
  const object = foldName(addressOf(incident));
  const { items } = await history.find({ object, since, limit: MOST });
  const jobs = await wholeSpoolOf(ctx).jobs({ since, signal: ctx.signal });
  return [
    ...changesIn([...items].reverse()),
    ...jobs.filter((job) => isAbout(job, incident.mail)).map(eventOf),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Of the account's mail, and of nothing else. */
function isAbout({ filter }: SpoolJob, mail: string): boolean {
  return filter === mail || filter.startsWith(`${mail} `);
}

function eventOf(job: SpoolJob): IncidentEvent {
  const { id, action, begun, by, done, bytes, gone, finished, filter, undoes } = job;
  return {
    ...{ what: action, at: begun, by, messages: done, bytes, gone, finished },
    ...{ change: "", job: id, filter, undoes },
  };
}

function changesIn(changes: readonly KeptChange[]): IncidentEvent[] {
  const ours = new Set<string>();
  return changes.flatMap((change): IncidentEvent[] => {
    const { id, at, actorName: by, operation, outcome, undoes = "" } = change;
    const what = ours.has(undoes) ? "undo" : OF_HISTORY[operation];
    if (what === undefined || outcome === "failed") return [];
    ours.add(id);
    return [
      {
        ...{ what, at: at.toISOString(), by, messages: 0, bytes: 0, gone: 0 },
        ...{ finished: outcome === "done", change: id, job: "", filter: "", undoes },
      },
    ];
  });
}
