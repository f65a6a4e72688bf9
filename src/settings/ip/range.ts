import { addressText, holdsIpv4, type IpAddress, isIpv4, readAddress } from "./address.ts";

/** Addresses that are alike where the mask has bits. */
export interface IpRange {
  readonly address: IpAddress;
  /** As many bytes as the address; XMail also takes masks with holes. */
  readonly mask: readonly number[];
}

/**
 * A range in one of XMail's files, exactly as XMail reads it: `address/bits`, whatever stands in the next cell, or IPv4
 * address and mask in two cells (`mask: null` where a file knows no such cell). `null` is what XMail skips, and a host name.
 */
export function readRange(text: string, mask: string | null): IpRange | null {
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const address = readAddress(text.slice(0, slash));
    return address && { address, mask: maskOf(address, wholeNumber(text.slice(slash + 1))) };
  }
  const [address, bits] = [readAddress(text), mask === null ? null : readAddress(mask)];
  if (!address || !bits || !isIpv4(address) || !isIpv4(bits)) return null;
  return { address, mask: bits };
}

/** Whether somebody from this address is meant: across the families too, as XMail does it. */
export function rangeMatches({ address, mask }: IpRange, peer: IpAddress): boolean {
  if (address.length === peer.length) return alike(address, peer, mask);
  if (isIpv4(address)) return holdsIpv4(peer) && alike(address, peer.slice(12), mask);
  return holdsIpv4(address) && alike(address.slice(12), peer, mask.slice(12));
}

/** The one spelling of a range: `192.0.2.0/24`, `2001:db8::/32`, `10.0.0.0/255.0.255.0` for a mask with holes. */
export function rangeText(range: IpRange): string {
  const { address, mask } = tidy(range);
  const bits = bitsOf(mask);
  return `${addressText(address)}/${bits ?? addressText(mask)}`;
}

/** Without the bits that do not count; kept where they say to XMail that IPv4 is not meant. */
export function tidy({ address, mask }: IpRange): IpRange {
  const masked = address.map((byte, at) => byte & (mask[at] ?? 0));
  const same = isIpv4(address) || holdsIpv4(masked) === holdsIpv4(address);
  return { address: same ? masked : address, mask };
}

/** Length of the mask; `null` when it has holes. */
export function bitsOf(mask: readonly number[]): number | null {
  const text = mask.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(text) ? text.lastIndexOf("1") + 1 : null;
}

export function maskOf(address: IpAddress, bits: number): number[] {
  return address.map((_, at) => {
    const left = Math.min(Math.max(bits - 8 * at, 0), 8);
    return (0xff << (8 - left)) & 0xff;
  });
}

/** C's `atoi`: digits at the beginning, 0 without any. */
export function wholeNumber(text: string): number {
  return Number.parseInt(/^\s*[+-]?\d+/.exec(text)?.[0] ?? "0", 10);
}

function alike(a: IpAddress, b: IpAddress, mask: readonly number[]): boolean {
  return a.every((byte, at) => ((byte ^ (b[at] ?? 0)) & (mask[at] ?? 0)) === 0);
}
