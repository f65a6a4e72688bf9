import type { SpoolTry } from "../xmail/spool.ts";
import { latin1 } from "./message-file.ts";

export interface SlogSummary {
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly lastTry: number | null;
  readonly reason: string;
}

export const NO_SLOG: SlogSummary = { tries: 0, lastTry: null, reason: "" };
const PEEK = "[PeekTime]";

/** How often, when last, and what was said last: without cutting the file into lines. */
export function summaryOf(bytes: Uint8Array): SlogSummary {
  const text = latin1(bytes);
  let tries = 0;
  let last = -1;
  for (let at = text.indexOf(PEEK); at !== -1; at = text.indexOf(PEEK, at + PEEK.length)) {
    if (at > 0 && text[at - 1] !== "\n") continue;
    tries += 1;
    last = at;
  }
  if (last === -1) return NO_SLOG;
  const seconds = Number.parseInt(text.slice(last + PEEK.length, last + PEEK.length + 24), 10);
  return {
    tries,
    lastTry: Number.isFinite(seconds) ? seconds * 1000 : null,
    reason: reasonIn(text),
  };
}

/** The last answer of a server; of XMail itself where no server answered. */
function reasonIn(text: string): string {
  const answer = text.lastIndexOf('\nSMTP-Error = "');
  if (answer !== -1) {
    const from = answer + 15;
    const end = lineEnd(text, from);
    return text.slice(from, end).trim().replace(/"$/, "");
  }
  const error = text.lastIndexOf("\nErrString = ");
  return error === -1 ? "" : text.slice(error + 13, lineEnd(text, error + 13)).trim();
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

/** Every try, with each server that it failed at. */
export function triesIn(bytes: Uint8Array): SpoolTry[] {
  const tries: { at: number; failures: { reply: string; server: string; error: string }[] }[] = [];
  let block: { reply: string; server: string; error: string } | null = null;
  for (const line of latin1(bytes).split(/\r?\n/)) {
    const peek = /^\[PeekTime\]\s*(\d+)/.exec(line)?.[1];
    if (peek !== undefined) {
      tries.push({ at: Number(peek) * 1000, failures: [] });
    } else if (line === "<<") {
      block = { reply: "", server: "", error: "" };
      tries.at(-1)?.failures.push(block);
    } else if (line === ">>") block = null;
    else if (block) {
      const [, key = "", value = ""] = /^(\S+)\s*=\s*(.*)$/.exec(line) ?? [];
      const plain = value.replace(/^"(.*)"$/, "$1");
      if (key === "SMTP-Error") block.reply = plain;
      else if (key === "SMTP-Server") block.server = plain;
      else if (key === "ErrString") block.error = plain;
      else if (key === "ErrInfo" && block.reply === "") block.reply = plain;
    }
  }
  for (const { failures } of tries) for (const one of failures) if (one.reply === "") one.reply = one.error;
  return tries;
}
