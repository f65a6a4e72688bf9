import { fail, failField, isAppError } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { INCIDENT_EVENTS, INCIDENT_SIDES, type Incident, type IncidentStore } from "../../xmail/incidents.ts";
import { parseSpoolFilter, type SpoolFilter } from "../../xmail/spool-filter.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import { momentOf, wholeSpoolOf } from "../spool/fields.ts";

/** In the order in which they help. */
export const INCIDENT_STEPS = ["suspend", "hold", "remove", "release", "password"] as const;
export type IncidentStep = (typeof INCIDENT_STEPS)[number];

export const IncidentId = Type.String({
  pattern: "^\\d{8}T\\d{9}Z-[0-9a-f]{8}$",
  description: "An incident as its list names it",
  "x-rule": "incident",
});

/** Two of them and a state are one filter. */
const LONGEST = 480;

export const MailFilter = Type.Optional(
  Type.String({
    maxLength: LONGEST,
    description: "Filter that catches the account's mail; auth:= and its address, if absent",
  }),
);
export const SpamFilter = Type.Optional(
  Type.String({
    maxLength: LONGEST,
    description: "Filter that tells spam among the account's mail, such as subject:~offer or ip:=192.0.2.7",
  }),
);

export const rowFields = {
  incident: Type.String({ description: "Empty in a dry run" }),
  domain: Type.String(),
  name: Type.String(),
  opened: Moment,
  openedBy: Type.String(),
  closed: orNull(Moment),
  closedBy: Type.String(),
  mail: Type.String({ description: "Filter that catches the account's mail: hold it by this" }),
  held: Type.String({ description: "Filter of what of it is held: release it by this" }),
  spam: Type.String({ description: "Filter that tells spam among it; empty: not said yet" }),
  heldSpam: Type.String({ description: "Filter of the spam that is held: remove it by this" }),
  note: Type.String(),
};
export const IncidentRow = fields(rowFields);
export type IncidentRow = Static<typeof IncidentRow>;

export function rowOf({ id, closed, spam, pattern: _, events: __, ...rest }: Incident): IncidentRow {
  const held = `${rest.mail} status:held`;
  return {
    ...rest,
    incident: id,
    closed: closed === "" ? null : closed,
    held,
    spam,
    heldSpam: spam === "" ? "" : `${held} ${spam}`,
  };
}

export const Event = fields({
  what: oneOf(INCIDENT_EVENTS),
  at: Moment,
  by: Type.String(),
  messages: Count,
  bytes: Bytes,
  gone: Type.Integer({ minimum: 0, description: "Messages that had moved on meanwhile" }),
  finished: Type.Boolean(),
  change: Type.String({ description: "The change in the history that it was; or empty" }),
  job: Type.String({ description: "The job on the queue that it was; or empty" }),
  filter: Type.String(),
  undoes: Type.String({ description: "The change or job that it took back; or empty" }),
});

export const Pattern = fields({
  messages: Count,
  bytes: Bytes,
  oldest: orNull(Moment),
  sides: Type.Array(
    fields({
      by: oneOf(INCIDENT_SIDES),
      groups: Type.Array(
        fields({ key: Type.String(), messages: Count, bytes: Bytes, filter: Type.String() }),
      ),
    }),
  ),
  looked: Count,
  of: Count,
});

export function patternOf({ oldest, sides, ...rest }: Incident["pattern"]): Static<typeof Pattern> {
  return {
    ...rest,
    oldest: momentOf(oldest),
    sides: sides.map(({ by, groups }) => ({ by, groups: groups.map((group) => ({ ...group })) })),
  };
}

export function incidentsOf(ctx: Pick<Context, "xmail">): IncidentStore {
  return wholeSpoolOf(ctx).incidents;
}

export async function incidentFound(ctx: Context, id: string): Promise<Incident> {
  return (await incidentsOf(ctx).get(id, ctx)) ?? fail("NOT_FOUND", "There is no such incident.");
}

/** `INVALID_INPUT` at `mail` or `spam`: together they must catch less than either, never more. */
export function checkFilters({ mail, spam }: { readonly mail: string; readonly spam: string }): void {
  const account = parsed("mail", mail);
  if (mail.trim() === "") failField("mail", "required", "mail: it would catch everybody's mail.");
  if (account.states) refuseKey("mail", "status");
  const more = parsed("spam", spam);
  if (more.states) refuseKey("spam", "status");
  // Several wishes about one thing are met by any of them: a second account would be caught, too.
  for (const key of more.texts.keys()) if (account.texts.has(key)) refuseKey("spam", key);
}

function parsed(field: "mail" | "spam", text: string): SpoolFilter {
  try {
    return parseSpoolFilter(text);
  } catch (error) {
    const problem = isAppError(error) ? error.fields[0] : undefined;
    if (!problem) throw error;
    return failField(field, problem.rule, problem.message.replace(/^filter/, field), problem.limit);
  }
}

function refuseKey(field: "mail" | "spam", key: string): never {
  return failField(
    field,
    "incident-filter",
    `${field}: leave out ${key}: it would catch other mail, too.`,
    key,
  );
}
