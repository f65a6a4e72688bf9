import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { CHALLENGE } from "./peer.ts";

/** One recorded exchange; the fields are explained where the recordings come from. */
export interface Recorded {
  readonly group: string;
  readonly seq: number;
  readonly conn: number;
  readonly event?: "connect" | "unsolicited" | "client-drop";
  readonly service?: "CTRL" | "CTRLS";
  readonly command: string | null;
  readonly eol?: string;
  readonly payload: readonly string[] | null;
  readonly payload_sent?: boolean;
  readonly upload_unfinished?: boolean;
  readonly pre_status?: string;
  readonly status: string | null;
  readonly lines: readonly string[] | null;
  readonly terminator_missing?: boolean;
  readonly closed?: boolean;
}

const FILE = new URL("../../fixtures/xmail/ctrl-transcripts.jsonl", import.meta.url);

export function recordings(): Recorded[] {
  return readFileSync(FILE, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Recorded);
}

/** A recorded command or payload line as the bytes that were sent, one character per byte. */
export function sentBytes(text: string): string {
  const expanded = text
    .replace(/\{\{rep:(.):(\d+)\}\}/g, (_, letter: string, times: string) => letter.repeat(Number(times)))
    .replace(/\{\{md5:([^}]*)\}\}/g, (_, password: string) => digest(password))
    .replace(/\{\{MD5:([^}]*)\}\}/g, (_, password: string) => digest(password).toUpperCase());
  return Buffer.from(expanded, "utf8").toString("latin1");
}

/** A recorded answer line with its placeholders filled in, one character per byte. */
export function answeredBytes(text: string): string {
  const filled = text
    .replaceAll("{TIMESTAMP}", CHALLENGE)
    .replaceAll("{DATE}", "Tue, 24 Nov 2026 08:13:11 -0000")
    .replaceAll("{NBRTIME}", "2026-11-24 08:13:11");
  return Buffer.from(filled, "utf8").toString("latin1");
}

/**
 * The values of a command line written the way this client writes: every token in quotes with only `\"` escaped, or
 * bare when it ends in a backslash. `null` for a line written in another way.
 */
export function canonicalTokens(line: string): string[] | null {
  const values = line.split("\t").map((token) => {
    const value = /^"(.*)"$/s.exec(token)?.[1]?.replaceAll('\\"', '"') ?? token;
    const written = value.endsWith("\\") ? value : `"${value.replaceAll('"', '\\"')}"`;
    return written === token ? value : null;
  });
  return values.every((value) => value !== null) ? values : null;
}

function digest(password: string): string {
  return createHash("md5")
    .update(CHALLENGE + password)
    .digest("hex");
}
