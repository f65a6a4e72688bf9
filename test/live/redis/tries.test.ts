import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../../src/crypto/certificate.ts";
import { secret } from "../../../src/errors/secret.ts";
import { SILENT } from "../../../src/kernel/context.ts";
import { countsOnRedis, standIn } from "../../../src/state/tries/on-redis.ts";
import { countsOnStorage } from "../../../src/state/tries/on-storage.ts";
import { type Counter, RULES, type RuleName, type TryCounts } from "../../../src/state/tries/rules.ts";
import { memory } from "../../../src/storage/memory.ts";
import { triesSuite } from "../../conformance/tries-suite.ts";
import { describeWith, redisServer } from "../../peers.ts";
import { endServers, type RedisServer, startRedis } from "./server.ts";

const NOW = Date.UTC(2026, 10, 30, 9) / 1000;
/** As digests look. */
const keyOf = (text: string) => Buffer.from(text.padStart(12, "0")).toString("base64url");
const NAME: readonly Counter[] = [{ rule: "name", key: keyOf("sato") }];

describeWith("redis", redisServer(), "tries in a real Redis", (program) => {
  let redis: RedisServer;
  const open: TryCounts[] = [];
  const counts = (more: Partial<Parameters<typeof countsOnRedis>[0]> = {}) => {
    const made = countsOnRedis({ host: redis.host, port: redis.port, timeoutMs: 10_000, ...more });
    open.push(made);
    return made;
  };
  beforeAll(async () => {
    redis = await startRedis(program);
  });
  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()));
    await redis.end();
    endServers();
  });

  describe("as every way of counting", () => triesSuite(async () => counts({ database: 1 }), "many"));

  test("several machines at once: exactly five go on", async () => {
    const machines = [counts({ database: 2 }), counts({ database: 2 }), counts({ database: 2 })];
    const found = await Promise.all(
      Array.from({ length: 30 }, (_, index) => machines[index % 3]?.count(NAME, NOW)),
    );
    expect(found.filter((one) => one && "takeBack" in one)).toHaveLength(RULES.name.most);
  });

  test("whatever is tried, it counts as the state does", async () => {
    const whose = fc.constantFrom("one", "two", "three").map(keyOf);
    const several = (...rules: readonly RuleName[]) =>
      fc.uniqueArray(fc.record({ rule: fc.constantFrom(...rules), key: whose }), {
        minLength: 1,
        selector: ({ rule }) => rule,
      });
    const step = fc.record({
      counters: fc.oneof(
        several("own", "owns").filter((all) => all.some(({ rule }) => rule === "own")),
        several("name", "nameLong", "near", "far", "all"),
      ),
      times: fc.integer({ min: 1, max: 40 }),
      wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4_000 })),
      right: fc.boolean(),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const [ours, theirs] = [countsOnStorage(memory()), counts({ database: 3 })];
        round += 1;
        let now = NOW + round * 10_000_000;
        for (const { counters, times, wait, right } of steps) {
          now += wait;
          for (let index = 0; index < times; index += 1) {
            const both = await Promise.all([ours.count(counters, now), theirs.count(counters, now)]);
            const waits = both.map((one) => ("waitSeconds" in one ? one.waitSeconds : 0));
            expect(waits[1]).toBe(waits[0]);
            if (right) await Promise.all(both.map((one) => ("takeBack" in one ? one.takeBack() : null)));
          }
        }
        await theirs.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test("a full table counts as that of the state does, and grows no more", async () => {
    const [ours, theirs] = [countsOnStorage(memory()), counts({ database: 4 })];
    const { kept, most } = RULES.owns;
    const key = (index: number): readonly Counter[] => [{ rule: "owns", key: keyOf(String(index)) }];
    for (let index = 0; index < kept + 40; index += 1) {
      await Promise.all([ours.count(key(index), NOW), theirs.count(key(index), NOW)]);
    }
    for (const index of [0, 1, 39, 40, kept - 1, kept + 39, 20]) {
      for (let tries = 0; tries <= most; tries += 1) {
        const both = await Promise.all([ours.count(key(index), NOW), theirs.count(key(index), NOW)]);
        const waits = both.map((one) => ("waitSeconds" in one ? one.waitSeconds : 0));
        expect(waits[1]).toBe(waits[0]);
      }
    }
  }, 60_000);

  test("a line that was cut while nobody used it is made anew", async () => {
    const server = await startRedis(program);
    const here = countsOnRedis({ host: server.host, port: server.port });
    open.push(here);
    expect(await here.count(NAME, NOW)).toHaveProperty("takeBack");
    await server.end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const again = await startRedis(program, [], server.port);
    expect(await here.count(NAME, NOW)).toHaveProperty("takeBack");
    await again.end();
  });

  test("out of reach, the state stands in and says so once; back again, Redis counts, and that is said", async () => {
    const server = await startRedis(program);
    const said: string[] = [];
    const note = (_: object, message: string) => void said.push(message);
    const log = { ...SILENT, warn: note, info: note };
    const both = standIn(
      countsOnRedis({ host: server.host, port: server.port, timeoutMs: 1_000 }),
      countsOnStorage(memory()),
      log,
    );
    open.push(both);
    const goneOn = async (times: number, seconds: number) => {
      let found = 0;
      for (let index = 0; index < times; index += 1) {
        if ("takeBack" in (await both.count(NAME, seconds))) found += 1;
      }
      return found;
    };
    expect(await goneOn(4, NOW)).toBe(4);
    await server.end();
    expect(await goneOn(20, NOW + 1)).toBe(RULES.name.most);
    expect(await goneOn(1, NOW + 12)).toBe(0);
    expect(said).toEqual(["Redis cannot be asked: until it can, the state counts tries to sign in."]);
    const again = await startRedis(program, [], server.port);
    expect(await goneOn(20, NOW + 30)).toBe(RULES.name.most);
    expect(said[1]).toBe("Redis counts tries to sign in again.");
    await again.end();
  });

  test("a server that does not answer is waited for no longer than said", async () => {
    const server = await startRedis(program);
    const here = countsOnRedis({ host: server.host, port: server.port, timeoutMs: 1_000 });
    open.push(here);
    await here.count(NAME, NOW);
    server.stop();
    const begun = performance.now();
    await expect(here.count(NAME, NOW)).rejects.toThrow("1000 ms");
    expect(performance.now() - begun).toBeLessThan(5_000);
    server.goOn();
    expect(await here.count(NAME, NOW)).toHaveProperty("takeBack");
    await server.end();
  });

  test("with a password and an ACL user; the wrong one is refused and stands in no message", async () => {
    const server = await startRedis(program, [
      "--requirepass",
      "right-one",
      "--user",
      "panel",
      "on",
      ">panel-one",
      "~xmailcfg:*",
      "+@all",
    ]);
    const { host, port } = server;
    const way = (more: object) => {
      const made = countsOnRedis({ host, port, ...more });
      open.push(made);
      return made.count(NAME, NOW);
    };
    expect(await way({ password: secret("right-one") })).toHaveProperty("takeBack");
    expect(await way({ user: "panel", password: secret("panel-one") })).toHaveProperty("takeBack");
    const refused = await way({ password: secret("wrong-one") }).catch((error: unknown) => String(error));
    expect(refused).toMatch(/WRONGPASS/);
    expect(refused).not.toContain("wrong-one");
    await expect(way({})).rejects.toThrow(/NOAUTH|unauthenticated/);
    await server.end();
  });

  test("over TLS, with a certificate of its own authority and no other", async () => {
    const servername = "redis.example.com";
    const { certificate, key } = await selfSignedCertificate({ hostNames: [servername] });
    const folder = redis.folder;
    const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
    writeFileSync(files.cert, certificate);
    writeFileSync(files.key, key);
    const tls = ["--port", "0", "--tls-port", "PORT", "--tls-auth-clients", "no"];
    const server = await startRedis(program, [
      ...tls,
      "--tls-cert-file",
      files.cert,
      "--tls-key-file",
      files.key,
    ]);
    const { host, port } = server;
    const trusting = countsOnRedis({ host, port, tls: { ca: certificate, servername } });
    const another = countsOnRedis({ host, port, tls: { ca: certificate, servername: "other.example.com" } });
    const strange = countsOnRedis({ host, port, tls: { servername } });
    open.push(trusting, another, strange);
    expect(await trusting.count(NAME, NOW)).toHaveProperty("takeBack");
    await expect(strange.count(NAME, NOW)).rejects.toThrow(/self.signed/i);
    await expect(another.count(NAME, NOW)).rejects.toThrow(/altnames/);
    await server.end();
  });
});
