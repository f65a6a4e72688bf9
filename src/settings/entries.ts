import { createHash } from "node:crypto";
import { type Line, parseTable, type Row, type Table, textOf } from "../tab/codec.ts";
import { splitRecord, type TableFormat } from "../tab/lines.ts";

/** One entry of a settings table. */
export interface Entry {
  /** Digest of the line, and which of equal lines it is: who asks for it later is told when it changed since. */
  readonly id: string;
  /** Number of the line in the file, from 1. */
  readonly line: number;
  /** As text. */
  readonly cells: readonly string[];
  /** False for one that is switched off: a comment that holds a whole entry. */
  readonly on: boolean;
  /** The line as it stands there, without its end, as text. */
  readonly text: string;
}

export interface Located extends Entry {
  readonly at: Line;
}

/** Which comments are entries that somebody switched off; `null`: none. */
export type IsEntry = ((cells: readonly string[]) => boolean) | null;

const OFF = "#";
const DIGITS = 12;

export function tableIn(bytes: Uint8Array | null, format: TableFormat): Table {
  return parseTable(bytes ?? new Uint8Array(), format);
}

/** In the order of the file. */
export function entriesOf(table: Table, isEntry: IsEntry): Located[] {
  const seen = new Map<string, number>();
  const entries: Located[] = [];
  table.lines.forEach((at, index) => {
    const on = isRow(at);
    const cells = on ? at.cells.map(textOf) : isEntry && table.format.comments ? offCells(at.raw) : null;
    if (!cells || (!on && !isEntry?.(cells))) return;
    const text = textOf(at.raw.replace(/[\r\n]+$/, ""));
    const digest = createHash("sha256").update(text).digest("hex").slice(0, DIGITS);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    entries.push({ id: count === 1 ? digest : `${digest}-${count}`, line: index + 1, cells, on, text, at });
  });
  return entries;
}

/** Cells of what stands behind the sign; only lines as XMail and we write them, so that no sentence is taken for one. */
function offCells(raw: string): string[] | null {
  return raw.startsWith(`${OFF}"`) ? splitRecord(raw.slice(OFF.length)).map(textOf) : null;
}

/** Text of the line that switches an entry off or on. */
export function switched(raw: string, on: boolean): string {
  const body = raw.replace(/[\r\n]+$/, "");
  return on ? body.slice(OFF.length) : `${OFF}${body}`;
}

function isRow(line: Line): line is Row {
  return "cells" in line;
}
