import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { addressText, holdsIpv4, type IpAddress, isIpv4, readAddress } from "../../settings/ip/address.ts";
import { decidesBefore } from "../../settings/ip/precedence.ts";
import { bitsOf, type IpRange, rangeMatches, readRange } from "../../settings/ip/range.ts";
import type { RowsChange, Values } from "../rows/row-table.ts";
import type { mapFields } from "./ip-map.ts";

type Change = RowsChange<typeof mapFields>;
type Rules = readonly Values<typeof mapFields>[];

/** Refuses a map of the control port with which XMail would not talk to xmailcfg any more. */
export async function refuseLockOut(ctx: Context, { before, after }: Change): Promise<void> {
  for (const address of await ownAddresses(ctx)) {
    if (mayConnect(after, address) || !mayConnect(before, address)) continue;
    fail(
      "WOULD_LOCK_OUT",
      `After this change XMail would not let ${addressText(address)} connect to its control port, from where xmailcfg comes. Allow that address first.`,
    );
  }
}

/** A map after which nobody could connect by IPv4 has to be confirmed with the name of its file. */
export function confirmClosing(file: string): (ctx: Context, change: Change) => void {
  return (_, { before, after, confirm }) => {
    if (!isClosed(after) || isClosed(before) || confirm?.toLowerCase() === file) return;
    failField("confirm", "confirm", `Nobody could connect any more. Type ${file} to confirm.`, file);
  };
}

/** This machine always: an administrator's last way in. */
async function ownAddresses(ctx: Context): Promise<IpAddress[]> {
  const seen = readAddress((await ctx.xmail.server.ownAddress?.(ctx)) ?? "");
  const loopback = seen !== null && isLoopback(seen);
  return [[127, 0, 0, 1], ...(loopback ? [[...Array<number>(15).fill(0), 1]] : []), ...(seen ? [seen] : [])];
}

function isLoopback(address: IpAddress): boolean {
  const four = isIpv4(address) ? address : holdsIpv4(address) ? address.slice(12) : [];
  return four[0] === 127 || addressText(address) === "::1";
}

function mayConnect(rules: Rules, peer: IpAddress): boolean {
  return inOrder(rules).find(({ range }) => rangeMatches(range, peer))?.allow ?? true;
}

/** The rule for all of IPv4 denies, and so does every rule before it. */
function isClosed(rules: Rules): boolean {
  const about = inOrder(rules).filter(({ range }) => isIpv4(range.address) || holdsIpv4(range.address));
  const all = about.findIndex(({ range }) => {
    const mask = isIpv4(range.address) ? range.mask : range.mask.slice(12);
    return bitsOf(mask) === 0;
  });
  return all >= 0 && about.slice(0, all + 1).every(({ allow }) => !allow);
}

interface Ruling {
  readonly range: IpRange;
  readonly allow: boolean;
  readonly precedence: number;
  readonly line: number;
}

function inOrder(rules: Rules): readonly Ruling[] {
  return rules
    .flatMap(({ range: text, decision, precedence = 0 }, line) => {
      const range = shownRange(text);
      return range ? [{ range, allow: decision === "allow", precedence, line }] : [];
    })
    .sort(decidesBefore);
}

/** A range in its one spelling. */
function shownRange(text: string): IpRange | null {
  const [address = "", mask = ""] = text.split("/");
  return mask.includes(".") ? readRange(address, mask) : readRange(text, null);
}
