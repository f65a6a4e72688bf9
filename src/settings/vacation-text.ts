import { cellOf, encodeCell, textOf } from "../tab/codec.ts";
import { tableIn } from "./entries.ts";

/** What an account answers while its owner is away, and when. */
export interface VacationText {
  /** Empty: `Auto:` and the subject of the mail that is answered. */
  readonly subject: string;
  /** Lines end in LF. */
  readonly text: string;
  /** First and last day, like `2026-08-15`, on the clock of XMail's machine; `null` for no end. */
  readonly from: string | null;
  readonly until: string | null;
  /** Days before the same sender is answered again. */
  readonly days: number;
}

/** In the account's folder. XMail looks at no file of this name, and removes it with the account. */
export const VACATION_FILE = "vacation.tab";
export const DEFAULT_DAYS = 7;
export const MOST_DAYS = 365;
export const NO_VACATION: VacationText = {
  subject: "",
  text: "",
  from: null,
  until: null,
  days: DEFAULT_DAYS,
};

const FORMAT = { comments: true, lineBuffer: 2048 } as const;
const HEAD = "# Written by xmailcfg: the text of the vacation answer, percent-encoded UTF-8.\n";
/** Letters a row: percent-encoded, none of them takes more than 12 bytes of XMail's line of 2,046. */
const LETTERS_PER_ROW = 120;

/**
 * Only ASCII, and short lines: XMail's own file commands carry nothing else. A text is as many rows as it needs, one for
 * each of its lines at least, so that a change of the file is read line by line.
 */
export function vacationBytes({ subject, text, from, until, days }: VacationText): Uint8Array {
  const rows = [
    ...piecesOf(subject).map((piece) => ["subject", piece]),
    ...(from === null ? [] : [["from", from]]),
    ...(until === null ? [] : [["until", until]]),
    ["days", String(days)],
    ...piecesOf(text).map((piece) => ["text", piece]),
  ];
  const lines = rows.map((cells) => cells.map((cell) => encodeCell(cellOf(cell))).join("\t"));
  return Buffer.from(`${HEAD}${lines.join("\n")}\n`, "latin1");
}

/** What cannot be read counts as not said: somebody may have edited the file. */
export function vacationIn(bytes: Uint8Array | null): VacationText {
  const found = new Map<string, string>();
  for (const { cells } of tableIn(bytes, FORMAT).rows) {
    const [name, value] = cells.map(textOf);
    if (name === undefined || value === undefined) continue;
    found.set(name, `${found.get(name) ?? ""}${decoded(value)}`);
  }
  const day = (name: string) => (isDay(found.get(name) ?? "") ? (found.get(name) ?? null) : null);
  const days = Number(found.get("days"));
  return {
    subject: (found.get("subject") ?? "").replace(/\p{Cc}+/gu, " "),
    text: found.get("text") ?? "",
    from: day("from"),
    until: day("until"),
    days: Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : DEFAULT_DAYS,
  };
}

/** `2026-02-29` is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function piecesOf(text: string): string[] {
  return (text.match(/[^\n]*\n|[^\n]+/g) ?? []).flatMap((line) => {
    const letters = [...line];
    const pieces: string[] = [];
    for (let at = 0; at < letters.length; at += LETTERS_PER_ROW) {
      pieces.push(encoded(letters.slice(at, at + LETTERS_PER_ROW).join("")));
    }
    return pieces;
  });
}

/** What no TAB file minds stays readable. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(?:20|2C|3A|3B|3F|2F|40)/g, decodeURIComponent);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
