import type { IncomingMessage, ServerResponse } from "node:http";
import type { FetchHandler, Peer } from "../../src/index.ts";
import { bodyTaken } from "./body-of-node.ts";
import type { HostRequest } from "./host-request.ts";
import { isUnspeakable, requestFromNode } from "./request-from-node.ts";
import { writeResponse } from "./write-response.ts";

/** A listener for `http.createServer` and `https.createServer`. */
export function toNodeListener(
  handler: FetchHandler,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const { remoteAddress } = incoming.socket;
    const peer = remoteAddress === undefined ? {} : { address: remoteAddress };
    serve(handler, incoming, outgoing, peer).catch(() => refuse(outgoing, 500));
  };
}

/** One request through the handler. Rejects when the handler does, or when its answer breaks off. */
export async function serve(
  handler: FetchHandler,
  incoming: HostRequest,
  outgoing: ServerResponse,
  peer: Peer,
): Promise<void> {
  if (isUnspeakable(incoming.method)) return refuse(outgoing, 405);
  const gone = new AbortController();
  outgoing.once("close", () => {
    // Under HTTP/2 an answer that nobody waits for is called finished.
    if (!outgoing.writableFinished || incoming.aborted) gone.abort();
  });
  // All that `node-fastcgi` tells.
  incoming.once("aborted", () => gone.abort());
  let request: Request;
  try {
    request = requestFromNode(incoming, gone.signal);
  } catch {
    return refuse(outgoing, 400);
  }
  const response = await handler(request, peer);
  await writeResponse(response, outgoing, gone.signal, async () => {
    // Nobody is going to read what was not read for the answer.
    if (request.body?.locked === false) await request.body.cancel().catch(() => undefined);
    await bodyTaken(incoming, gone.signal);
  });
}

/** For what never becomes a `Request`: the answer is bare, since nothing of the product is reached. */
function refuse(outgoing: ServerResponse, status: number): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(status, { "content-length": 0, connection: "close" }).end();
}
