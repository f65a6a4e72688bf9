import type { HostRequest } from "./host-request.ts";

/** Bytes of a refused body that are still read, so that the client gets the answer instead of a reset. */
const DRAIN_LIMIT = 16 * 1024 * 1024;

/**
 * The body still to come, or what a parser before us left of it. Corrects `headers` where the bytes are not those
 * that were sent. `TypeError` when somebody read the body and kept nothing.
 */
export function bodyOf(incoming: HostRequest, headers: Headers): BodyInit | null {
  // Not `body !== undefined`: express.json() 4 puts `{}` there also when it left the body alone.
  if (!incoming.readableDidRead) return hasBody(incoming) ? streamOf(incoming) : null;
  const kept = incoming.rawBody ?? incoming.body;
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  // Parsers unpack gzip and turn text into UTF-8; `rawBody` is by custom what came after unpacking.
  headers.delete("content-encoding");
  if (kept instanceof Uint8Array || typeof kept === "string") return kept as BodyInit;
  if (kept === undefined || kept === null) return hasBody(incoming) ? lost() : null;
  if (/^application\/x-www-form-urlencoded/i.test(headers.get("content-type") ?? "")) {
    headers.set("content-type", "application/x-www-form-urlencoded");
    return new URLSearchParams(fieldsOf(kept)).toString();
  }
  headers.set("content-type", "application/json");
  return JSON.stringify(kept);
}

function hasBody({ headers }: HostRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function lost(): never {
  throw new TypeError("A parser in front of xmailcfg read the request body and kept nothing.");
}

/** Undoes `express.urlencoded`, also its nesting of `a[b]` and repeated names. */
function fieldsOf(value: unknown, name = ""): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, name));
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, item]) =>
    fieldsOf(item, name === "" ? key : `${name}[${key}]`),
  );
}

/** Not `Readable.toWeb`: that destroys the socket on cancel, and a refusal would never arrive. */
function streamOf(incoming: HostRequest): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = (how: () => void) => {
          if (!over) how();
          over = true;
        };
        const brokenOff = () => finish(() => controller.error(new Error("The client went away.")));
        incoming.on("data", (chunk: Buffer) => {
          if (over) return;
          controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.once("end", () => {
          if (incoming.stream?.rstCode) brokenOff();
          else finish(() => controller.close());
        });
        incoming.once("error", (error) => finish(() => controller.error(error)));
        incoming.once("aborted", brokenOff);
        incoming.once("close", () => {
          if (!incoming.complete) brokenOff();
        });
        incoming.pause();
      },
      pull: () => void incoming.resume(),
      cancel() {
        over = true;
        drain(incoming);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * When what the client still sends has been taken in, or he has left: a FastCGI host closes the line at the end of an answer,
 * and the web server, still sending, would call that a failure.
 */
export function bodyTaken(incoming: HostRequest, gone: AbortSignal): Promise<void> {
  if (!hasBody(incoming) || incoming.readableEnded || incoming.destroyed || gone.aborted) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    for (const event of ["end", "close", "error", "aborted"]) incoming.once(event, () => resolve());
    gone.addEventListener("abort", () => resolve());
    incoming.resume();
  });
}

function drain(incoming: HostRequest): void {
  let drained = 0;
  incoming.on("data", (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > DRAIN_LIMIT) incoming.destroy();
  });
  incoming.resume();
}
