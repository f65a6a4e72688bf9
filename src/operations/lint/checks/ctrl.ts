import { addressText, readAddress } from "../../../settings/ip/address.ts";
import { rangeMatches, rangeText } from "../../../settings/ip/range.ts";
import { FILES } from "../../../tab/files.ts";
import { type MapEntry, mapInOrder } from "../../access/map-rule.ts";
import { isWide } from "../../access/range-field.ts";
import { type Fix, finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

/** Strangers, from networks that nobody has at home. */
const STRANGERS = ["203.0.113.77", "198.18.77.1", "192.0.2.201"].flatMap((text) => readAddress(text) ?? []);
const PEERS = [STRANGERS.slice(0, 4), STRANGERS.slice(4, 8), STRANGERS.slice(8, 12)];

/** Who may talk to the port that sets everybody's password. */
export async function checkCtrl({ ctx, entries }: Facts): Promise<LintFinding[]> {
  const rules = mapInOrder((await entries(FILES.ctrlIpMap)) ?? []);
  const deciding = PEERS.map((peer) => rules.find(({ range }) => rangeMatches(range, peer)));
  const { transport } = await ctx.xmail.server.status(ctx);
  const clear = transport === "clear" ? [finding("clearLine")] : [];
  if (deciding.some((rule) => rule && !rule.allow)) return clear;
  const own = (await ctx.xmail.server.ownAddress?.(ctx)) ?? null;
  const [rule = null] = deciding;
  const fix = nextStep(rules, rule, own);
  return [...clear, finding("openCtrl", { file: FILES.ctrlIpMap.path, line: rule?.line ?? null, fix })];
}

/** First those who need it are let in by rules of their own, then everybody else is kept out. */
function nextStep(rules: readonly MapEntry[], everybody: MapEntry | null, own: string | null): Fix {
  const isInside = own === "::1" || (own?.startsWith("127.") ?? false);
  // To XMail ::1 is an IPv4 address, too.
  for (const text of ["127.0.0.1", ...(own === null ? [] : [isInside ? "::1" : own])]) {
    const peer = readAddress(text);
    const isIn = rules.some(
      ({ range, allow }) => allow && peer && !isWide(range) && rangeMatches(range, peer),
    );
    if (peer && !isIn) return fixBy("ctrlAccess.add", { range: addressText(peer), decision: "allow" });
  }
  if (!everybody) return fixBy("ctrlAccess.add", { range: "0.0.0.0/0", decision: "deny" });
  const { range, precedence, entry } = everybody;
  return fixBy("ctrlAccess.change", { id: entry.id, range: rangeText(range), decision: "deny", precedence });
}
