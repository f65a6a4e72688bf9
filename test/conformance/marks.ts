import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How long anything may take on a machine that is busy. */
const PATIENCE_MS = 15_000;

/** Handler and test may live in two processes: what happened is told by files in a folder that both know. */
export function mark(folder: string, name: string): void {
  // A server that is stopped ends what a test left behind, and that test's folder is gone.
  if (existsSync(folder)) writeFileSync(join(folder, name), "");
}

export function isMarked(folder: string, name: string): boolean {
  return existsSync(join(folder, name));
}

export async function marked(folder: string, name: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !isMarked(folder, name); ) {
    if (Date.now() > end) throw new Error(`"${name}" never happened`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
