import { writeSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { pause } from "./standard-input.ts";

/** The answer in CGI's form. `address` completes `Location`: a bare path would be an internal redirect, status 200. */
export async function writeResponse(response: Response, address: string, file = 1): Promise<void> {
  writeAll(file, Buffer.from(headOf(response, address), "latin1"));
  if (!response.body) return;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    writeAll(file, value);
  }
}

function headOf({ status, headers }: Response, address: string): string {
  const lines = [`Status: ${status} ${STATUS_CODES[status] ?? "Unknown"}`];
  for (const [name, value] of headers) {
    lines.push(`${name}: ${name === "location" ? new URL(value, address).href : value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Pipes take part of a block, or nothing for a while. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.byteLength; ) {
    try {
      sent += writeSync(file, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}
