import type { AppError } from "../../errors/error.ts";
import { dialectsFrom } from "./dialects.ts";
import { type Exchange, openExchange } from "./exchange.ts";
import { lostConnection } from "./lost.ts";
import { COMMAND, type Reply, type Request } from "./messages.ts";
import { type Agreement, newOffer } from "./negotiate.ts";
import type { SmbOptions } from "./options.ts";
import { agree, signIn } from "./sign-in.ts";
import { connectTree, validateAgreement } from "./tree.ts";
import { fields } from "./wire.ts";

/** A share that we are signed in to. */
export interface Link {
  readonly agreement: Agreement;
  /** What goes over it is encrypted. */
  readonly encrypted: boolean;
  ask(...requests: readonly Request[]): Promise<readonly Reply[]>;
  /** Why it is no more. */
  lost(): AppError | null;
  /** The server's clock, milliseconds since 1970. */
  serverNow(): number;
  close(): void;
}

const CONNECT_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 30_000;
/** Windows ends sessions that are idle for 15 minutes; firewalls forget connections sooner. */
const KEEP_ALIVE_MS = 60_000;

/** `STORAGE_DENIED` when sign-in is refused or the server is too weak, `STORAGE_FAILED` when it cannot be reached. */
export async function openLink(options: SmbOptions, keepAliveMs = KEEP_ALIVE_MS): Promise<Link> {
  const { host, port = 445, connectTimeoutMs = CONNECT_TIMEOUT_MS, timeoutMs = TIMEOUT_MS } = options;
  const exchange = openExchange(host, port, timeoutMs);
  const late = setTimeout(
    () => exchange.lose(lostConnection("timeout", "The file server does not answer.")),
    connectTimeoutMs,
  );
  try {
    const agreement = await establish(exchange, options);
    const openedMs = performance.now();
    const beat = keepAlive(exchange, keepAliveMs);
    return {
      agreement,
      encrypted: exchange.session.sealing,
      ask: (...requests) => exchange.ask(requests),
      lost: exchange.lost,
      serverNow: () => agreement.serverTimeMs + performance.now() - openedMs,
      close() {
        clearInterval(beat);
        exchange.lose(lostConnection("closed", "This storage was closed."));
      },
    };
  } catch (error) {
    exchange.lose(lostConnection(error));
    throw error;
  } finally {
    clearTimeout(late);
  }
}

async function establish(exchange: Exchange, options: SmbOptions): Promise<Agreement> {
  const { minDialect = "2.0.2", requireSigning = true, requireEncryption = false } = options;
  const offer = newOffer(dialectsFrom(minDialect, requireEncryption), requireSigning);
  const agreed = await agree(exchange, offer, options.host);
  await signIn(exchange, agreed, options);
  await connectTree(exchange, options);
  if (agreed.agreement.dialect.code < 0x311) await validateAgreement(exchange, offer, agreed.agreement);
  return agreed.agreement;
}

/** Neither the timer nor the connection keeps the process alive. */
function keepAlive(exchange: Exchange, everyMs: number): NodeJS.Timeout {
  const beat = setInterval(() => {
    if (exchange.lost()) clearInterval(beat);
    else if (exchange.isIdle) {
      // Unanswered, it loses the connection; the next call opens another.
      exchange
        .ask([{ command: COMMAND.echo, body: [fields(4, [0, 2, 4])] }], { idle: true })
        .catch(() => undefined);
    }
  }, everyMs);
  return beat.unref();
}
