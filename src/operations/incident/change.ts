import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { INCIDENT_SIDES, type Incident, type IncidentPattern } from "../../xmail/incidents.ts";
import { addressOf } from "../../xmail/names.ts";
import { filterPart } from "../../xmail/spool-filter.ts";
import { accountFound } from "../account/found.ts";
import { ExistingAccount, ExistingDomain, fields, VariableValue } from "../fields.ts";
import { wholeSpoolOf } from "../spool/fields.ts";
import { eventsOf } from "./events.ts";
import {
  checkFilters,
  IncidentId,
  IncidentRow,
  incidentFound,
  incidentsOf,
  MailFilter,
  rowOf,
  SpamFilter,
} from "./fields.ts";

/** How long each side of the storm may be looked at, in ms. */
const LOOK_MS = 2_500;
const GROUPS = 10;

const common = {
  effect: "write",
  output: IncidentRow,
  target: () => SERVER,
  // Kept with the queue, as its jobs are.
  movesMail: true,
} as const;

export const incidentOpen = defineOperation({
  ...common,
  name: "incident.open",
  summary:
    "Begin to deal with a stolen account: keeps what its mail in the queue is like, and changes nothing yet",
  input: fields({ domain: ExistingDomain, name: ExistingAccount, mail: MailFilter }),
  errors: ["ACCOUNT_NOT_FOUND", "STORAGE_UNSUPPORTED", "STORAGE_LOCKED"],
  http: "POST /incidents",
  async handler(ctx, { mail: given = "", ...ref }) {
    const { domain, name } = await accountFound(ctx, ref);
    const mail =
      given.trim() === "" ? filterPart("auth", "exact", addressOf({ domain, name })) : given.trim();
    checkFilters({ mail, spam: "" });
    const incident = await incidentsOf(ctx).open({
      ...{ domain, name, mail, spam: "", note: "" },
      ...{ opened: ctx.now().toISOString(), openedBy: ctx.actor.name, closed: "", closedBy: "" },
      pattern: await patternNow(ctx, mail),
      events: null,
    });
    return rowOf(incident);
  },
});

async function patternNow(ctx: Context, filter: string): Promise<IncidentPattern> {
  const sides: IncidentPattern["sides"][number][] = [];
  let whole = { messages: 0, bytes: 0, oldest: 0, looked: 0, of: 0 };
  for (const by of INCIDENT_SIDES) {
    const { messages, bytes, oldest, looked, of, groups } = await wholeSpoolOf(ctx).shape({
      ...{ filter, by, most: GROUPS, now: ctx.now(), within: LOOK_MS, signal: ctx.signal },
    });
    if (looked >= whole.looked) whole = { messages, bytes, oldest, looked, of };
    const told = groups.map((group) => ({
      key: group.key,
      messages: group.messages,
      bytes: group.bytes,
      filter: group.filter,
    }));
    sides.push({ by, groups: told });
  }
  return { ...whole, sides };
}

const errors = ["NOT_FOUND", "CONFLICT", "STORAGE_UNSUPPORTED", "STORAGE_LOCKED"] as const;

export const incidentSet = defineOperation({
  ...common,
  name: "incident.set",
  summary: "Say what is spam among the mail of a stolen account, or keep a note",
  input: fields({
    incident: IncidentId,
    spam: SpamFilter,
    mail: MailFilter,
    note: Type.Optional({ ...VariableValue, description: "One line for the report" }),
  }),
  errors,
  http: "PUT /incidents/{incident}",
  async handler(ctx, { incident: id, spam, mail, note }) {
    const incident = await incidentsOf(ctx).change(id, (known) => {
      requireOpen(known);
      const next = {
        ...known,
        spam: spam?.trim() ?? known.spam,
        mail: mail?.trim() || known.mail,
        note: note ?? known.note,
      };
      checkFilters(next);
      return next;
    });
    return rowOf(incident);
  },
});

export const incidentClose = defineOperation({
  ...common,
  name: "incident.close",
  summary: "End the work on a stolen account: its report stays as it is now",
  input: fields({ incident: IncidentId }),
  errors,
  http: "POST /incidents/{incident}/close",
  async handler(ctx, { incident: id }) {
    const events = await eventsOf(ctx, await incidentFound(ctx, id));
    const incident = await incidentsOf(ctx).change(id, (known) => {
      requireOpen(known);
      return { ...known, closed: ctx.now().toISOString(), closedBy: ctx.actor.name, events };
    });
    return rowOf(incident);
  },
});

export const incidentReopen = defineOperation({
  ...common,
  name: "incident.reopen",
  summary: "Go on with a stolen account whose incident was closed",
  input: fields({ incident: IncidentId }),
  errors,
  http: "POST /incidents/{incident}/reopen",
  async handler(ctx, { incident: id }) {
    const incident = await incidentsOf(ctx).change(id, (known) => ({
      ...known,
      ...{ closed: "", closedBy: "", events: null },
    }));
    return rowOf(incident);
  },
});

function requireOpen({ closed }: Incident): void {
  if (closed !== "") fail("CONFLICT", "This incident is closed: open it again first.");
}
