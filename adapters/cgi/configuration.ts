import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail } from "../../src/index.ts";
import type { CgiEnvironment } from "./request-from-env.ts";

const DEFAULT_FILE = "xmailcfg.config.json";

export interface Configuration {
  readonly file: string;
  readonly text: string;
  readFile(path: string): Promise<string>;
}

/**
 * The file that `XMAILCFG_CONFIG` names, else the one beside the program: servers start programs in folders of their own
 * choice. A program that is called through a link has its configuration beside the link or beside itself.
 */
export function readConfiguration(env: CgiEnvironment, program = process.argv[1] ?? ""): Configuration {
  const named = env["XMAILCFG_CONFIG"];
  const files = named ? [named] : [program, real(program)].map((path) => join(dirname(path), DEFAULT_FILE));
  for (const file of files) {
    const text = readIfThere(file);
    if (text !== null) return { file, text, readFile: async (path) => readFileSync(path, "utf8") };
  }
  return fail("BAD_CONFIG", "There is no configuration.", { internal: { files: [...new Set(files)] } });
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    return fail("BAD_CONFIG", "The configuration cannot be read.", {
      cause,
      internal: { file, cause: String(cause) },
    });
  }
}

function real(program: string): string {
  try {
    return realpathSync(program);
  } catch {
    return program;
  }
}
