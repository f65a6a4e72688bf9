import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { local } from "../../../src/storage/local.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { endChildren, startChild } from "../../conformance/child-process.ts";
import { describeWith } from "../../peers.ts";
import { openPlace } from "../driver-place.ts";
import { DRIVERS, type RunningDriver } from "../drivers.ts";
import { type Proxy as NetworkProxy, startProxy } from "../proxy.ts";
import { LOG, newFile, problemsIn, REPLACED, record, torn, version } from "./versions.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CHILD = "../live/crash/client-child.ts";
const CLIENT_KILLS = 12;
const AT_ONCE = 4;
const SERVER_KILLS = 8;
/** Connections that are cut, at ever more bytes; signing in to SSH takes its time. */
const CUTS = {
  resetAfterSent: { replace: 48, make: 24, append: 18 },
  resetAfterReceived: { replace: 24, make: 12, append: 12 },
} as const;
const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Wrap = (storage: Storage, isKilled: () => boolean) => Storage;
const asItIs: Wrap = (storage) => storage;

for (const driver of DRIVERS) {
  // A driver that does not claim it has nothing to prove here.
  if (driver.name === "sftp, bare") continue;
  const title = `killed at any point, ${driver.name}`;
  const suite = () => {
    let running: RunningDriver;
    beforeAll(async () => {
      running = await driver.start();
    });
    afterEach(endChildren);
    afterAll(() => running.stop());

    test("claims that it replaces in one step", async () => {
      const storage = await openPlace(running.place());
      expect(storage.can).toMatchObject({ atomicReplace: true, exclusiveCreate: true, append: true });
      await storage.close();
    });

    test("the client: every file is the old one or the new one", async () => {
      expect(await killClients(running, "write", CLIENT_KILLS)).toEqual([]);
    });

    test("the client, of a driver that writes in two steps: is reported", async () => {
      expect(await killClients(running, "write torn", CLIENT_KILLS)).not.toEqual([]);
    });

    if (driver.peer === null) return;

    test("the server: every file is the old one or the new one", async () => {
      expect(await killServers(running, asItIs)).toEqual([]);
    });

    test("the server, of a driver that writes in two steps: is reported", async () => {
      expect(await killServers(running, torn, 40)).not.toEqual([]);
    });

    for (const way of ["resetAfterSent", "resetAfterReceived"] as const) {
      test(`the network (${way}): every file is the old one or the new one`, async () => {
        for (const job of ["replace", "make", "append"] as const) {
          expect(await cutNetwork(running, way, job, asItIs), job).toEqual([]);
        }
      });
    }

    test("the network, of a driver that writes in two steps: is reported", async () => {
      expect(await cutNetwork(running, "resetAfterSent", "replace", torn)).not.toEqual([]);
    });
  };
  if (driver.peer) describeWith(driver.peer, driver.where(), title, suite);
  else describe(title, suite);
}

/** Processes that write without end, each killed at a moment of its own. */
async function killClients(running: RunningDriver, job: string, kills: number): Promise<string[]> {
  const problems: string[] = [];
  for (let done = 0; done < kills; done += AT_ONCE) {
    const rounds = Array.from({ length: AT_ONCE }, async () => {
      const place = running.place();
      const child = startChild(CHILD, job, JSON.stringify(place));
      await child.says("ready");
      await aWhile(Math.random() * 120);
      await child.kill();
      const reader = await openPlace(place);
      problems.push(...(await problemsIn(reader)));
      // The server may not have heard of it at once.
      await aWhile(150);
      problems.push(...(await problemsIn(reader)));
      await reader.close();
    });
    await Promise.all(rounds);
    if (problems.length > 0) break;
  }
  return problems;
}

/** A writer without end, and its server killed under it. */
async function killServers(running: RunningDriver, wrap: Wrap, kills = SERVER_KILLS): Promise<string[]> {
  const problems: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const place = running.place();
    const whole = await openPlace(place);
    let over = false;
    const storage = wrap(whole, () => over);
    await storage.write(REPLACED, version(0));
    const writing = (async () => {
      for (let number = 1; !over; number += 1) {
        await storage.write(REPLACED, version(number));
        await storage.write(newFile(number), version(number), { ifAbsent: true });
        await storage.write(LOG, record(number), { append: true });
      }
    })().catch((error: unknown) => {
      if (!hasCode(error, "STORAGE_FAILED")) throw error;
    });
    await aWhile(20 + Math.random() * 60);
    // A driver may do again on a new connection what was certainly not done; nothing else is repeated.
    over = true;
    await running.killServer();
    await writing;
    // What the disk has of the files that were told to be there; hidden leftovers are the driver's to sweep.
    const reader = await openPlace(place);
    problems.push(...(await problemsIn(reader)));
    const onDisk = await local(running.onDisk(place)).read(REPLACED);
    if (!Buffer.from(onDisk).equals(Buffer.from(await reader.read(REPLACED))))
      problems.push("disk and driver");
    await reader.close();
    await whole.close().catch(() => undefined);
    if (problems.length > 0) break;
  }
  return problems;
}

/** One write, again and again, with the connection reset after ever more bytes of it. */
async function cutNetwork(
  running: RunningDriver,
  way: keyof typeof CUTS,
  job: keyof (typeof CUTS)[typeof way],
  wrap: Wrap,
): Promise<string[]> {
  if (running.port === null) throw new Error("there is no network");
  const proxy = await startProxy(running.port);
  const place = running.place(proxy.port);
  const direct = await openPlace({ ...place, port: running.port } as typeof place);
  const problems: string[] = [];
  const cuts = CUTS[way][job];
  const write = (storage: Storage, number: number) =>
    job === "replace"
      ? storage.write(REPLACED, version(number))
      : job === "make"
        ? storage.write(newFile(number), version(number), { ifAbsent: true })
        : storage.write(LOG, record(number), { append: true });
  try {
    await direct.write(REPLACED, version(0));
    await direct.write(LOG, record(0), { append: true });
    const whole = await bytesOfOne(place, proxy, wrap, (storage) => write(storage, 1));
    const total = way === "resetAfterSent" ? whole.sent : whole.received;
    expect(total).toBeGreaterThan(100);
    let cut = 0;
    for (const [index, at] of cutsOf(total, cuts).entries()) {
      const number = index + 2;
      const storage = await openPlace(place);
      proxy.weather({ [way]: at });
      const outcome = await write(
        wrap(storage, () => false),
        number,
      ).then(
        () => "done",
        (error: unknown) => {
          if (!hasCode(error, "STORAGE_FAILED")) throw error;
          return "failed";
        },
      );
      if (outcome === "failed") cut += 1;
      proxy.weather({});
      problems.push(...(await problemsIn(direct)).map((problem) => `${job}, ${at} of ${total}: ${problem}`));
      if (outcome === "done" && !(await isThere(direct, job, number))) problems.push(`${job}, ${at}: lost`);
      await storage.close().catch(() => undefined);
      if (problems.length > 0) return problems;
    }
    expect(cut, "most writes were cut off").toBeGreaterThan(cuts / 3);
  } finally {
    await direct.close();
    await proxy.close();
  }
  return problems;
}

async function isThere(storage: Storage, job: string, number: number): Promise<boolean> {
  const path = job === "replace" ? REPLACED : job === "make" ? newFile(number) : LOG;
  const wanted = job === "append" ? record(number) : version(number);
  const bytes = Buffer.from(await storage.read(path));
  return bytes.subarray(bytes.length - wanted.length).equals(Buffer.from(wanted));
}

async function bytesOfOne(
  place: Parameters<typeof openPlace>[0],
  proxy: NetworkProxy,
  wrap: Wrap,
  write: (storage: Storage) => Promise<void>,
): Promise<{ sent: number; received: number }> {
  const storage = await openPlace(place);
  proxy.weather({});
  await write(wrap(storage, () => false));
  const bytes = { sent: proxy.sent, received: proxy.received };
  await storage.close();
  return bytes;
}

/** Everywhere, and closer at both ends, where the steps are that decide. */
function cutsOf(total: number, cuts: number): number[] {
  const third = cuts / 3;
  const spread = (from: number, to: number) =>
    Array.from({ length: third }, (_, index) => Math.round(from + ((to - from) * index) / third));
  const edge = Math.min(1_500, total / 3);
  return [...new Set([...spread(1, edge), ...spread(edge, total - edge), ...spread(total - edge, total)])];
}
