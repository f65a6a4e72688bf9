import { type Counter, ruleOf } from "./rules.ts";

/** What each counter needs of its rule, in the order of the scripts. */
const FIELDS = 6;

/** Shared head: one sorted set for each rule, with the time a counter runs empty as its score. */
const HEAD = `
local now = tonumber(ARGV[1])
local function text(i, n) return ARGV[1 + (i - 1) * ${FIELDS} + n] end
local function number(i, n) return tonumber(text(i, n)) end
`;

/**
 * `judge` and `add` of tables.ts, in one step of Redis. Resolves how long to wait, negative: nothing was counted; or whether
 * the alarm rang already, 1 or 0, so that it was left out.
 */
export const COUNT = `${HEAD}
local function level(i)
  local score = redis.call("ZSCORE", KEYS[i], text(i, 1))
  if score then return math.max(tonumber(score), now) end
  local living = "(" .. ARGV[1]
  if redis.call("ZCOUNT", KEYS[i], living, "+inf") < number(i, 6) then return now end
  return tonumber(redis.call("ZRANGEBYSCORE", KEYS[i], living, "+inf", "WITHSCORES", "LIMIT", 0, 1)[2])
end
local levels, alarmed = {}, 0
local function wait(i, most) return levels[i] + number(i, 2) - now - most * number(i, 2) end
for i = 1, #KEYS do
  levels[i] = level(i)
  if number(i, 5) == 1 and wait(i, number(i, 3)) > 0 then alarmed = 1 end
end
local longest = 0
for i = 1, #KEYS do
  local most = number(i, alarmed == 1 and 4 or 3)
  if alarmed == 0 or number(i, 5) == 0 then longest = math.max(longest, wait(i, most)) end
end
if longest > 0 then return -longest end
for i = 1, #KEYS do
  if alarmed == 0 or number(i, 5) == 0 then
    redis.call("ZREMRANGEBYSCORE", KEYS[i], "-inf", ARGV[1])
    if not redis.call("ZSCORE", KEYS[i], text(i, 1)) and redis.call("ZCARD", KEYS[i]) >= number(i, 6) then
      redis.call("ZREMRANGEBYRANK", KEYS[i], 0, 0)
    end
    redis.call("ZADD", KEYS[i], levels[i] + number(i, 2), text(i, 1))
    redis.call("EXPIRE", KEYS[i], number(i, 2) * number(i, 3))
  end
end
return alarmed
`;

/** `remove` of tables.ts. */
export const TAKE_BACK = `${HEAD}
for i = 1, #KEYS do
  local level = tonumber(redis.call("ZSCORE", KEYS[i], text(i, 1)) or now) - number(i, 2)
  if level > now then redis.call("ZADD", KEYS[i], "XX", level, text(i, 1))
  else redis.call("ZREM", KEYS[i], text(i, 1)) end
end
return 0
`;

/** In braces, so that a cluster keeps all of them on one machine. */
const PREFIX = "xmailcfg:{tries}:";

export interface ScriptInput {
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

export function inputOf(counters: readonly Counter[], seconds: number): ScriptInput {
  const fields = counters.flatMap(({ rule, key }) => {
    const { everySeconds, most, alarmed, alarm, kept } = ruleOf(rule);
    return [key, everySeconds, most, alarmed ?? most, alarm ? 1 : 0, kept];
  });
  return { keys: counters.map(({ rule }) => PREFIX + rule), values: [seconds, ...fields].map(String) };
}
