import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const TOP = realpathSync(join(import.meta.dirname, "../.."));

/** A copy of the parts of this project named in `parts`, with its `node_modules`, to plant faults in. */
export interface TreeCopy {
  readonly top: string;
  plant(path: string, text: string): void;
  remove(): void;
}

export function treeCopy(parts: readonly string[]): TreeCopy {
  const top = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-gate-"));
  for (const part of parts) cpSync(join(TOP, part), join(top, part), { recursive: true });
  symlinkSync(join(TOP, "node_modules"), join(top, "node_modules"));
  return {
    top,
    plant(path, text) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool of `node_modules/.bin`, or a program by its path, in `cwd`; resolves whatever its exit code. */
export function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const path = program.includes("/") ? program : join(TOP, "node_modules/.bin", program);
  return new Promise((resolve) => {
    execFile(path, args, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
