import { connect, constants } from "node:http2";
import type { Got, Opening, Sent } from "./host-suite.ts";

/** One HTTP/2 connection; each request is a stream of it. */
export function http2Client(origin: string) {
  const session = connect(origin);
  const begin = ({ method, path, headers, body }: Sent) => {
    const length = body ? { "content-length": String(body.byteLength) } : {};
    const ends = method === "GET" || method === "HEAD";
    const stream = session.request(
      { ":method": method, ":path": path, ...headers, ...length },
      { endStream: ends },
    );
    const headed = new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once("response", resolve);
      stream.on("error", reject);
    });
    headed.catch(() => undefined);
    return { stream, headed };
  };
  return {
    async send(sent: Sent): Promise<Got> {
      const { stream, headed } = begin(sent);
      if (!stream.writableEnded) stream.end(sent.body);
      const { ":status": status, "set-cookie": cookies, ...headers } = await headed;
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return {
        status: Number(status),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        cookies: (cookies as string[] | undefined) ?? [],
        body: Buffer.concat(chunks),
      };
    },
    open(sent: Sent): Opening {
      const { stream, headed } = begin(sent);
      const pieces = stream[Symbol.asyncIterator]();
      return {
        write: (bytes) => void stream.write(bytes),
        async read() {
          await headed;
          const { done, value } = await pieces.next();
          return done ? null : (value as Buffer);
        },
        leave: () => stream.close(constants.NGHTTP2_CANCEL),
      };
    },
    close: () => session.destroy(),
  };
}
