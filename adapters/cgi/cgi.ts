import type { FetchHandler } from "../../src/index.ts";
import { bodyLength, type CgiEnvironment, requestFromEnv } from "./request-from-env.ts";
import { type StandardInput, standardInput } from "./standard-input.ts";
import { writeResponse } from "./write-response.ts";

/**
 * One CGI request: environment and standard input in, standard output out; resolves when all is written. The program
 * exits then by itself unless the handler keeps something open.
 */
export async function runCgi(handler: FetchHandler, env: CgiEnvironment = process.env): Promise<void> {
  const input = standardInput(bodyLength(env));
  const { response, address } = await respond(handler, env, input);
  // Before the answer: a server that is still writing the body would not read it.
  input.drain();
  await writeResponse(response, address);
}

async function respond(handler: FetchHandler, env: CgiEnvironment, input: StandardInput) {
  let cgi: ReturnType<typeof requestFromEnv>;
  try {
    cgi = requestFromEnv(env, input.stream);
  } catch {
    // A method or host that no `Request` takes; nothing of the product is reached.
    return { response: new Response(null, { status: 400 }), address: "http://localhost/" };
  }
  const { request, basePath, address } = cgi;
  const peer = { basePath, ...(address === undefined ? {} : { address }) };
  return { response: await handler(request, peer), address: request.url };
}
