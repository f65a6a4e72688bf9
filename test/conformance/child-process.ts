import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  /** Resolves with the line that begins so. */
  says(start: string): Promise<string>;
  /** Not even `finally` runs in it. */
  kill(): Promise<void>;
  stop(): void;
  goOn(): void;
}

const running = new Set<Child>();

/** Ends what still runs: a test that removes its folder must be the last one in it. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill()));
}

/** A real process of ours, from TypeScript. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.stdout) {
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const started: Child = {
    says: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((said) => said.startsWith(start));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        void ended.then(() => setTimeout(() => reject(new Error(`${script} ended without "${start}"`)), 100));
        look();
      }),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    stop: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
  };
  running.add(started);
  void ended.then(() => running.delete(started));
  return started;
}
