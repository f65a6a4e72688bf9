import { readFileSync } from "node:fs";
import { fail } from "../../src/index.ts";
import { configurationFiles } from "./configuration-file.ts";
import type { CgiEnvironment } from "./request-from-env.ts";

export interface Configuration {
  readonly file: string;
  readonly text: string;
  readFile(path: string): Promise<string>;
}

/** The first configuration that is there. */
export function readConfiguration(env: CgiEnvironment, program = process.argv[1] ?? ""): Configuration {
  const files = configurationFiles(env, program);
  for (const file of files) {
    const text = readIfThere(file);
    if (text !== null) return { file, text, readFile: async (path) => readFileSync(path, "utf8") };
  }
  return fail("BAD_CONFIG", "There is no configuration.", { internal: { files } });
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
