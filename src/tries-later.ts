import type { RedisConfig } from "./config/schema.ts";
import { readNamedFile, readSecret, type Surroundings } from "./config/secrets.ts";
import type { Logger } from "./kernel/context.ts";
import type { Tries } from "./kernel/tries.ts";
import { type Later, later } from "./later.ts";
import type { State } from "./state/state.ts";
import type { RedisOptions } from "./state/tries/redis-options.ts";
import type { Storage } from "./storage/storage.ts";
import type { Finding } from "./xmail/check.ts";

/** Reads the password and the authority once, without connecting: `BAD_CONFIG` names the field. */
export type RedisWay = () => Promise<RedisOptions>;

export function redisWay({ password, tls, ...plain }: RedisConfig, surroundings: Surroundings): RedisWay {
  let known: RedisOptions | null = null;
  const read = async (): Promise<RedisOptions> => ({
    ...plain,
    ...(password ? { password: await readSecret(password, "tries.redis.password", surroundings) } : {}),
    ...(tls ? { tls: await tlsOf(tls, surroundings) } : {}),
  });
  return async () => {
    known ??= await read();
    return known;
  };
}

async function tlsOf({ ca, ...rest }: NonNullable<RedisConfig["tls"]>, surroundings: Surroundings) {
  return ca === undefined
    ? rest
    : { ...rest, ca: await readNamedFile(ca, "tries.redis.tls.ca", surroundings) };
}

/** Whether the Redis of the configuration counts. */
export async function checkRedis(host: string, redis: RedisWay): Promise<readonly Finding[]> {
  const { checkTries } = await import("./check/tries.ts");
  const roundTrip = async () => {
    const { redisRoundTrip } = await import("./state/tries/redis-round-trip.ts");
    await redisRoundTrip(await redis());
  };
  return checkTries(host, roundTrip, () => performance.now());
}

/** Tries to sign in, counted in Redis, and in the state's storage while that cannot be reached. Loaded by the first. */
export function triesInRedis(
  redis: RedisWay,
  { place, state }: { readonly place: Later<Storage>; readonly state: State },
  log?: Logger,
): { readonly tries: Tries; close(): Promise<void> } {
  const options = { key: () => state.sessionKey(), ...(log ? { log } : {}) };
  const opened = later(async () => {
    const { countsOnRedis, standIn } = await import("./state/tries/on-redis.ts");
    const { countsOnStorage } = await import("./state/tries/on-storage.ts");
    const { triesOver } = await import("./state/tries/tries-over.ts");
    const counts = standIn(countsOnRedis(await redis()), countsOnStorage(await place.get(), log), log);
    return { tries: triesOver(counts, options), close: counts.close };
  });
  return {
    tries: { begin: async (...call) => (await opened.get()).tries.begin(...call) },
    close: opened.close,
  };
}
