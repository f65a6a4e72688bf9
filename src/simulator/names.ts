import { isIP } from "node:net";
import { refusalOf, refuse } from "./refusal.ts";

const ATOM = "[!#-'*+\\-/-9=?A-Z^-~]+";
const DOTTED = `${ATOM}(?:\\.${ATOM})*`;
const NAME = new RegExp(`^${DOTTED}$`);
const LOCAL_PART = new RegExp(`^(${DOTTED})@`);
const HOST_START = new RegExp(`^${DOTTED}`);
const ROUTE = new RegExp(`^@${DOTTED}(?:,@${DOTTED})*:`);

/** Refuses with 216 what is no dot-atom of RFC 822. There is no limit of length. */
export function checkUserName(name: string): void {
  if (!NAME.test(name)) refuse(216);
}

/**
 * Refuses what XMail takes for no host name: 132 when it breaks off in a place where a label must stand, 260 when
 * something stands behind the name, 40 for a bad address in `[]`.
 */
export function checkHost(host: string): void {
  if (host.startsWith("[")) checkAddressLiteral(host);
  else checkHostName(host);
}

function checkHostName(host: string): void {
  const start = HOST_START.exec(host)?.[0] ?? refuse(132);
  const rest = host.slice(start.length);
  if (rest.startsWith(".")) refuse(132);
  if (rest !== "") refuse(260);
}

function checkAddressLiteral(host: string): void {
  const end = host.indexOf("]");
  if (end === -1) refuse(132);
  if (isIP(host.slice(1, end)) === 0) refuse(40);
  if (end !== host.length - 1) refuse(260);
}

export interface MailAddress {
  readonly name: string;
  readonly domain: string;
}

/** The parts of `name@domain`. Refuses with 132, 260 or 40 a bad address, with 33 one with a source route. */
export function splitAddress(address: string): MailAddress {
  const route = ROUTE.exec(address)?.[0] ?? "";
  const plain = address.slice(route.length);
  const name = LOCAL_PART.exec(plain)?.[1] ?? refuse(132);
  const domain = plain.slice(name.length + 1);
  checkHost(domain);
  if (route !== "") refuse(33);
  return { name, domain };
}

/** Whether a path of an envelope is one: `name@domain`, perhaps with a source route. */
export function isMailPath(path: string): boolean {
  try {
    splitAddress(path.replace(ROUTE, ""));
    return true;
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    return false;
  }
}
