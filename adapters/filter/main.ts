import { answerMail } from "./answer-mail.ts";

/** XMail waits 30 s for a step of its list. */
const LONGEST_MS = 25_000;

/**
 * What XMail starts for a mail. It always ends with 0: whatever goes wrong, the mail has been delivered and stays so. What
 * it says is for whoever tries it by hand; the outputs of a service may be closed.
 */
function end(said: string): void {
  try {
    process.stdout.write(`${said}\n`, () => process.exit(0));
  } catch {
    process.exit(0);
  }
}

function failed(error: unknown): void {
  end(`failed: ${error instanceof Error ? error.message : String(error)}`);
}

process.stdout.on("error", () => process.exit(0));
process.on("uncaughtException", failed);
process.on("unhandledRejection", failed);
setTimeout(() => process.exit(0), LONGEST_MS).unref();
answerMail(process.argv.slice(2)).then(end, failed);
