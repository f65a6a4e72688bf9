import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import { type LogFinding, logLint } from "../log/lint.ts";
import { momentOf, wholeSpoolOf } from "../spool/fields.ts";
import { incidentsOf } from "./fields.ts";

const DEFAULT_LEAST = 100;
const DEFAULT_DAYS = 2;
const MOST_ACCOUNTS = 200;
const OF_LOGS = ["accountNetworks", "accountBytes"] as const;

const Suspect = fields({
  domain: orNull(Type.String({ description: "null: a sign-in that is none of XMail's accounts" })),
  name: Type.String(),
  messages: Type.Integer({ minimum: 0, description: "Messages of the account in the queue" }),
  bytes: Bytes,
  oldest: orNull(Moment),
  subject: Type.String({ description: "One of their subjects" }),
  share: Type.Integer({ minimum: 0, maximum: 100, description: "Of a hundred messages in the queue" }),
  why: Type.Array(
    fields({
      sign: oneOf(["queue", ...OF_LOGS], {
        description: "Messages in the queue; networks it came from, or bytes it sent, as the logs tell",
      }),
      value: Count,
      bound: Count,
    }),
  ),
  incident: orNull(Type.String({ description: "The open incident of the account" })),
});
export type Suspect = Static<typeof Suspect>;

export const incidentDetect = defineOperation({
  name: "incident.detect",
  summary: "Look for stolen accounts: much mail in the queue, many networks or much sent as the logs tell",
  effect: "read",
  input: fields({
    least: Type.Optional(
      Type.Integer({ minimum: 1, description: "Messages in the queue that are too many; 100, if absent" }),
    ),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 30,
        description: "Days of the logs, today and before; 2, if absent",
      }),
    ),
    seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 600,
        description: "Look at the queue for so long at most; absent: at all of it",
      }),
    ),
  }),
  output: fields({
    items: Type.Array(Suspect, { description: "The worst first" }),
    messages: Type.Integer({ minimum: 0, description: "In the queue" }),
    looked: Count,
    of: Count,
    logs: Type.Boolean({ description: "Whether the logs could be looked at" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /incident-suspects",
  target: () => SERVER,
  async handler(ctx, { least = DEFAULT_LEAST, days = DEFAULT_DAYS, seconds }) {
    const { groups, messages, looked, of } = await wholeSpoolOf(ctx).shape({
      ...{ filter: "", by: "auth", most: MOST_ACCOUNTS, now: ctx.now(), signal: ctx.signal },
      ...(seconds === undefined ? {} : { within: seconds * 1000 }),
    });
    const findings = ctx.xmail.logs ? (await logLint.handler(ctx, { days })).items : [];
    const open = new Map(
      (await incidentsOf(ctx).list(ctx))
        .filter(({ closed }) => closed === "")
        .map(({ id, domain, name }) => [foldName(`${name}@${domain}`), id]),
    );
    const told = new Map<string, Suspect["why"]>();
    for (const { key, messages: value } of groups)
      if (key !== "" && value >= least) told.set(key, [{ sign: "queue", value, bound: least }]);
    for (const finding of findings) {
      const key = foldName(nameOf(finding));
      const sign = OF_LOGS.find((one) => one === finding.code);
      if (!sign || key === "") continue;
      told.set(key, [...(told.get(key) ?? []), { sign, value: finding.value, bound: finding.bound }]);
    }
    const items = [...told].map(([key, why]): Suspect => {
      const group = groups.find((one) => one.key === key) ?? NO_GROUP;
      const at = key.lastIndexOf("@");
      return {
        domain: at < 1 ? null : key.slice(at + 1),
        name: at < 1 ? key : key.slice(0, at),
        ...{ messages: group.messages, bytes: group.bytes, oldest: momentOf(group.oldest) },
        subject: group.subject,
        share: messages === 0 ? 0 : Math.round((100 * group.messages) / messages),
        why,
        incident: open.get(key) ?? null,
      };
    });
    items.sort((a, b) => b.messages - a.messages || b.why.length - a.why.length);
    return { items, messages, looked, of, logs: ctx.xmail.logs !== undefined };
  },
  tellsFault: ({ items }) => items.length > 0,
});

const NO_GROUP = { messages: 0, bytes: 0, oldest: 0, subject: "" };

function nameOf({ domain, name }: LogFinding): string {
  return domain === null ? (name ?? "") : `${name}@${domain}`;
}
