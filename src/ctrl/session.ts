import type { CallOptions } from "../xmail/call-options.ts";
import { change, upload } from "./answers.ts";
import { pathArgument } from "./arguments.ts";
import type { Greeting } from "./greeting.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { encodeUpload } from "./upload.ts";
import { encodeCommand } from "./wire.ts";

const ANYTHING = Buffer.from("x\n");

export interface Session {
  noop(options?: CtrlCallOptions): Promise<void>;
  /** What the server said of itself. */
  greeting(options?: CallOptions): Promise<Greeting>;
  /** Stops XMail within about 4 s. */
  shutDownServer(options?: CtrlCallOptions): Promise<void>;
  /** Fetches from all POP3 links within about 2 s. */
  fetchPop3Links(options?: CtrlCallOptions): Promise<void>;
}

export function sessionOver(line: CtrlLine): Session {
  const order = (path: string, options?: CtrlCallOptions) =>
    upload(line, encodeCommand("cfgfileset", [pathArgument(path)]), encodeUpload(ANYTHING), options);
  return {
    noop: async (options) => change(line, encodeCommand("noop"), options),
    greeting: async (options) => line.greet(options),
    shutDownServer: async (options) => order(".shutdown", options),
    fetchPop3Links: async (options) => order(".psync-trigger", options),
  };
}
