import { connect as connectSocket, type Socket } from "node:net";
import type { Client, ClientChannel, ServerHostKeyAlgorithm } from "ssh2";
import { AppError, fail, isAppError } from "../../errors/error.ts";
import { lineLost } from "./failures.ts";
import { fingerprintOf, type KnownKeys, typeOf } from "./host-key.ts";
import type { SftpOptions } from "./options.ts";
import { openSession, type Session } from "./session.ts";
import { checkKey, signIn } from "./sign-in.ts";

type Ssh2 = typeof import("ssh2");

/** Routers forget connections that are silent; a new one costs a fraction of a second. */
const IDLE_MS = 60_000;
/** Which algorithms show a key of which type, best first. */
const ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"],
};

/** The optional package; loading it costs what a whole CGI start does. */
export async function loadSsh2(): Promise<Ssh2> {
  try {
    const module = await import("ssh2");
    return module.default;
  } catch (cause) {
    const { code } = (cause ?? {}) as { code?: unknown };
    const missing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    const why = missing ? "is not installed. Run `npm install ssh2` where xmailcfg is" : "cannot be loaded";
    return fail("BAD_CONFIG", `SFTP needs the package ssh2, which ${why}.`, { cause });
  }
}

/**
 * Connects, checks the server's key and signs in. A server shows only one of its keys at a time: where the known ones
 * are told by fingerprints alone, it is asked for one type after the other until it shows a known one.
 */
export async function connect(ssh2: Ssh2, options: SftpOptions, known: KnownKeys): Promise<Session> {
  checkKey(ssh2, options);
  let types = known.types.length > 0 ? known.types : Object.keys(ALGORITHMS);
  const shown: string[] = [];
  for (;;) {
    let refused: Buffer | null = null;
    const verify = (key: Buffer) => {
      const accepted = known.accepts(key);
      if (!accepted) refused = key;
      return accepted;
    };
    try {
      return await connectOnce(ssh2, options, types, verify);
    } catch (error) {
      const key = refused as Buffer | null;
      const noneLeft = shown.length > 0 && isHandshake(error);
      if (key === null && !noneLeft) throw asStorageError(error, options);
      if (key !== null) shown.push(fingerprintOf(key));
      types = types.filter((type) => key !== null && type !== typeOf(key));
      if (types.length === 0) strangerAt(options, shown);
    }
  }
}

function strangerAt({ host, port = 22 }: SftpOptions, shown: readonly string[]): never {
  return fail(
    "STORAGE_DENIED",
    "The SFTP server shows another key than the one that is known. Nobody was signed in and no password was sent. If the " +
      "server has new keys, check them and change `hostKey`.",
    { internal: { host, port, shown } },
  );
}

async function connectOnce(
  ssh2: Ssh2,
  options: SftpOptions,
  types: readonly string[],
  verify: (key: Buffer) => boolean,
): Promise<Session> {
  const { host, port = 22, connectTimeoutMs = 10_000, timeoutMs = 30_000 } = options;
  const socket = connectSocket({ host, port, noDelay: true });
  const client = new ssh2.Client();
  let late: NodeJS.Timeout | undefined;
  try {
    const failed = new Promise<never>((_, reject) => {
      // An agent that fails is only one of the ways to sign in; ssh2 goes on by itself.
      client.on("error", (error: Error & { level?: string }) => error.level !== "agent" && reject(error));
      client.on("close", () => reject(lineLost("closed")));
      late = setTimeout(() => reject(new Error("timed out")), connectTimeoutMs);
    });
    const session = (async () => {
      const ready = new Promise<void>((resolve) => client.on("ready", resolve));
      client.connect({
        sock: socket,
        username: options.user,
        // Ours counts the whole of connecting and signing in.
        readyTimeout: 0,
        hostVerifier: verify,
        authHandler: signIn(options),
        algorithms: {
          serverHostKey: types.flatMap((type) => ALGORITHMS[type] ?? []),
          // The fastest there is; a machine without AES instructions may still choose from the others.
          cipher: { prepend: ["aes128-gcm@openssh.com"], append: [], remove: [] },
        },
      });
      await ready;
      client.setNoDelay(true);
      const channel = await openSubsystem(client);
      return openSession(channel, wireOf(client, socket), { timeoutMs, idleMs: IDLE_MS });
    })();
    return await Promise.race([session, failed]);
  } catch (error) {
    client.destroy();
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

function openSubsystem(client: Client): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.subsys("sftp", (error, channel) => {
      if (!error) return resolve(channel);
      const text = "The server let us in, but offers no SFTP to this user.";
      reject(new AppError("STORAGE_FAILED", text, { cause: error }));
    });
  });
}

function wireOf(client: Client, socket: Socket) {
  return {
    get bytesRead() {
      return socket.bytesRead;
    },
    ref: () => socket.ref(),
    unref: () => socket.unref(),
    destroy: () => socket.destroy(),
    onEnd(listener: (cause?: unknown) => void) {
      client.on("error", listener);
      client.on("close", () => listener());
      socket.on("close", () => listener());
    },
  };
}

function isHandshake(error: unknown): boolean {
  return (error as { level?: unknown } | null)?.level === "handshake";
}

function asStorageError(error: unknown, { host, port = 22 }: SftpOptions): AppError {
  if (isAppError(error)) return error;
  const { level, message } = error as { level?: string; message?: string };
  const details = { cause: error, internal: { host, port, level, message } };
  if (level === "client-authentication") {
    const text = "The SFTP server refused the sign-in: wrong user, password or key.";
    return new AppError("STORAGE_DENIED", text, details);
  }
  if (level === "handshake") {
    const text = "The SFTP server and xmailcfg could not agree on how to encrypt.";
    return new AppError("STORAGE_FAILED", text, details);
  }
  return new AppError("STORAGE_FAILED", "The SFTP server cannot be reached, or does not answer.", details);
}
