import type { Logger } from "../../src/index.ts";

/** What somebody must look at, one line of JSON each: warnings and errors; `program` says whose they are. */
export function jsonLines(program: string, write: (line: string) => void): Logger {
  const print = (level: string, details: object, message: string) =>
    write(`${JSON.stringify({ at: new Date(), program, level, message, ...details }, readable)}\n`);
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (details, message) => print("warn", details, message),
    error: (details, message) => print("error", details, message),
  };
}

/** An `Error` in JSON is `{}`. */
function readable(_: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
