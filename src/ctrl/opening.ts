import { connect, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { certificateFingerprint, sameFingerprint } from "../crypto/digest.ts";
import { AppError, fail, isAppError } from "../errors/error.ts";
import type { CtrlSettings, CtrlTls } from "./options.ts";

/** One line at a time from a socket, before any command is under way. */
export interface LineReader {
  /** Without its line end, a byte string. `XMAIL_PROTOCOL` when the server says more than one line at once. */
  line(): Promise<string>;
  /** Hands the socket on. */
  done(): void;
}

/** A connected socket; destroyed when `signal` aborts, and every wait fails with the signal's reason then. */
export async function openSocket(settings: CtrlSettings, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({ host: settings.host, port: settings.port, noDelay: true });
  destroyWith(socket, signal);
  await happens(socket, "connect");
  return socket;
}

/** TLS over a connected socket, with the server's certificate verified before a byte is said. `XMAIL_TLS`. */
export async function secure(socket: Socket, settings: CtrlSettings, tls: CtrlTls, signal: AbortSignal) {
  const { ca, fingerprint } = tls;
  // With nothing but a pin, the pin takes the place of the authorities; it is compared below.
  const byAuthority = ca !== undefined || fingerprint === undefined;
  const name = tls.servername ?? settings.host;
  const secured = connectTls({
    socket,
    minVersion: "TLSv1.2",
    rejectUnauthorized: byAuthority,
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca === undefined
      ? {}
      : { ca: typeof ca === "string" || ca instanceof Uint8Array ? pem(ca) : ca.map(pem) }),
  });
  destroyWith(secured, signal);
  try {
    await happens(secured, "secureConnect");
    verify(secured, byAuthority, fingerprint);
  } catch (error) {
    secured.destroy();
    if (isAppError(error) && error.code !== "XMAIL_UNREACHABLE") throw error;
    const cause = isAppError(error) ? error.cause : error;
    return fail(
      "XMAIL_TLS",
      "The secure connection to XMail failed; look at its certificate and at tls options.",
      {
        cause,
      },
    );
  }
  return secured;
}

/** Reads greeting and sign-in answers; nothing may follow a line before we have spoken again. */
export function readLines(socket: Duplex): LineReader {
  let text = "";
  let ended: AppError | null = null;
  let wake: (() => void) | null = null;
  const onData = (chunk: Buffer) => {
    text += chunk.toString("latin1");
    wake?.();
  };
  const onClose = () => {
    const reason = socket.errored;
    ended = isAppError(reason) ? reason : unreachable("XMail closed the connection.", reason);
    wake?.();
  };
  socket.on("data", onData).on("close", onClose).on("end", onClose);
  socket.resume();
  return {
    async line() {
      for (;;) {
        const end = text.indexOf("\n");
        // Words sent ahead of TLS must not be taken for words inside it.
        if (text.length > 4096 || (end >= 0 && end !== text.length - 1)) {
          socket.destroy();
          return fail("XMAIL_PROTOCOL", "XMail's answer makes no sense.");
        }
        if (end >= 0) {
          const line = text.slice(0, end).replace(/\r$/, "");
          text = "";
          return line;
        }
        if (ended !== null) throw ended;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    },
    done() {
      socket.off("data", onData).off("close", onClose).off("end", onClose);
      socket.pause();
    },
  };
}

function verify(socket: TLSSocket, byAuthority: boolean, fingerprint: string | undefined): void {
  if (byAuthority && !socket.authorized) fail("XMAIL_TLS", "XMail's certificate is not trusted.");
  if (fingerprint === undefined) return;
  const der = socket.getPeerX509Certificate()?.raw;
  if (der === undefined || !sameFingerprint(certificateFingerprint(der), fingerprint)) {
    fail("XMAIL_TLS", "XMail's certificate is not the pinned one.", {
      internal: { presented: der === undefined ? null : certificateFingerprint(der) },
    });
  }
}

function happens(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      socket.off(event, onEvent).off("error", onError).off("close", onClose);
      done();
    };
    const onEvent = () => settle(resolve);
    const onError = (error: Error) =>
      settle(() => reject(isAppError(error) ? error : unreachable("XMail cannot be reached.", error)));
    const onClose = () => settle(() => reject(unreachable("XMail closed the connection.", socket.errored)));
    socket.on(event, onEvent).on("error", onError).on("close", onClose);
  });
}

function destroyWith(socket: Socket, signal: AbortSignal): void {
  const stop = () => socket.destroy(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", stop));
  // Errors reach us through the wait that is under way; without a listener they would end the process.
  socket.on("error", () => undefined);
}

function unreachable(message: string, cause: unknown): AppError {
  return new AppError("XMAIL_UNREACHABLE", message, { cause });
}

function pem(ca: string | Uint8Array): string | Buffer {
  return typeof ca === "string" ? ca : Buffer.from(ca);
}
