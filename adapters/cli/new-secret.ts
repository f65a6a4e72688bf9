import { type Terminal, UsageError } from "./terminal.ts";

/** From a file, from standard input (`-`), or asked for twice; never from the command line. */
export async function newSecret(file: unknown, flag: string, terminal: Terminal): Promise<string> {
  if (typeof file === "string") return firstLine(file, flag, terminal);
  if (!terminal.interactive) {
    throw new UsageError(`Give --${flag}-file FILE, or --${flag}-file - to read it from standard input.`);
  }
  const typed = await terminal.askSecret(`${flag}: `);
  const again = await terminal.askSecret(`${flag} again: `);
  if (typed !== again) throw new UsageError("The two are not the same, nothing is done.");
  return typed;
}

async function firstLine(file: string, flag: string, terminal: Terminal): Promise<string> {
  const text = file === "-" ? terminal.readInput() : terminal.readFile(file);
  const [line = ""] = (await text.catch(() => unreadable(file, flag))).split(/\r?\n/, 1);
  return line;
}

function unreadable(file: string, flag: string): never {
  throw new UsageError(`--${flag}-file: ${file} cannot be read.`);
}
