#!/usr/bin/env node
import { readFile, stat } from "node:fs/promises";
import { run } from "./run.ts";
import { askHidden } from "./terminal.ts";

async function readInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

run(process.argv.slice(2), {
  env: process.env,
  interactive: process.stdin.isTTY === true,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readInput: async () => (await readInput()).toString(),
  askSecret: (question) => askHidden(question, process.stdin, process.stderr),
  readFile: (path) => readFile(path, "utf8"),
  readBytes: (path) => (path === null ? readInput() : readFile(path)),
  ...(process.platform === "win32" ? {} : { modeOf: async (path: string) => (await stat(path)).mode }),
  stopped: () =>
    new Promise((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    }),
}).then((code) => {
  process.exitCode = code;
});
