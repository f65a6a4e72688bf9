/** What `NeedTLS` says: 0 plain, 1 TLS where it is offered, 2 TLS or no mail. */
export type NeedTls = "off" | "offered" | "required";

/** One server that takes mail. What XMail would read but we do not understand stays in `host` or `more`, as it is written. */
export interface Gateway {
  /** A name, or an address; an IPv6 address is in brackets when a port follows it. */
  readonly host: string;
  /** 25, if absent. */
  readonly port?: number;
  /** As `SmtpGwConfig` in server.tab says, if absent. */
  readonly needTls?: NeedTls;
  /** Local address to send from; as `SmtpGwConfig` says, if absent. */
  readonly outBind?: string;
  /** Further options as they are written: `Name=value`, parted by commas. */
  readonly more?: string;
}

/** `[#]host[:port][,options];…`: XMail tries them from the first to the last, or in any order. */
export interface Gateways {
  readonly random: boolean;
  readonly gateways: readonly Gateway[];
}

/** Each at the place of its number in `NeedTLS=`. */
export const NEED_TLS: readonly NeedTls[] = ["off", "offered", "required"];

/** As XMail 1.27 cuts it: `#` counts at the very beginning only, and nothing between two `;` is no gateway. */
export function gatewaysOf(text: string): Gateways {
  const random = text.startsWith("#");
  const parts = (random ? text.slice(1) : text).split(";").filter((part) => part !== "");
  return { random, gateways: parts.map(gatewayOf) };
}

/** `was`, the text so far, keeps its spelling when it says the same. */
export function gatewaysText({ random, gateways }: Gateways, was?: string): string {
  const list = gateways.map(gatewayText).join(";");
  // A host that begins with # behind the beginning is a host.
  const text = `${random ? "#" : list.startsWith("#") ? ";" : ""}${list}`;
  return was !== undefined && sameGateways(gatewaysOf(was), { random, gateways }) ? was : text;
}

/** The options alone, as in `SmtpGwConfig`: `NeedTLS=1,OutBind=192.0.2.1`. */
export function gatewayOptionsOf(text: string): Omit<Gateway, "host" | "port"> {
  const options = gatewayOptionsIn(text);
  // Spelt in another way or order than ours (`NeedTLS=01`): kept as it is.
  return optionsText(options) === text ? options : { more: text };
}

/** The other way round: the options of a gateway as text. */
export function gatewayOptionsText({ needTls, outBind, more }: Omit<Gateway, "host" | "port">): string {
  return optionsText({
    ...(needTls === undefined ? {} : { needTls }),
    ...(outBind === undefined ? {} : { outBind }),
    ...(more === undefined ? {} : { more }),
  });
}

/** Whether XMail takes all of it for the host: a colon outside brackets begins a port, so that IPv6 needs brackets. */
export function isWholeHost(host: string): boolean {
  return host.startsWith("[") ? /^\[[0-9A-Fa-f:.]+\]$/.test(host) : /^[A-Za-z0-9._-]+$/.test(host);
}

function gatewayOf(part: string): Gateway {
  const comma = part.indexOf(",");
  if (comma === -1) return addressOf(part);
  const address = part.slice(0, comma);
  const options = part.slice(comma + 1);
  return address === "" || options === ""
    ? { host: part }
    : { ...addressOf(address), ...gatewayOptionsOf(options) };
}

function addressOf(address: string): Pick<Gateway, "host" | "port"> {
  const [, host = "", digits = ""] = /^(.*):([1-9]\d{0,4})$/.exec(address) ?? [];
  const port = Number(digits);
  return isWholeHost(host) && port <= 65_535 ? { host, port } : { host: address };
}

function gatewayText({ host, port, ...options }: Gateway): string {
  const text = gatewayOptionsText(options);
  return `${host}${port === undefined ? "" : `:${port}`}${text === "" ? "" : `,${text}`}`;
}

/** What the options mean, in whatever order they are; not every text comes back from that. */
export function gatewayOptionsIn(text: string): Omit<Gateway, "host" | "port"> {
  let needTls: NeedTls | undefined;
  let outBind: string | undefined;
  const more: string[] = [];
  for (const option of text.split(",")) {
    const [, level] = /^NeedTLS=([012])$/.exec(option) ?? [];
    const [, bind] = /^OutBind=(.+)$/.exec(option) ?? [];
    if (level !== undefined && needTls === undefined) needTls = NEED_TLS[Number(level)];
    else if (bind !== undefined && outBind === undefined) outBind = bind;
    else more.push(option);
  }
  const rest = more.join(",");
  return {
    ...(needTls === undefined ? {} : { needTls }),
    ...(outBind === undefined ? {} : { outBind }),
    ...(rest === "" ? {} : { more: rest }),
  };
}

function optionsText({ needTls, outBind, more }: Omit<Gateway, "host" | "port">): string {
  return [
    ...(needTls === undefined ? [] : [`NeedTLS=${NEED_TLS.indexOf(needTls)}`]),
    ...(outBind === undefined ? [] : [`OutBind=${outBind}`]),
    ...(more === undefined ? [] : [more]),
  ].join(",");
}

function sameGateways(a: Gateways, b: Gateways): boolean {
  return (
    a.random === b.random && a.gateways.map(gatewayText).join(";") === b.gateways.map(gatewayText).join(";")
  );
}
