import { type IpAddress, isIpv4, plainText, typedAddress } from "./address.ts";
import { bitsOf, type IpRange, maskOf, tidy } from "./range.ts";

/** Why a text is no range: `x-rule` of what to do instead. */
export type RangeRefusal = "ip-range" | "ip-from-to" | "ip-bits" | "ip-mask" | "ip-name";

/**
 * What people type for a range: an address, `address/bits`, or IPv4 address and mask, with a slash or a blank between them.
 * Bits beyond the mask are dropped.
 */
export function typedRange(text: string): IpRange | RangeRefusal {
  const plain = plainText(text);
  const [first = "", rest, ...more] = plain.split(/\s*\/\s*|\s+/);
  if (more.length > 0) return "ip-range";
  const address = typedAddress(first);
  if (!address) return refusalOf(plain);
  const mask = rest === undefined ? maskOf(address, 128) : typedMask(address, rest);
  return typeof mask === "string" ? mask : tidy({ address, mask });
}

function typedMask(address: IpAddress, text: string): readonly number[] | RangeRefusal {
  if (/^\d{1,3}$/.test(text)) {
    return Number(text) <= address.length * 8 ? maskOf(address, Number(text)) : "ip-bits";
  }
  const mask = typedAddress(text);
  if (!mask || !isIpv4(mask) || !isIpv4(address)) return isIpv4(address) ? "ip-mask" : "ip-bits";
  // A mask the other way round, as routers have it, would mean something else to XMail.
  return bitsOf(mask) === null ? "ip-mask" : mask;
}

function refusalOf(text: string): RangeRefusal {
  if (/^[\d.:a-f]+\s*[-–~〜]\s*[\d.:a-f]*$/i.test(text)) return "ip-from-to";
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(text) ? "ip-name" : "ip-range";
}
