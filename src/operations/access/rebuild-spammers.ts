import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { readAddress } from "../../settings/ip/address.ts";
import { type IpRange, rangeMatches } from "../../settings/ip/range.ts";
import type { LogStore } from "../../xmail/logs.ts";
import { Count, fields, oneOf } from "../fields.ts";
import { beginOfDays } from "../log/clock.ts";
import { logsOf } from "../log/reading.ts";
import { oneAddress, withBans } from "./log-bans.ts";
import { Range, rangeOf } from "./range-field.ts";

const DEFAULT_DAYS = 7;
const DEFAULT_TRIES = 50;
/** XMail reads the whole table for each connection. */
const MOST_BANS = 5_000;

/**
 * What guesses and probes, and not what merely fails: a full mailbox is nobody's attack. Who is banned and knocks still
 * (EIPSPAM) keeps his ban.
 */
const ATTACKS =
  /^(?:AUTH=EFAIL|RCPT=EAVAIL|RCPT=ERELAY|RCPT=ENBR|SMTP=EERRS|SNDR=ESPAM|SNDRIP=EIPSPAM|ETRN=EACCESS)/;

export const spammerRebuild = defineOperation({
  name: "spammer.rebuild",
  summary: "Ban the addresses that guess and probe, as the logs show them; what was banned by hand stays",
  effect: "write",
  input: fields({
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 90, description: "Today and before; 7, if absent" }),
    ),
    tries: Type.Optional(
      Type.Integer({ minimum: 1, description: "From so many bad lines of one address on; 50, if absent" }),
    ),
    mode: Type.Optional(
      oneOf(["replace", "append"], {
        description:
          "replace, if absent: earlier bans by the logs end when the address is quiet now; append: they stay",
      }),
    ),
    spare: Type.Optional(
      Type.Array(Range, { maxItems: 1000, description: "Addresses that are never banned" }),
    ),
  }),
  output: fields({
    added: Type.Array(fields({ range: Type.String(), lines: Count })),
    removed: Type.Array(Type.String()),
    spared: Type.Integer({ minimum: 0, description: "Over the bound, and left alone" }),
    left: Type.Integer({ minimum: 0, description: "Over the bound, for which there was no room" }),
  }),
  errors: ["FILE_CHANGED", "STORAGE_UNSUPPORTED"],
  http: "POST /banned-addresses/rebuild",
  target: () => SERVER,
  async handler(ctx, { days = DEFAULT_DAYS, tries = DEFAULT_TRIES, mode = "replace", spare = [] }) {
    const since = beginOfDays(ctx.now(), days);
    const { bad, delivered } = await attacksIn(logsOf(ctx), since, ctx);
    const friends = [...spare.map(rangeOf), ...(await ownRanges(ctx))];
    const over = [...bad]
      .filter(([, lines]) => lines >= tries)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const isFriend = (ip: string, lines: number) =>
      // A large provider probes a lot, and delivers more.
      (delivered.get(ip) ?? 0) > lines || matches(friends, ip);
    const guilty = over.filter(([ip, lines]) => !isFriend(ip, lines));
    const wanted = guilty.slice(0, MOST_BANS).map(([ip, lines]) => ({ ip, lines }));
    const made = await withBans(ctx, wanted, mode);
    return { ...made, spared: over.length - guilty.length, left: guilty.length - wanted.length };
  },
});

async function attacksIn(logs: LogStore, since: string, ctx: Context) {
  const { groups: smtp } = await logs.tally({ kind: "smtp", groups: ["statusIp", "ip"], since }, ctx);
  const { groups: pop3 } = await logs.tally({ kind: "pop3", groups: ["ip"], since }, ctx);
  const bad = new Map<string, number>();
  const count = (ip: string, lines: number) => {
    // The rest that was too many to tell apart is nobody.
    if (lines > 0 && readAddress(ip)) bad.set(ip, (bad.get(ip) ?? 0) + lines);
  };
  for (const { key, lines } of smtp.statusIp ?? []) {
    const [status = "", ip = ""] = key.split("\t");
    if (ATTACKS.test(status)) count(ip, lines);
  }
  for (const { key, refused } of pop3.ip ?? []) count(key, refused);
  return { bad, delivered: new Map((smtp.ip ?? []).map(({ key, messages }) => [key, messages])) };
}

/** Where xmailcfg and its people come from, and this machine: nobody bans himself. */
async function ownRanges(ctx: Context): Promise<IpRange[]> {
  const own = ["127.0.0.1", "::1", ctx.from ?? "", (await ctx.xmail.server.ownAddress?.(ctx)) ?? ""];
  return own.filter((address) => readAddress(address) !== null).map(oneAddress);
}

function matches(ranges: readonly IpRange[], ip: string): boolean {
  const address = readAddress(ip);
  return address !== null && ranges.some((range) => rangeMatches(range, address));
}
