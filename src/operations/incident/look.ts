import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import type { Incident } from "../../xmail/incidents.ts";
import { isSuspended } from "../account/services.ts";
import { Count, fields, Nothing, oneOf, orNull } from "../fields.ts";
import { eventsOf } from "./events.ts";
import {
  Event,
  INCIDENT_STEPS,
  IncidentId,
  IncidentRow,
  incidentFound,
  incidentsOf,
  Pattern,
  patternOf,
  rowFields,
  rowOf,
} from "./fields.ts";
import { stepsOf, totalsOf } from "./steps.ts";

export const incidentList = defineOperation({
  name: "incident.list",
  summary: "Stolen accounts that were dealt with, the newest first",
  effect: "read",
  input: Nothing,
  output: fields({ items: Type.Array(IncidentRow) }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /incidents",
  target: () => SERVER,
  handler: async (ctx) => ({ items: (await incidentsOf(ctx).list(ctx)).map(rowOf) }),
});

const IncidentReport = fields({
  ...rowFields,
  suspended: orNull(Type.Boolean({ description: "Whether the account is suspended now; null: it is gone" })),
  pattern: Pattern,
  steps: Type.Array(
    fields({
      step: oneOf(INCIDENT_STEPS),
      done: Type.Boolean(),
      by: Type.Array(Event, { description: "By what it was done and is done still" }),
    }),
  ),
  next: orNull(oneOf(INCIDENT_STEPS, { description: "The first step that is not done" })),
  totals: fields({
    held: Count,
    removed: Type.Integer({ minimum: 0, description: "In the bin, without those put back" }),
    putBack: Count,
    released: Count,
  }),
  events: Type.Array(Event, { description: "All that was done since it was opened, the oldest first" }),
});
export type IncidentReport = Static<typeof IncidentReport>;

export const incidentGet = defineOperation({
  name: "incident.get",
  summary:
    "The report of a stolen account: what was found, which steps are done, with times, counts and addresses",
  effect: "read",
  input: fields({ incident: IncidentId }),
  output: IncidentReport,
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /incidents/{incident}",
  target: () => SERVER,
  handler: async (ctx, { incident }) => reportOf(ctx, await incidentFound(ctx, incident)),
});

async function reportOf(ctx: Context, incident: Incident): Promise<IncidentReport> {
  const suspended = await suspendedNow(ctx, incident);
  const events = await eventsOf(ctx, incident);
  const steps = stepsOf(events, suspended).map(({ by, ...step }) => ({ ...step, by: [...by] }));
  return {
    ...rowOf(incident),
    suspended,
    pattern: patternOf(incident.pattern),
    steps,
    next: steps.find(({ done }) => !done)?.step ?? null,
    totals: totalsOf(events),
    events,
  };
}

async function suspendedNow(ctx: Context, { domain, name }: Incident): Promise<boolean | null> {
  const { xmail } = ctx;
  const account = await xmail.accounts.get({ domain, name }, ctx);
  if (!account) return null;
  const [variables] = await xmail.accounts.variables([{ domain, name }], ctx);
  return variables !== undefined && isSuspended(variables);
}
