import type { Socket } from "node:net";
import type { CgiProgram } from "./load-program.ts";
import type { CgiEnvironment } from "./request-from-env.ts";
import { stayBody } from "./stay-body.ts";
import { environmentOf, frame, frameReader, KIND, PIECE_BYTES } from "./stay-wire.ts";
import type { Output } from "./write-response.ts";

export interface Willing {
  /** Whether this request is taken; one that is counts until the promise of `serveRequest` settles. */
  take(env: CgiEnvironment): boolean;
}

/**
 * One request over a connection, from the environment to the exit code. Begins only when the other side knows that it
 * was taken: whoever does not hear that serves the request himself. Never rejects.
 */
export async function serveRequest(socket: Socket, { main }: CgiProgram, { take }: Willing): Promise<void> {
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  const env = await begun(socket, gone, take);
  if (!env) {
    socket.destroy();
    return;
  }
  const errors = (line: string) => void socket.write(frame(KIND.errors, Buffer.from(line)));
  const output = outputTo(socket, gone);
  let code: number;
  try {
    code = await main({ env: env.variables, input: env.body.source, output, errors });
  } catch (error) {
    errors(`${(error as Error)?.stack ?? error}\n`);
    code = 1;
  }
  // Also when the body was not read to its end, as a refused one is.
  socket.end(frame(KIND.exit, Buffer.of(code)));
  socket.resume();
  await gone;
}

interface Begun {
  readonly variables: CgiEnvironment;
  readonly body: ReturnType<typeof stayBody>;
}

function begun(socket: Socket, gone: Promise<void>, take: Willing["take"]): Promise<Begun | null> {
  return new Promise((resolve) => {
    const body = stayBody(socket);
    let variables: CgiEnvironment | null = null;
    let taken = false;
    const read = frameReader((kind, bytes) => {
      if (kind === KIND.request && variables === null) {
        variables = environmentOf(bytes);
        taken = take(variables);
        if (taken) socket.write(frame(KIND.taken));
        else socket.end(frame(KIND.refused), () => resolve(null));
        return;
      }
      // What a refused one sent along with it is not read.
      if (variables === null || !taken) return;
      if (kind === KIND.body) body.push(bytes);
      else if (kind === KIND.bodyEnd) body.end();
      resolve({ variables, body });
    });
    socket.on("data", (chunk: Buffer) => {
      try {
        read(chunk);
      } catch {
        socket.destroy();
      }
    });
    void gone.then(() => {
      body.breakOff();
      resolve(null);
    });
  });
}

function outputTo(socket: Socket, gone: Promise<void>): Output {
  return {
    gone,
    async write(bytes) {
      for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
        if (socket.destroyed) throw Object.assign(new Error("Nobody reads any more."), { code: "EPIPE" });
        const more = socket.write(frame(KIND.output, bytes.subarray(at, at + PIECE_BYTES)));
        if (!more) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), gone]);
      }
    },
  };
}
