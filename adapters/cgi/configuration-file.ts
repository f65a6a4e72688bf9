import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CgiEnvironment } from "./request-from-env.ts";

const DEFAULT_FILE = "xmailcfg.config.json";

/**
 * Where the configuration may be, first come first: the file that `XMAILCFG_CONFIG` names, else the one beside the
 * program: servers start programs in folders of their own choice. A program that is called through a link has its
 * configuration beside the link or beside itself.
 */
export function configurationFiles(env: CgiEnvironment, program: string): readonly string[] {
  const named = env["XMAILCFG_CONFIG"];
  if (named) return [named];
  return [...new Set([program, real(program)].map((path) => join(dirname(path), DEFAULT_FILE)))];
}

function real(program: string): string {
  try {
    return realpathSync(program);
  } catch {
    return program;
  }
}
