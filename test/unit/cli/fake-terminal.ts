import type { Terminal } from "../../../adapters/cli/terminal.ts";

export interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly complaints: string[];
}

/** A terminal of text in memory; `files` are all the files there are. */
export function fakeTerminal(
  options: { files?: Record<string, string | Uint8Array>; env?: Record<string, string>; input?: string } = {},
): FakeTerminal {
  const printed: string[] = [];
  const complaints: string[] = [];
  const fileAt = (path: string): string | Uint8Array => {
    const file = options.files?.[path];
    if (file === undefined) throw new Error("ENOENT");
    return file;
  };
  return {
    printed,
    complaints,
    env: options.env ?? {},
    interactive: false,
    out: (text) => void printed.push(text),
    err: (text) => void complaints.push(text),
    readInput: async () => options.input ?? "",
    askSecret: async () => "",
    readFile: async (path) => Buffer.from(fileAt(path)).toString(),
    readBytes: async (path) => Buffer.from(path === null ? (options.input ?? "") : fileAt(path)),
    stopped: () => new Promise(() => undefined),
  };
}
