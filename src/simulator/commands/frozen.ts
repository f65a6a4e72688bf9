import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { numericDate } from "../dates.ts";
import { isMailPath } from "../names.ts";
import { refuse } from "../refusal.ts";
import { resolvedBelow } from "../relative-path.ts";
import { type MailRoot, nameBytes, pathOf } from "../root.ts";
import { bodiesOf, leadingNumber, listRow } from "../table-text.ts";

const ANY = Number.POSITIVE_INFINITY;
const LINE_BUFFER = 2048;

/** A file of the queue cell that the arguments name; the name is followed where it leads, within MailRoot, but no file has a `/` behind its name. */
function cellFile(args: readonly string[], stage: string): string | null {
  const [first, second] = [leadingNumber(argument(args, 0)), leadingNumber(argument(args, 1))];
  const name = argument(args, 2);
  return /[^./]\/$/.test(name) ? null : resolvedBelow(`spool/${first}/${second}/${stage}`, name);
}

async function frozenList(root: MailRoot): Promise<Answer> {
  const lines: string[] = [];
  for (const first of await levels(root, "spool")) {
    for (const second of await levels(root, `spool/${first}`)) {
      const cell = `spool/${first}/${second}`;
      for (const entry of (await root.list(`${cell}/froz`)) ?? []) {
        const name = nameBytes(entry.name);
        const envelope = entry.kind === "file" ? envelopeOf(await root.read(`${cell}/froz/${name}`)) : null;
        if (envelope === null) continue;
        const tries = triesOf((await root.read(`${cell}/slog/${name}`)) ?? "");
        const last = numericDate(tries.last ?? root.now());
        lines.push(
          listRow([
            name,
            first,
            second,
            envelope.from,
            envelope.to,
            last,
            String(entry.size),
            String(tries.count),
            "froz",
          ]),
        );
      }
    }
  }
  return { kind: "file", text: lines.map((line) => `${line}\n`).join("") };
}

async function levels(root: MailRoot, folder: string): Promise<string[]> {
  const entries = (await root.list(folder)) ?? [];
  const numbers = entries.filter(({ kind, name }) => kind === "folder" && /^[0-9]+$/.test(name));
  return numbers.map(({ name }) => name).sort((a, b) => Number(a) - Number(b));
}

/** Sender and recipient with their angle brackets; `null` for what the server takes for no message file. */
function envelopeOf(text: string | null): { from: string; to: string } | null {
  const lines = text === null ? [] : bodiesOf(text, { lineBuffer: LINE_BUFFER });
  const [peers = "", , , sender = "", recipient = ""] = lines;
  const from = /^MAIL FROM:[^<]*<([^>]*)>/i.exec(sender)?.[1];
  const to = /^RCPT TO:[^<]*<([^>]*)>/i.exec(recipient)?.[1];
  if (peers.split(";").length < 3 || from === undefined || to === undefined) return null;
  const good = [from, to].every((path) => path === "" || isMailPath(path));
  return good ? { from: `<${from}>`, to: `<${to}>` } : null;
}

/** The server counts the attempts by the lines that begin one. */
function triesOf(log: string): { count: number; last: Date | null } {
  const lines = bodiesOf(log, { lineBuffer: LINE_BUFFER });
  const times = lines.flatMap((line) => /^\[PeekTime\][ \t]*([0-9]+)/.exec(line)?.[1] ?? []);
  const last = times.at(-1);
  return { count: times.length, last: last === undefined ? null : new Date(Number(last) * 1000) };
}

function frozenFile(stage: "froz" | "slog") {
  return async (root: MailRoot, args: readonly string[]): Promise<Answer> => {
    const path = cellFile(args, stage) ?? refuse(19);
    const text = await root.read(path);
    if (text === null && (await root.stat(path)) === null) refuse(19);
    return { kind: "file", text: text ?? "" };
  };
}

/** Back to the queue. Nothing here delivers it: the simulator has no mail transport. */
async function frozenSubmit(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [from, to, log] = [cellFile(args, "froz"), cellFile(args, "mess"), cellFile(args, "slog")];
  if (from === null || to === null || log === null) refuse(164);
  const [fromPath, toPath] = [pathOf(from), pathOf(to)];
  if (!fromPath || !toPath || (await root.stat(from))?.kind !== "file") refuse(164);
  await root.remove(log);
  await root.storage.move(fromPath, toPath);
  return DONE;
}

async function frozenDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  for (const path of [cellFile(args, "slog"), cellFile(args, "froz")]) {
    if (path !== null && (await root.stat(path))?.kind === "file") await root.remove(path);
  }
  return DONE;
}

export const FROZEN_COMMANDS = {
  frozlist: { least: 0, most: ANY, run: frozenList },
  frozsubmit: { least: 3, most: ANY, run: frozenSubmit },
  frozdel: { least: 3, most: ANY, run: frozenDel },
  frozgetlog: { least: 3, most: ANY, run: frozenFile("slog") },
  frozgetmsg: { least: 3, most: ANY, run: frozenFile("froz") },
  // Nothing waits for a retry in a server without a mail transport.
  etrn: { least: 1, most: ANY, run: () => DONE },
} as const satisfies Record<string, Command>;
