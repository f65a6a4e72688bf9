import type { Logger } from "../../src/index.ts";

/** What somebody must look at, one line of JSON each: warnings and errors; `program` says whose they are. */
export function jsonLines(program: string, write: (line: string) => void): Logger {
  const print = (level: string, details: object, message: string) =>
    write(`${harmless(JSON.stringify({ at: new Date(), program, level, message, ...details }, readable))}\n`);
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (details, message) => print("warn", details, message),
    error: (details, message) => print("error", details, message),
  };
}

/** The same to whoever parses it, and nothing that steers the terminal on which somebody reads it. */
function harmless(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}]/gu, (letter) =>
    letter
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** An `Error` in JSON is `{}`. */
function readable(_: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
