import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import type { LogCount } from "../../xmail/logs.ts";
import { ExistingDomain, fields, oneOf, orNull } from "../fields.ts";
import { beginOfDays } from "./clock.ts";
import { logList } from "./list.ts";
import { logsOf } from "./reading.ts";

/** What a look at the logs can find. */
export const LOG_FINDINGS = [
  "largeLog",
  "ipBytes",
  "accountBytes",
  "accountNetworks",
  "ipSignIns",
  "accountSignIns",
  "refusedSender",
] as const;

const DEFAULT_DAYS = 3;
/** XMailCFG's bound. */
const DEFAULT_BYTES = 1024 ** 3;
const DEFAULT_TRIES = 20;
const DEFAULT_NETWORKS = 10;
const MOST_OF_EACH = 20;

const Finding = fields({
  code: oneOf(LOG_FINDINGS),
  file: orNull(Type.String()),
  ip: orNull(Type.String({ description: "Address of the client" })),
  domain: orNull(ExistingDomain),
  name: orNull(Type.String({ description: "The account of the domain; a name alone, where there is none" })),
  value: Type.Integer({ minimum: 0, description: "Bytes, failed sign-ins, networks or refusals" }),
  bound: Type.Integer({ minimum: 0, description: "From which on it is told" }),
  remedy: orNull(oneOf(["spammer.add", "account.suspend"], { description: "The operation that stops it" })),
});
export type LogFinding = Static<typeof Finding>;

export const logLint = defineOperation({
  name: "log.lint",
  summary: "Look for abuse in the logs: bytes of clients and accounts, guessed passwords, stolen accounts",
  effect: "read",
  input: fields({
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 30, description: "Today and before; 3, if absent" }),
    ),
    bytes: Type.Optional(
      Type.Integer({ minimum: 1, description: "Too many for one client or account; 1 GiB, if absent" }),
    ),
    tries: Type.Optional(
      Type.Integer({ minimum: 1, description: "Too many failed sign-ins; 20, if absent" }),
    ),
    networks: Type.Optional(
      Type.Integer({ minimum: 2, description: "Too many networks of one account; 10, if absent" }),
    ),
  }),
  output: fields({
    items: Type.Array(Finding, { description: "Of each kind the worst first, twenty at most" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /log-findings",
  target: () => SERVER,
  async handler(ctx, input) {
    const {
      days = DEFAULT_DAYS,
      bytes = DEFAULT_BYTES,
      tries = DEFAULT_TRIES,
      networks = DEFAULT_NETWORKS,
    } = input;
    const since = beginOfDays(ctx.now(), days);
    const logs = logsOf(ctx);
    const { items: files } = await logList.handler(ctx, {});
    const { groups: smtp } = await logs.tally(
      { kind: "smtp", groups: ["ip", "account", "statusIp", "accountIp"], since },
      ctx,
    );
    const { groups: pop3 } = await logs.tally({ kind: "pop3", groups: ["ip", "account"], since }, ctx);
    const refused = (smtp.statusIp ?? []).map(({ key, lines }) => {
      const [status = "", ip = ""] = key.split("\t");
      return { status, ip, lines };
    });
    const delivering = new Set((smtp.ip ?? []).filter(({ messages }) => messages > 0).map(({ key }) => key));
    const guesses = refused.filter(({ status }) => status.startsWith("AUTH=EFAIL")).map(pairOf);
    const failed = (pop3.ip ?? []).map(({ key, refused: value }) => ({ key, value }));
    const turnedAway = refused
      .filter(({ status, ip }) => TURNED_AWAY.test(status) && delivering.has(ip))
      .map(pairOf);
    return {
      items: [
        ...files
          .filter(({ large, begins }) => large && begins >= since.slice(0, 10))
          .map(({ name, size, usual }) => told("largeLog", size, (usual ?? 0) * 5, { file: name })),
        ...worst(valuesOf(smtp.ip, "bytes"), bytes).map(({ key, value }) =>
          told("ipBytes", value, bytes, { ip: key, remedy: "spammer.add" }),
        ),
        ...worst(valuesOf(smtp.account, "bytes"), bytes).map(({ key, value }) =>
          told("accountBytes", value, bytes, accountIn(key)),
        ),
        ...worst(networksOf(smtp.accountIp), networks).map(({ key, value }) =>
          told("accountNetworks", value, networks, accountIn(key)),
        ),
        ...worst([...guesses, ...failed], tries).map(({ key, value }) =>
          told("ipSignIns", value, tries, { ip: key, remedy: "spammer.add" }),
        ),
        // Whose password is guessed has done nothing: there is no suspending him.
        ...worst(valuesOf(pop3.account, "refused"), tries).map(({ key, value }) =>
          told("accountSignIns", value, tries, { ...accountIn(key), remedy: null }),
        ),
        ...worst(turnedAway, 1).map(({ key, value }) => told("refusedSender", value, 1, { ip: key })),
      ],
    };
  },
  tellsFault: ({ items }) => items.length > 0,
});

/** What also hits servers that deliver good mail. */
const TURNED_AWAY = /^(?:SMTP=ESSL|SNDRIP=ERDNS|SNDRIP=EIPMAP|SNDR=ENODNS|SNDR=ESYNTAX)/;

interface Valued {
  readonly key: string;
  readonly value: number;
}

const pairOf = ({ ip, lines }: { ip: string; lines: number }): Valued => ({ key: ip, value: lines });

function valuesOf(counts: readonly LogCount[] | undefined, what: "bytes" | "refused"): Valued[] {
  return (counts ?? []).map((count) => ({ key: count.key, value: count[what] }));
}

/** How many networks each account came from: /24 of the old addresses, /64 of the new ones. */
function networksOf(counts: readonly LogCount[] | undefined): Valued[] {
  const found = new Map<string, Set<string>>();
  for (const { key } of counts ?? []) {
    const [account = "", ip = ""] = key.split("\t");
    const network = ip.includes(":")
      ? ip.split(":").slice(0, 4).join(":")
      : ip.split(".").slice(0, 3).join(".");
    found.set(account, (found.get(account) ?? new Set<string>()).add(network));
  }
  return [...found].map(([key, networks]) => ({ key, value: networks.size }));
}

function worst(values: readonly Valued[], bound: number): Valued[] {
  const sums = new Map<string, number>();
  for (const { key, value } of values) sums.set(key, (sums.get(key) ?? 0) + value);
  return (
    [...sums]
      .map(([key, value]) => ({ key, value }))
      // The rest that was too many to tell apart is nobody.
      .filter(({ key, value }) => value >= bound && key !== "" && key !== "*")
      .sort((a, b) => b.value - a.value)
      .slice(0, MOST_OF_EACH)
  );
}

function told(
  code: LogFinding["code"],
  value: number,
  bound: number,
  about: Partial<Pick<LogFinding, "file" | "ip" | "domain" | "name" | "remedy">>,
): LogFinding {
  return { code, file: null, ip: null, domain: null, name: null, remedy: null, value, bound, ...about };
}

/** Accounts that only send have no domain; they are none of XMail's that could be suspended. */
function accountIn(key: string): Pick<LogFinding, "domain" | "name" | "remedy"> {
  const at = key.lastIndexOf("@");
  if (at < 1) return { domain: null, name: key, remedy: null };
  return { domain: key.slice(at + 1), name: key.slice(0, at), remedy: "account.suspend" };
}
