import { randomUUID } from "node:crypto";
import { redisLine } from "./redis-line.ts";
import type { RedisOptions } from "./redis-options.ts";

const SCRIPT = `
redis.call("SET", KEYS[1], ARGV[1], "EX", 10)
local got = redis.call("GET", KEYS[1])
redis.call("DEL", KEYS[1])
return tonumber(got)
`;

/** Connects, signs in, writes, reads and takes it away again, by a script as the counts do. Rejects when one of them fails. */
export async function redisRoundTrip(options: RedisOptions): Promise<void> {
  const line = redisLine(options);
  const wanted = 1 + Math.floor(Math.random() * 1_000_000);
  try {
    const key = `xmailcfg:{tries}:check-${randomUUID()}`;
    const got = await line.run(SCRIPT, { keys: [key], values: [String(wanted)] });
    if (got !== wanted) throw new Error("Redis gave back something else");
  } finally {
    await line.close();
  }
}
