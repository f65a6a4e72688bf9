import { type IpAddress, isIpv4, readAddress } from "../settings/ip/address.ts";
import { type IpRange, rangeMatches, readRange } from "../settings/ip/range.ts";

/** `::ffff:0:0/96`: IPv4 as a socket for both families shows it. */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

/** Whether an address is in one of the networks (`192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`). What is no network holds nobody. */
export function isInNetworks(networks: readonly string[], text: string): boolean {
  const read = readAddress(text.replace(/%.*$/, ""));
  if (!read) return false;
  const address = plain(read);
  return networks.some((network) => {
    const range = rangeOf(network);
    return range !== null && range.address.length === address.length && rangeMatches(range, address);
  });
}

function rangeOf(network: string): IpRange | null {
  const [text = "", bits] = network.split("/");
  const read = readAddress(text);
  if (!read || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
  const range = readRange(bits === undefined ? `${text}/${read.length * 8}` : network, null);
  if (!range || !isMapped(range.address)) return range;
  return { address: plain(range.address), mask: range.mask.slice(MAPPED.length) };
}

function plain(address: IpAddress): IpAddress {
  return isMapped(address) ? address.slice(MAPPED.length) : address;
}

function isMapped(address: IpAddress): boolean {
  return !isIpv4(address) && MAPPED.every((byte, at) => address[at] === byte);
}
