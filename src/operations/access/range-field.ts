import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { addressText, type IpAddress, isIpv4, typedAddress } from "../../settings/ip/address.ts";
import { bitsOf, type IpRange, rangeText } from "../../settings/ip/range.ts";
import { typedRange } from "../../settings/ip/typed-range.ts";

/** Wide, so that what is wrong with it can be said: full-width digits are taken. */
export const Range = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "An address, address/bits, or IPv4 address and mask: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32",
  "x-rule": "ip-range",
});

export const PeerAddress = Type.String({
  minLength: 2,
  maxLength: 60,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "One IPv4 or IPv6 address, like 192.0.2.7 or 2001:db8::7",
  "x-rule": "ip-address",
});

const REFUSALS = {
  "ip-range": "Write an address, or address/bits like 192.0.2.0/24.",
  "ip-from-to": "XMail knows no ranges from one address to another. Write address/bits, once for each part.",
  "ip-bits": "IPv4 has 32 bits at most, IPv6 128.",
  "ip-mask": "Write a mask like 255.255.255.0, or bits like /24.",
  "ip-name": "Write the address, not a name.",
};

/** What was typed, as a range; refuses the field otherwise. */
export function rangeOf(text: string): IpRange {
  const range = typedRange(text);
  return typeof range === "string" ? failField("range", range, REFUSALS[range]) : range;
}

export function peerOf(text: string, field = "address"): IpAddress {
  return typedAddress(text) ?? failField(field, "ip-address", "Write one address, like 192.0.2.7.");
}

/** How XMail is told a range: IPv4 in two cells as ever, `address/bits` where there are no two or it is IPv6. */
export function rangeCells({ address, mask }: IpRange): readonly [string, string] {
  if (!isIpv4(address)) return [rangeText({ address, mask }), "-"];
  return [addressText(address.map((byte, at) => byte & (mask[at] ?? 0))), addressText(mask)];
}

/** Ranges that no single organisation has: wider than any that were ever given out, private ones aside. */
export function isWide(range: IpRange): boolean {
  const bits = (mask: readonly number[]) => bitsOf(mask) ?? 0;
  const { address, mask } = range;
  if (isIpv4(address)) return bits(mask) < 8;
  const isPrivate = (address[0] ?? 0) >> 1 === 0x7e && bits(mask) >= 7;
  const mapped = address.slice(0, 10).every((byte) => byte === 0) && bits(mask) >= 80;
  return mapped ? bits(mask) < 96 + 8 : bits(mask) < 19 && !isPrivate;
}
