import { fail } from "../../errors/error.ts";
import { readAddress } from "../../settings/ip/address.ts";
import type { RedisOptions } from "./redis-options.ts";
import type { ScriptInput } from "./redis-script.ts";

type Redis = typeof import("@redis/client");
type Client = ReturnType<Redis["createClient"]>;

/** One connection, made by the first call that needs it, and anew after it broke. */
export interface RedisLine {
  /** Runs a script; rejects when no answer came in time. What it did then is not known. */
  run(script: string, input: ScriptInput): Promise<number>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 2_000;

export function redisLine(options: RedisOptions): RedisLine {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  let opening: Promise<Client> | null = null;

  async function open(): Promise<Client> {
    const { createClient } = await loadRedis();
    const client = createClient(clientOptions(options, timeoutMs)) as Client;
    // Without a listener a broken line would end the program; the call that meets it says so.
    client.on("error", () => destroy(client));
    try {
      await client.connect();
      return client;
    } catch (error) {
      destroy(client);
      throw error;
    }
  }

  /** The open line; one that broke while nobody used it is made anew. */
  async function lineOf(): Promise<Client> {
    opening ??= open();
    const mine = opening;
    const client = await mine;
    if (client.isReady) return client;
    leave(mine);
    opening ??= open();
    return opening;
  }

  /** Another one, made meanwhile, stays. */
  function leave(left: Promise<Client> | null): void {
    if (opening === left) opening = null;
    left?.then(destroy).catch(() => undefined);
  }

  async function answerOf(script: string, { keys, values }: ScriptInput): Promise<number> {
    const client = await lineOf();
    client.ref();
    try {
      return Number(await client.sendCommand(["EVAL", script, String(keys.length), ...keys, ...values]));
    } finally {
      // An idle line keeps no program from ending.
      client.unref();
    }
  }

  return {
    async run(script, input) {
      // Reading the package is no waiting for the server.
      await loadRedis();
      const before = opening;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
      });
      try {
        return await Promise.race([answerOf(script, input), late]);
      } catch (error) {
        leave(before ?? opening);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => leave(opening),
  };
}

function destroy(client: Client): void {
  if (client.isOpen) client.destroy();
}

/** The optional package, for those alone who have several machines. */
async function loadRedis(): Promise<Redis> {
  try {
    return await import("@redis/client");
  } catch (cause) {
    const { code } = (cause ?? {}) as { code?: unknown };
    const missing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    const why = missing
      ? "is not installed. Run `npm install @redis/client` where xmailcfg is"
      : "cannot be loaded";
    return fail("BAD_CONFIG", `tries.redis needs the package @redis/client, which ${why}.`, { cause });
  }
}

function clientOptions(options: RedisOptions, timeoutMs: number) {
  const { host, port = 6379, user, password, database, tls } = options;
  const socket = { host, port, connectTimeout: timeoutMs, reconnectStrategy: false as const };
  // A certificate for an address is not asked for by name.
  const servername = tls?.servername ?? (readAddress(host) ? undefined : host);
  return {
    socket: tls
      ? {
          ...socket,
          tls: true as const,
          ...(tls.ca === undefined ? {} : { ca: tls.ca }),
          ...(servername === undefined ? {} : { servername }),
        }
      : socket,
    // Everything that calls itself Redis speaks the older protocol.
    RESP: 2 as const,
    disableOfflineQueue: true,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password: password.reveal() }),
    ...(database === undefined ? {} : { database }),
  };
}
