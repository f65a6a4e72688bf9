import type { Terminal } from "../../../adapters/cli/terminal.ts";

export interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly complaints: string[];
}

/** A terminal of text in memory; `files` are all the files there are. */
export function fakeTerminal(
  options: { files?: Record<string, string>; env?: Record<string, string>; input?: string } = {},
): FakeTerminal {
  const printed: string[] = [];
  const complaints: string[] = [];
  return {
    printed,
    complaints,
    env: options.env ?? {},
    interactive: false,
    out: (text) => void printed.push(text),
    err: (text) => void complaints.push(text),
    readInput: async () => options.input ?? "",
    askSecret: async () => "",
    readFile: async (path) => options.files?.[path] ?? Promise.reject(new Error("ENOENT")),
    stopped: () => new Promise(() => undefined),
  };
}
