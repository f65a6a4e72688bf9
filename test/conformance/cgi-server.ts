import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCgi } from "../../.ci/cgi-program.ts";
import type { Got, Host, Opening, Sent } from "./host-suite.ts";

const PROGRAM = fileURLToPath(new URL("./host-cgi-program.ts", import.meta.url));

export type Variables = Readonly<Record<string, string>>;

/** The suite's program as ours is shipped, in a folder of its own; `lean` is what is shipped. */
export async function buildProgram(lean = true): Promise<{ readonly path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-cgi-"));
  await buildCgi({ entry: PROGRAM, folder, lean });
  return {
    path: join(folder, "xmailcfg.cgi"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts the program as a web server does, and keeps its end of the pipes. */
export function startProgram(path: string, variables: Variables, args: readonly string[] = []) {
  // Ours is for Node; what else there is says itself what it is for.
  const command = path.endsWith("-quick.cgi") ? [path] : [process.execPath, path];
  const child = spawn(command[0] ?? "", [...command.slice(1), ...args], {
    env: { PATH: process.env["PATH"] ?? "", GATEWAY_INTERFACE: "CGI/1.1", ...variables },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // A program that leaves part of the body unread breaks the pipe, and a server resets its client then.
  const refused: string[] = [];
  child.stdin.on("error", (error) => refused.push(error.message));
  const ended = new Promise<{ code: number | null; out: Buffer; err: string; refused: readonly string[] }>(
    (resolve) => {
      child.once("close", (code) =>
        resolve({ code, out: Buffer.concat(out), err: Buffer.concat(err).toString(), refused }),
      );
    },
  );
  return { child, ended };
}

/** The process reads and writes only; what else becomes of its client is between the server and him. */
export const CANNOT_OF_CGI: Host["cannot"] = {
  aborted: "a process hears of its client only by reading and writing",
  idle: "the same: who writes nothing notices nothing",
};

/** One request through a process of its own. */
export async function sendCgi(path: string, variables: Variables, { body }: Sent): Promise<Got> {
  const { child, ended } = startProgram(path, variables);
  child.stdin.end(body);
  const { out, err, refused } = await ended;
  if (err !== "" || refused.length > 0) throw new Error(err + refused);
  return readAnswer(out);
}

/** The same, with both ends left open; who leaves closes both, as a server does. */
export function openCgi(path: string, variables: Variables, { method, headers }: Sent): Opening {
  const length = headers["content-length"];
  const { child } = startProgram(path, { ...variables, ...(length ? { CONTENT_LENGTH: length } : {}) });
  if (method === "GET") child.stdin.end();
  const pieces = child.stdout[Symbol.asyncIterator]();
  let head: Buffer | null = Buffer.alloc(0);
  return {
    write: (bytes) => void child.stdin.write(bytes),
    async read() {
      for (;;) {
        const { done, value } = await pieces.next();
        if (done) return null;
        if (head === null) return value as Buffer;
        head = Buffer.concat([head, value as Buffer]);
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) continue;
        const first = head.subarray(end + 4);
        head = null;
        if (first.length > 0) return first;
      }
    },
    leave() {
      child.stdin.destroy();
      child.stdout.destroy();
    },
  };
}

/** The environment Apache makes of a request. */
export function variablesOf({ method, path, headers, body }: Sent, script: string): Variables {
  const [pathname = "", query = ""] = path.split("?", 2);
  const ofHeaders = Object.entries(headers).map(([name, value]) => {
    const upper = name.toUpperCase().replaceAll("-", "_");
    return [upper === "CONTENT_TYPE" ? upper : `HTTP_${upper}`, value];
  });
  return {
    SERVER_PROTOCOL: "HTTP/1.1",
    SERVER_NAME: "127.0.0.1",
    SERVER_PORT: "8080",
    REMOTE_ADDR: "127.0.0.1",
    HTTP_HOST: "127.0.0.1:8080",
    REQUEST_METHOD: method,
    REQUEST_URI: script + path,
    SCRIPT_NAME: script,
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: query,
    ...(body === undefined ? {} : { CONTENT_LENGTH: String(body.byteLength) }),
    ...Object.fromEntries(ofHeaders),
  };
}

/** Reads the answer by RFC 3875: `Status`, headers, an empty line, the rest. */
export function readAnswer(out: Buffer): Got {
  const end = out.indexOf("\r\n\r\n");
  if (end < 0) throw new Error(`no end of headers in ${out.toString("latin1", 0, 200)}`);
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const line of out.toString("latin1", 0, end).split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === "set-cookie") cookies.push(value);
    else headers[name.toLowerCase()] = value;
  }
  const { status = "", ...rest } = headers;
  return { status: Number(status.slice(0, 3)), headers: rest, cookies, body: out.subarray(end + 4) };
}
