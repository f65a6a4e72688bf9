import type { ServerResponse } from "node:http";
import type { FetchHandler } from "../../src/index.ts";
import type { HostRequest } from "../node/host-request.ts";
import { serve } from "../node/node.ts";

/** What Express 4.18 and 5 hand to a middleware, as far as it is used here; neither is imported. */
export interface ExpressRequest extends HostRequest {
  /** Where the router is mounted: `/mail`. */
  readonly baseUrl?: string;
  /** The client, behind proxies that the app trusts (`app.set("trust proxy", …)`). */
  readonly ip?: string | undefined;
}

export type ExpressMiddleware = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * `app.use("/mail", toExpress(handler))`: answers everything below the mount, also 404. Parsers such as
 * `express.json()` may stand before it. Where a proxy adds a prefix of its own, tell the panel by `baseUrl`.
 */
export function toExpress(handler: FetchHandler): ExpressMiddleware {
  return (request, response, next) => {
    const address = request.ip ?? request.socket.remoteAddress;
    const peer = { basePath: request.baseUrl ?? "", ...(address === undefined ? {} : { address }) };
    serve(handler, request, response, peer).catch(next);
  };
}
