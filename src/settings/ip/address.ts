import ipaddr from "ipaddr.js";

/** An address as XMail holds it: four bytes, or sixteen. */
export type IpAddress = readonly number[];

export const isIpv4 = (address: IpAddress): boolean => address.length === 4;

/**
 * An address in one of XMail's files, read as the system's `getaddrinfo` reads it: `10.1`, `010.0.0.1` (octal) and `0x0a.0.0.1`
 * are IPv4 too. `null` for a name, which only the server could look up, and for what has a zone.
 */
export function readAddress(text: string): IpAddress | null {
  if (ipaddr.IPv4.isValid(text)) return ipaddr.IPv4.parse(text).toByteArray();
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  return ipaddr.IPv6.parse(text).toByteArray();
}

/** An address that somebody typed: full-width digits and brackets are taken, octal and shortened ones are not. */
export function typedAddress(text: string): IpAddress | null {
  const plain = plainText(text).replace(/^\[(.*)\]$/, "$1");
  const isFour = ipaddr.IPv4.isValidFourPartDecimal(plain) && !/(?:^|\.)0\d/.test(plain);
  return isFour || plain.includes(":") ? readAddress(plain) : null;
}

/** The one spelling of an address: IPv6 in the form of RFC 5952. */
export function addressText(address: IpAddress): string {
  if (isIpv4(address)) return address.join(".");
  const text = new ipaddr.IPv6([...address]).toRFC5952String();
  // What is left of IPv4 inside IPv6 is known by its dots.
  return isMapped(address) ? `::ffff:${address.slice(12).join(".")}` : text;
}

/** XMail takes these sixteen bytes for an IPv4 address: zeros, and `ffff` or zeros before the last four. */
export function holdsIpv4(address: IpAddress): boolean {
  if (isIpv4(address)) return false;
  const [a, b] = address.slice(10, 12);
  return address.slice(0, 10).every((byte) => byte === 0) && a === b && (a === 0 || a === 255);
}

/** As Japanese keyboards and copied texts have them, in plain letters. */
export function plainText(text: string): string {
  return text.normalize("NFKC").trim();
}

function isMapped(address: IpAddress): boolean {
  return holdsIpv4(address) && address[10] === 255;
}
