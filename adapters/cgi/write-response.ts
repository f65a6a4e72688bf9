import { writeSync } from "node:fs";
import { pause } from "./standard-input.ts";

/** Of the answers we know; `node:http` has them all, and costs 3 ms. */
const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  303: "See Other",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** Where an answer goes that does not go to a file. */
export interface Output {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when nobody reads any more. */
  readonly gone: Promise<void>;
}

/**
 * The answer in CGI's form. `address` completes `Location`: a bare path would be an internal redirect, status 200. When
 * nobody reads any more, what is left is dropped without a word: clients go away every day.
 */
export async function writeResponse(
  response: Response,
  address: string,
  output: number | Output = 1,
): Promise<void> {
  const body = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  const cancel = () => void body?.cancel().catch(() => undefined);
  const write =
    typeof output === "number" ? async (bytes: Uint8Array) => writeAll(output, bytes) : output.write;
  if (typeof output !== "number") void output.gone.then(cancel);
  try {
    await write(Buffer.from(headOf(response, address), "latin1"));
    for (let piece = await body?.read(); piece && !piece.done; piece = await body?.read()) {
      await write(piece.value);
    }
  } catch (error) {
    cancel();
    if (!isGone(error)) throw error;
  }
}

/** Nobody is at the other end of the pipe; the last is what Windows says. */
const GONE = ["EPIPE", "ECONNRESET", "EOF"];

export function isGone(error: unknown): boolean {
  return GONE.includes((error as NodeJS.ErrnoException).code ?? "");
}

function headOf({ status, headers }: Response, address: string): string {
  const lines = [`Status: ${status} ${REASONS[status] ?? "Unknown"}`];
  for (const [name, value] of headers) {
    lines.push(`${name}: ${name === "location" ? new URL(value, address).href : value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Pipes take part of a block, or nothing for a while. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.byteLength; ) {
    try {
      sent += writeSync(file, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}
