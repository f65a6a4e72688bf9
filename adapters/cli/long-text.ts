import { textOfBytes } from "../../src/index.ts";
import { type Terminal, UsageError } from "./terminal.ts";

/** All of a file, or of standard input (`-`), whatever of the usual ways its letters are coded in. */
export async function longText(file: string, flag: string, terminal: Terminal): Promise<string> {
  const bytes = await terminal.readBytes(file === "-" ? null : file).catch(() => null);
  if (!bytes) throw new UsageError(`--${flag}: ${file} cannot be read.`);
  const read = textOfBytes(bytes);
  if (!read) throw new UsageError(`--${flag}: ${file} is not text in UTF-8, UTF-16 or Shift_JIS.`);
  return read.text;
}
