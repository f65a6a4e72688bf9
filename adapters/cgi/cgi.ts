import type { FetchHandler } from "../../src/index.ts";
import { failureResponse } from "./failure-response.ts";
import { bodyLength, type CgiEnvironment, requestFromEnv } from "./request-from-env.ts";
import { type StandardInput, standardInput } from "./standard-input.ts";
import { type Output, writeResponse } from "./write-response.ts";

/** Where a request comes from and its answer goes; the process's own, if absent. */
export interface CgiStreams {
  readonly env?: CgiEnvironment;
  /** A file descriptor, or what makes a body of so many bytes. */
  readonly input?: number | ((length: number | null) => StandardInput);
  /** A file descriptor, or who takes the answer. */
  readonly output?: number | Output;
  /** Takes lines for the web server's error log. */
  errors?(line: string): void;
}

/**
 * One CGI request: environment and standard input in, standard output out; resolves when all is written. The program
 * exits then by itself unless the handler keeps something open. When the handler fails, the client gets a page that says
 * so and nothing else, and the promise rejects with the reason.
 */
export async function runCgi(handler: FetchHandler, streams: CgiStreams = {}): Promise<void> {
  const { env = process.env, input = 0, output = 1 } = streams;
  const length = bodyLength(env);
  const body = typeof input === "number" ? standardInput(length, input) : input(length);
  const waiting: Promise<unknown>[] = [];
  const { response, address, failure } = await respond(handler, env, body, (work) => waiting.push(work));
  // Before the answer: a server that is still writing the body would not read it.
  await body.drain();
  await writeResponse(response, address, output);
  await Promise.allSettled(waiting);
  if (failure) throw failure.reason;
}

interface Answer {
  readonly response: Response;
  /** Of the request, which completes `Location`. */
  readonly address: string;
  readonly failure?: { readonly reason: unknown };
}

async function respond(
  handler: FetchHandler,
  env: CgiEnvironment,
  body: StandardInput,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<Answer> {
  let cgi: ReturnType<typeof requestFromEnv>;
  try {
    cgi = requestFromEnv(env, body.stream);
  } catch {
    // A method or host that no `Request` takes; nothing of the product is reached.
    return { response: new Response(null, { status: 400 }), address: "http://localhost/" };
  }
  const { request, peer } = cgi;
  const address = request.url;
  try {
    return { response: await handler(request, { ...peer, waitUntil }), address };
  } catch (reason) {
    return { response: failureResponse(request, peer.basePath), address, failure: { reason } };
  }
}
