import type { ServerResponse } from "node:http";

/** Sends the whole answer, at the speed of the client, and ends it after `taken`; `gone`, his leaving, ends it quietly. */
export async function writeResponse(
  response: Response,
  outgoing: ServerResponse,
  gone: AbortSignal,
  taken: () => Promise<void>,
): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  // Joined by commas, two cookies would become one that no browser understands.
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (!response.body) {
    await taken();
    outgoing.end();
    return;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  // A source that is silent for hours would not notice by itself that nobody listens any more.
  gone.addEventListener("abort", stop);
  try {
    while (!gone.aborted) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!outgoing.write(value)) await roomIn(outgoing, gone);
    }
    await taken();
    outgoing.end();
  } finally {
    stop();
  }
}

/** Until the client has taken what was written, or has gone away. */
function roomIn(outgoing: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off("drain", done).off("close", done);
      gone.removeEventListener("abort", done);
      resolve();
    };
    outgoing.once("drain", done).once("close", done);
    gone.addEventListener("abort", done);
  });
}
