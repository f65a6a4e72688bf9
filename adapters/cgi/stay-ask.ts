import { writeSync } from "node:fs";
import type { Socket } from "node:net";
import { failureText } from "./failure-response.ts";
import { bodyLength, type CgiEnvironment } from "./request-from-env.ts";
import { blocksOf } from "./standard-input.ts";
import { inOwnFolder, isOwnSocket, type StayPlace } from "./stay-place.ts";
import { environmentBytes, frame, frameReader, KIND } from "./stay-wire.ts";
import { isGone, writeAll } from "./write-response.ts";

/** Until the process says that it takes the request; one that hangs must not hold everybody. */
const PATIENCE_MS = 2_000;

/** The exit code when it was answered; `nobody` when there is no such process, `unwilling` when it has enough to do. */
export type Asked = number | "nobody" | "unwilling";

/**
 * Hands the request over and relays the answer. Nothing is asked twice that could change something: before the other
 * side has taken the request it has not begun, and after that only a GET of which nothing was answered is served anew.
 */
export async function askStayed(place: StayPlace, env: CgiEnvironment): Promise<Asked> {
  const socket = await connected(place);
  return socket === null ? "nobody" : relay(socket, { ...env, XMAILCFG_CONFIG: place.configuration });
}

async function connected({ folder, name }: StayPlace): Promise<Socket | null> {
  try {
    if (!inOwnFolder(folder, () => isOwnSocket(name))) return null;
    const { connect } = await import("node:net");
    // The system call is made at once, so the short name is enough.
    return inOwnFolder(folder, () => connect(name));
  } catch {
    return null;
  }
}

function relay(socket: Socket, env: CgiEnvironment): Promise<Asked> {
  const length = bodyLength(env);
  const repeatable = /^(?:GET|HEAD)$/.test(env["REQUEST_METHOD"] ?? "GET") && length === 0;
  return new Promise((resolve) => {
    let taken = false;
    let answered = false;
    let refused = false;
    const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
    const end = (asked: Asked) => {
      clearTimeout(patience);
      resolve(asked);
      socket.destroy();
    };
    const read = frameReader((kind, bytes) => {
      if (kind === KIND.output) {
        answered = true;
        if (!written(bytes)) end(0);
      } else if (kind === KIND.exit) end(bytes[0] ?? 0);
      else if (kind === KIND.errors) writeSync(2, bytes);
      else if (kind === KIND.refused) refused = true;
      else if (kind === KIND.taken) {
        taken = true;
        clearTimeout(patience);
        if (!repeatable) sendBody(socket, length);
      }
    });
    socket.on("error", () => undefined);
    socket.on("data", read);
    socket.on("close", () => {
      if (refused) end("unwilling");
      else if (!taken || (repeatable && !answered)) end("nobody");
      else end(brokenOff(env, answered));
    });
    socket.write(frame(KIND.request, environmentBytes(env)));
    if (repeatable) socket.write(frame(KIND.bodyEnd));
  });
}

/** Block by block, each when the one before has left: the web server waits while nobody reads. */
function sendBody(socket: Socket, length: number | null): void {
  const blocks = blocksOf(length);
  const send = () => {
    const block = blocks.next();
    if (block === null) socket.write(frame(KIND.bodyEnd));
    else socket.write(frame(KIND.body, block), (error) => error ?? send());
  };
  send();
}

function written(bytes: Buffer): boolean {
  try {
    writeAll(1, bytes);
    return true;
  } catch (error) {
    if (!isGone(error)) throw error;
    return false;
  }
}

const LOST = "The process that stayed ended in the middle of a request.";

function brokenOff(env: CgiEnvironment, answered: boolean): number {
  const line = { at: new Date(), program: "xmailcfg.cgi", level: "error", message: LOST };
  writeSync(2, `${JSON.stringify({ ...line, method: env["REQUEST_METHOD"], path: env["PATH_INFO"] })}\n`);
  if (answered) return 1;
  const person = (env["HTTP_ACCEPT"] ?? "").includes("text/html");
  const { headers, body } = failureText(person);
  const lines = ["Status: 500 Internal Server Error", ...headers.map(([name, value]) => `${name}: ${value}`)];
  written(Buffer.from(`${lines.join("\r\n")}\r\n\r\n${env["REQUEST_METHOD"] === "HEAD" ? "" : body}`));
  return 1;
}
