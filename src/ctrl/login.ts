import type { Socket } from "node:net";
import { loginDigest } from "../crypto/digest.ts";
import { AppError, fail } from "../errors/error.ts";
import { CtrlConnection } from "./connection.ts";
import { type Greeting, parseGreeting } from "./greeting.ts";
import { type LineReader, openSocket, readLines, secure } from "./opening.ts";
import type { CtrlSettings } from "./options.ts";
import { parseStatus } from "./reply-parser.ts";
import { encodeLogin } from "./wire.ts";

/**
 * A signed-in connection. One deadline covers connecting, TLS, greeting and sign-in. `XMAIL_UNREACHABLE`,
 * `XMAIL_TIMEOUT`, `XMAIL_TLS`, `XMAIL_BUSY`, `XMAIL_LOGIN_REFUSED`, `XMAIL_PROTOCOL`, `ABORTED`.
 */
export async function openConnection(settings: CtrlSettings, signal?: AbortSignal): Promise<CtrlConnection> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new AppError("XMAIL_TIMEOUT", "XMail did not answer the sign-in in time."));
  }, settings.openTimeoutMs);
  const stop = () => deadline.abort(new AppError("ABORTED", undefined, { cause: signal?.reason }));
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  let socket: Socket | null = null;
  try {
    socket = await openSocket(settings, deadline.signal);
    const greeted = await greet(socket, settings, deadline.signal);
    socket = greeted.socket;
    await signIn(socket, greeted.greeting, settings);
    deadline.signal.throwIfAborted();
    return new CtrlConnection(socket, greeted.greeting, settings.window);
  } catch (error) {
    socket?.destroy();
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function greet(raw: Socket, settings: CtrlSettings, signal: AbortSignal) {
  const { tls } = settings;
  const socket = tls?.mode === "direct" ? await secure(raw, settings, tls, signal) : raw;
  const reader = readLines(socket);
  const from = raw.localAddress;
  const greeting = { ...parseGreeting(await reader.line()), ...(from === undefined ? {} : { from }) };
  if (tls?.mode === "upgrade") await askForTls(socket, reader);
  reader.done();
  // There is no second greeting: the challenge said in the clear is the one to answer.
  return { greeting, socket: tls?.mode === "upgrade" ? await secure(socket, settings, tls, signal) : socket };
}

async function askForTls(socket: Socket, reader: LineReader): Promise<void> {
  socket.write("#!TLS\r\n");
  const { ok, code, text } = parseStatus(await reader.line());
  if (ok) return;
  const message =
    code === 249 ? "XMail's TLS is switched off (EnableCTRL-TLS)." : "XMail refused to start TLS.";
  fail("XMAIL_TLS", message, { internal: { xmailCode: code, xmailText: text } });
}

async function signIn(socket: Socket, greeting: Greeting, settings: CtrlSettings): Promise<void> {
  const password = settings.password.reveal();
  const token = settings.login === "clear" ? password : loginDigest(greeting.challenge, password);
  const reader = readLines(socket);
  socket.write(encodeLogin(settings.account, token));
  // Every refusal counts, whatever its number: with its log on, XMail says 161 instead of 105.
  const { ok, code, text } = parseStatus(await reader.line());
  if (!ok) fail("XMAIL_LOGIN_REFUSED", undefined, { internal: { xmailCode: code, xmailText: text } });
  reader.done();
}
