import { openDemo } from "../../src/testing/index.ts";
import { jsonLines } from "../node/json-lines.ts";
import { listen, listenOptions } from "./serve.ts";
import type { Terminal } from "./terminal.ts";

/** `xmailcfg demo`: the whole product on generated data in a temporary folder, gone when it stops; `--storm` to practise. */
export async function runDemo(args: readonly string[], terminal: Terminal): Promise<void> {
  const storm = args.includes("--storm");
  const wish = listenOptions(args.filter((one) => one !== "--storm"));
  const demo = await openDemo({ log: jsonLines("xmailcfg", terminal.err), storm });
  try {
    const listening = await listen(demo.panel, wish);
    terminal.out(
      `xmailcfg demo on ${listening.address}\n` +
        `  sign in as: ${demo.administrator}\n` +
        `  password:   ${demo.password.reveal()}\n` +
        `${storm ? "  A password was guessed and the queue is full of spam: practise under Storm rescue.\n" : ""}` +
        "  Everything here is made up and vanishes when you stop it with Ctrl-C.\n",
    );
    await terminal.stopped();
    await listening.close();
  } finally {
    await demo.close();
  }
}
