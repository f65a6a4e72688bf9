import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SILENT } from "../../../src/kernel/context.ts";
import { later } from "../../../src/later.ts";
import { openState } from "../../../src/state/state.ts";
import { RULES } from "../../../src/state/tries/rules.ts";
import { local } from "../../../src/storage/local.ts";
import { checkRedis, redisWay, triesInRedis } from "../../../src/tries-later.ts";
import { describeWith, redisServer } from "../../peers.ts";
import { type RedisServer, startRedis } from "./server.ts";

const NOW = new Date("2026-11-30T09:00:00Z");

describeWith("redis", redisServer(), "tries of a configuration", (program) => {
  const folder = mkdtempSync(join(tmpdir(), "tries-"));
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis(program, ["--requirepass", "redis-Secret-1"]);
  });
  afterAll(async () => {
    await redis.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("are in Redis, where no name and no address can be read, and leave it by themselves", async () => {
    const way = redisWay(
      { host: redis.host, port: redis.port, password: { env: "REDIS" }, timeoutMs: 10_000 },
      { env: { REDIS: "redis-Secret-1" }, readFile: async () => "" },
    );
    const place = later(async () => local(folder));
    const state = await openState(await place.get());
    const said: object[] = [];
    const log = { ...SILENT, warn: (details: object) => void said.push(details) };
    const { tries, close } = triesInRedis(way, { place, state }, log);
    const attempt = { name: "my-Password-1", address: "203.0.113.9", device: null };
    for (let count = 0; count < RULES.name.most; count += 1) {
      expect((await tries.begin(attempt, NOW)).allowed).toBe(true);
    }
    expect((await tries.begin(attempt, NOW)).allowed).toBe(false);
    expect(said).toEqual([]);
    await close();

    const client = createClient({
      socket: { host: redis.host, port: redis.port },
      password: "redis-Secret-1",
    });
    await client.connect();
    const keys = await client.keys("*");
    expect(keys.sort()).toEqual(
      ["all", "far", "name", "nameLong", "near"].map((rule) => `xmailcfg:{tries}:${rule}`),
    );
    for (const key of keys) {
      const [member = ""] = await client.zRange(key, 0, -1);
      expect(member).toMatch(/^[\w-]{16}$/);
      expect(await client.ttl(key)).toBeGreaterThan(0);
    }
    client.destroy();
    await state.close();
  });

  test("a password that is not there is named by its field before anything is connected", async () => {
    const way = redisWay(
      { host: "192.0.2.1", password: { env: "REDIS" } },
      { env: {}, readFile: async () => "" },
    );
    await expect(way()).rejects.toMatchObject({
      code: "BAD_CONFIG",
      fields: [{ field: "tries.redis.password" }],
    });
  });

  test("are looked at by the check: there and back, a wrong password, nobody there", async () => {
    const found = async (port: number, password: string) => {
      const way = redisWay(
        { host: redis.host, port, password: { env: "REDIS" }, timeoutMs: 10_000 },
        { env: { REDIS: password }, readFile: async () => "" },
      );
      return (await checkRedis(redis.host, way)).map(({ part, found: what }) => `${part} ${what}`);
    };
    expect(await found(redis.port, "redis-Secret-1")).toEqual(["tries redisCounts"]);
    expect(await found(redis.port, "wrong")).toEqual(["tries redisRefuses"]);
    expect(await found(1, "redis-Secret-1")).toEqual(["tries redisSilent"]);
    const client = createClient({
      socket: { host: redis.host, port: redis.port },
      password: "redis-Secret-1",
    });
    await client.connect();
    expect(await client.keys("*check*")).toEqual([]);
    client.destroy();
  });
});
