import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { bodyOf } from "./body-of-node.ts";
import type { HostRequest } from "./host-request.ts";

/** Methods a Fetch `Request` refuses to be made with. */
export function isUnspeakable(method: string | undefined): boolean {
  return /^(?:CONNECT|TRACE|TRACK)$/i.test(method ?? "GET");
}

/** Throws `TypeError` when the host or path make no URL. */
export function requestFromNode(incoming: HostRequest, signal: AbortSignal): Request {
  const method = incoming.method ?? "GET";
  const headers = headersOf(incoming);
  // Text, not `new URL(path, origin)`: a path that begins with `//` would name another host.
  const url = new URL(originOf(incoming) + pathOf(incoming.originalUrl ?? incoming.url ?? "/"));
  const body = method === "GET" || method === "HEAD" ? null : bodyOf(incoming, headers);
  return new Request(url, { method, headers, signal, ...(body === null ? {} : { body, duplex: "half" }) });
}

function originOf(incoming: HostRequest): string {
  const encrypted =
    (incoming.socket as Partial<TLSSocket>).encrypted === true || incoming.cgiParams?.HTTPS === "on";
  const protocol = incoming.protocol ?? (encrypted ? "https" : "http");
  const host = incoming.headers.host ?? incoming.headers[":authority"] ?? "localhost";
  if (!/^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(String(host))) {
    throw new TypeError("The Host header is not a host name.");
  }
  return `${protocol === "https" ? "https" : "http"}://${host}`;
}

/** Proxies may send the whole address as the target; only its path is ours to believe. */
function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  if (!URL.canParse(target)) return "/";
  const { pathname, search } = new URL(target);
  return pathname + search;
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    // `:method` and the like are HTTP/2's own, and no names that Fetch would take.
    if (value === undefined || name.startsWith(":")) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}
