import type { Answer } from "./exchange.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { expectSuccess } from "./refusal.ts";
import { parseRecord } from "./reply-parser.ts";
import { compareUpload, encodeUpload, joinLines, LONGEST_FILE_LINE } from "./upload.ts";
import type { Command } from "./wire.ts";

/** A file as XMail shows it. */
export interface FileContent {
  /** LF after every line; XMail tells neither CRs at line ends nor whether the last line had an end. */
  readonly bytes: Uint8Array;
  /** False when a line is so long that XMail may have cut it in pieces: such a file must not be written back. */
  readonly whole: boolean;
}

export interface UploadOptions extends CtrlCallOptions {
  /** Read the file back and compare it (default true); `FILE_CHANGED` when it differs. */
  readonly verify?: boolean;
}

/** A command whose answer is its status. */
export async function change(line: CtrlLine, command: Command, options?: CtrlCallOptions): Promise<void> {
  expectSuccess(command, (await line.ask(command, options)).status);
}

/** The records of a short list, at once. `columns` is the least number of values in each. */
export async function records(
  line: CtrlLine,
  command: Command,
  columns: number,
  options?: CtrlCallOptions,
): Promise<(readonly string[])[]> {
  return readRecords(command, await line.ask(command, options), columns);
}

export function readRecords(command: Command, answer: Answer, columns: number): (readonly string[])[] {
  expectSuccess(command, answer.status);
  return answer.lines.map((one) => parseRecord(one, columns));
}

/** The file a command answers with, or `null` when XMail refuses with the number `absent`. */
export async function readFile(
  line: CtrlLine,
  command: Command,
  options?: CtrlCallOptions,
  absent?: number,
): Promise<FileContent | null> {
  const { status, lines } = await line.ask(command, options);
  if (!status.ok && status.code === absent) return null;
  expectSuccess(command, status);
  return { bytes: joinLines(lines), whole: lines.every((one) => one.length < LONGEST_FILE_LINE) };
}

/** Uploads `bytes` and, unless told otherwise, looks whether they arrived. */
export async function writeFile(
  line: CtrlLine,
  command: Command,
  bytes: Uint8Array,
  readBack: () => Promise<FileContent | null>,
  options: UploadOptions = {},
): Promise<void> {
  await upload(line, command, encodeUpload(bytes), options);
  if (options.verify === false) return;
  compareUpload(bytes, (await readBack())?.bytes ?? new Uint8Array());
}

export async function upload(
  line: CtrlLine,
  command: Command,
  payload: Buffer,
  options?: CtrlCallOptions,
): Promise<void> {
  expectSuccess(command, (await line.upload(command, payload, options)).status);
}
