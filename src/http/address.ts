import { fail } from "../errors/error.ts";
import type { OwnOrigin } from "./cross-origin.ts";
import type { Peer } from "./types.ts";

/** Options about where the panel is seen from outside. */
export interface AddressOptions {
  /** Path in front of every request's path, for hosts that cannot tell (`/mail`); default none. */
  readonly basePath?: string;
  /** The address people type, like `https://mail.example.com/panel`. Set it behind a proxy that changes `Host`. */
  readonly baseUrl?: string;
  /** Host names (without port) that are answered, besides that of `baseUrl` and loopback; default any. */
  readonly allowedHosts?: readonly string[];
  /** Believe the `X-Forwarded-*` headers of one proxy in front; default false, since anybody can send them. */
  readonly trustProxy?: boolean;
}

/** Where a request came from and to. */
export interface Located extends OwnOrigin {
  readonly secure: boolean;
  /** Prefix of links as the browser sees it. */
  readonly base: string;
  /** Decoded path below the mount. */
  readonly path: string;
  readonly peer: Peer;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Settles origin, prefix and path once per request. `NOT_FOUND` for unknown hosts, other prefixes and odd paths. */
export function locate(request: Request, peer: Peer, options: AddressOptions): Located {
  const url = new URL(request.url);
  const forwarded = options.trustProxy ? forwardedBy(request.headers) : {};
  const configured = options.baseUrl === undefined ? null : new URL(options.baseUrl);
  const seen = forwarded.host === undefined ? url : new URL(`${url.protocol}//${forwarded.host}`);
  // Bytes that are no UTF-8 would reach a search or a field as a replaced letter.
  decode(url.search);
  requireKnownHost(seen.hostname, configured, options.allowedHosts);
  const origin = configured?.origin ?? `${forwarded.proto ?? url.protocol.slice(0, -1)}://${seen.host}`;
  const mount = mountOf(url, peer, options, configured);
  const address = forwarded.address ?? peer.address;
  return {
    origin,
    certain: configured !== null,
    secure: origin.startsWith("https:"),
    base: configured ? trimSlash(configured.pathname) : (forwarded.prefix ?? "") + mount,
    path: pathBelow(url.pathname, mount),
    peer: { ...peer, ...(address === undefined ? {} : { address }) },
  };
}

/** The host name a request was sent to, in lower case and without port, as far as the proxy in front is believed. */
export function seenHost(request: Request, { trustProxy }: AddressOptions): string {
  const { host } = trustProxy ? forwardedBy(request.headers) : {};
  return new URL(host === undefined ? request.url : `http://${host}`).hostname;
}

/** Whether a host name is the panel's own and no other's. */
export function isSurelyPanel(host: string, { baseUrl, allowedHosts }: AddressOptions): boolean {
  if (LOOPBACK.has(host) || allowedHosts?.includes(host)) return true;
  return baseUrl !== undefined && new URL(baseUrl).hostname === host;
}

/** Refuses (`BAD_CONFIG`) options no request could be located with. */
export function requireUsableAddress({ basePath = "", baseUrl }: AddressOptions): void {
  if (basePath !== "" && !/^(?:\/[^/?#\s]+)+$/.test(basePath)) {
    fail("BAD_CONFIG", "basePath must be empty or begin with a slash and not end with one, like /mail.");
  }
  if (baseUrl === undefined) return;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    fail("BAD_CONFIG", "baseUrl must be an http or https address, like https://mail.example.com/panel.");
  }
}

function mountOf(url: URL, peer: Peer, options: AddressOptions, configured: URL | null): string {
  const told = peer.basePath ?? options.basePath;
  if (told !== undefined) return trimSlash(told);
  // Behind a proxy that keeps the prefix of `baseUrl` in the path; one that strips it leaves nothing to cut.
  const prefix = trimSlash(configured?.pathname ?? "");
  return isBelow(url.pathname, prefix) ? prefix : "";
}

function pathBelow(pathname: string, mount: string): string {
  if (!isBelow(pathname, mount)) fail("NOT_FOUND");
  const parts = pathname.slice(mount.length).split("/").slice(1).map(decodePart);
  return `/${parts.join("/")}`;
}

function isBelow(pathname: string, prefix: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`);
}

/** A `/` inside a part would be read as a border by whoever splits the decoded path. */
function decodePart(part: string): string {
  const decoded = decode(part);
  return /[/\0-\x1f\x7f]/.test(decoded) ? miswritten() : decoded;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return miswritten();
  }
}

function miswritten(): never {
  return fail("NOT_FOUND", "This address is not written correctly.");
}

function requireKnownHost(host: string, configured: URL | null, allowed?: readonly string[]): void {
  if (!configured && !allowed) return;
  if (host === configured?.hostname || LOOPBACK.has(host) || allowed?.includes(host)) return;
  fail("NOT_FOUND", "This server does not answer under that host name.", { internal: { host } });
}

interface Forwarded {
  readonly proto?: string;
  readonly host?: string;
  readonly prefix?: string;
  readonly address?: string;
}

/** The last value of each: what the proxy in front of us wrote itself, the ones before it are hearsay. */
function forwardedBy(headers: Headers): Forwarded {
  const last = (name: string, shape: RegExp) => {
    const value = headers.get(name)?.split(",").at(-1)?.trim() ?? "";
    return shape.test(value) ? value : undefined;
  };
  const found = {
    proto: last("x-forwarded-proto", /^https?$/),
    host: last("x-forwarded-host", /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/),
    prefix: last("x-forwarded-prefix", /^(?:\/[A-Za-z0-9._~-]+)+$/),
    address: last("x-forwarded-for", /^[0-9A-Fa-f:.]{2,45}$/),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function trimSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
