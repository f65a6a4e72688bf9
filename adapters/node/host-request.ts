import type { IncomingMessage } from "node:http";

/** What Express adds to Node's request; all of it optional, so that plain `node:http` fits too. */
export interface HostRequest extends IncomingMessage {
  /** The whole path and query as sent, also where a router cut its mount off `url`. */
  readonly originalUrl?: string;
  /** What a parser before us made of the body; the bytes are gone then. */
  readonly body?: unknown;
  /** The bytes, where the host kept them. */
  readonly rawBody?: unknown;
  /** `https` behind a proxy that the host trusts. */
  readonly protocol?: string;
  /** Under HTTP/2, whose requests seem whole even when the client broke them off: then this is not 0. */
  readonly stream?: { readonly rstCode?: number };
  /** Under `node-fastcgi`, what the server in front says of the request. */
  readonly cgiParams?: { readonly HTTPS?: string };
}
