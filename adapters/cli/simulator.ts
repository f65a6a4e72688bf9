import { parseArgs } from "node:util";
import { local } from "../../src/index.ts";
import { startSimulator } from "../../src/testing/index.ts";
import { portOf } from "./serve.ts";
import { type Terminal, UsageError } from "./terminal.ts";

/** `xmailcfg simulator`: XMail's control protocol over a MailRoot, on 127.0.0.1, until SIGINT. */
export async function runSimulator(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "mail-root": { type: "string" },
      port: { type: "string" },
      "tls-port": { type: "string" },
      "ctrl-log": { type: "boolean" },
      "max-sessions": { type: "string" },
      "session-timeout": { type: "string" },
    },
  });
  const root = values["mail-root"];
  if (root === undefined) throw new UsageError("xmailcfg simulator needs --mail-root DIR.");
  const simulator = await startSimulator({
    storage: local(root),
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
    ...(values["tls-port"] === undefined ? {} : { tlsPort: portOf(values["tls-port"]) }),
    ...(values["ctrl-log"] ? { ctrlLog: true } : {}),
    ...(values["max-sessions"] === undefined
      ? {}
      : { maxSessions: count("max-sessions", values["max-sessions"]) }),
    ...(values["session-timeout"] === undefined
      ? {}
      : { sessionTimeoutMs: count("session-timeout", values["session-timeout"]) * 1000 }),
  });
  terminal.out(`CTRL on 127.0.0.1:${simulator.port}, CTRLS on 127.0.0.1:${simulator.tlsPort}\n`);
  await Promise.race([terminal.stopped(), simulator.closed]);
  await simulator.close();
}

function count(flag: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--${flag} takes a whole number above 0, not ${text}.`);
  return Number(text);
}
