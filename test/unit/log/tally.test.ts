import { expect, test } from "vitest";
import { parseLine } from "../../../src/log/line.ts";
import { logStoreOver } from "../../../src/log/store.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { statusOf } from "../../../src/xmail/log-status.ts";
import { LOG_GROUPS, LOG_PAIRS, type LogGroup } from "../../../src/xmail/logs.ts";
import { stormLog } from "../../support/log-storm.ts";

const HOSTILE = [
  '"mx"\t"d"\t"192.0.2.1"\t"2026-11-24 08:00:00"\t"a"\t"b"\t"c"\t""\t"x@y"\t"o@p"\t"S1"\t"RECV=OK"\t""\t"77"\t""',
  '"mx"\t"d"\t"192.0.2.1"\t"2026-11-24 08:00:01"\t"h"\t""\t"X@Y"\t"o@p"\t"S2"\t"RECV=OK"\t"ALICE@example.com"\t"23"\t""',
  '"mx"\t"d"\t"192.0.2.1"',
  "",
  "no line at all",
  '"mx"\t"d"\t"192.0.2.1"\t"2026-11-24 08:00:02"\t"h"\t""\t"x@y"\t"o@p"\t"S3"\t"RECV=OK"\t""\t"many"\t""',
].join("\n");

const ALL = [...LOG_GROUPS, ...LOG_PAIRS];

test("counting on bytes gives what counting parsed lines gives", async () => {
  const log = Buffer.concat([stormLog({ seed: 6, bytes: 2_500_000 }), Buffer.from(`${HOSTILE}\n"being wri`)]);
  const storage = memory();
  await storage.write(storagePath("logs/smtp-202611240000"), log);
  const since = "2026-11-24 00:10:00";
  const tally = await logStoreOver(storage).tally({ kind: "smtp", groups: ALL, since });
  const wanted: Record<string, Record<string, [number, number, number, number]>> = {};
  const total = [0, 0, 0, 0];
  for (const line of log.toString("latin1").split("\n").slice(0, -1)) {
    const { cells, broken } = parseLine("smtp", Buffer.from(line, "latin1"));
    if (broken || !/^\d+$/.test(cells.size ?? "") || (cells.time ?? "") < since) continue;
    const ok = cells.status === "RCPT=OK" || cells.status === "RECV=OK";
    const messages = cells.status === "RECV=OK" ? 1 : 0;
    const add = [1, messages, messages * Number(cells.size), ok ? 0 : 1];
    const keys: Record<LogGroup, string> = {
      hour: cells.time?.slice(0, 13) ?? "",
      day: cells.time?.slice(0, 10) ?? "",
      domain: cells.destination ?? "",
      account: (cells.user ?? "").toLowerCase(),
      ip: cells.ip ?? "",
      status: statusOf("smtp", cells) ?? "",
      sender: (cells.sender ?? "").toLowerCase(),
      statusIp: ok ? "" : `${cells.status}\t${cells.ip}`,
      accountIp: cells.user === "" ? "" : `${(cells.user ?? "").toLowerCase()}\t${cells.ip}`,
    };
    for (const [i, value] of add.entries()) total[i] = (total[i] ?? 0) + value;
    for (const [group, key] of Object.entries(keys)) {
      if (key === "") continue;
      const ofGroup = wanted[group] ?? {};
      wanted[group] = ofGroup;
      const sums = ofGroup[key] ?? [0, 0, 0, 0];
      ofGroup[key] = sums;
      for (const [i, value] of add.entries()) sums[i] = (sums[i] ?? 0) + value;
    }
  }
  for (const group of ALL) {
    const given = Object.fromEntries(
      (tally.groups[group] ?? []).map(({ key, lines, messages, bytes, refused }) => [
        key,
        [lines, messages, bytes, refused],
      ]),
    );
    expect(given, group).toEqual(wanted[group]);
  }
  const { lines, messages, bytes, refused } = tally.total;
  expect([lines, messages, bytes, refused]).toEqual(total);
  expect(tally.broken).toBe(4);
});

test("one domain is told nothing of the others", async () => {
  const storage = memory();
  await storage.write(storagePath("logs/smtp-202611240000"), stormLog({ seed: 7, bytes: 500_000 }));
  const tally = await logStoreOver(storage).tally({ kind: "smtp", groups: LOG_GROUPS, domain: "example.jp" });
  expect(tally.total.lines).toBeGreaterThan(100);
  expect(tally.groups.domain?.map(({ key }) => key)).toEqual(["example.jp"]);
  expect(JSON.stringify(tally)).not.toContain("example.com");
});

test("more different senders than can be told apart are counted together", async () => {
  const lines = Array.from(
    { length: 100_500 },
    (_, i) =>
      `"mx"\t"d"\t"192.0.2.1"\t"2026-11-24 08:00:01"\t"h"\t""\t"s${i}@y"\t"o@p"\t"S2"\t"RECV=OK"\t""\t"1"\t""\n`,
  );
  const storage = memory();
  await storage.write(storagePath("logs/smtp-202611240000"), Buffer.from(lines.join("")));
  const tally = await logStoreOver(storage).tally({ kind: "smtp", groups: ["sender"] });
  expect(tally.cut).toEqual(["sender"]);
  expect(tally.groups.sender?.find(({ key }) => key === "*")?.lines).toBe(500);
  expect(tally.total.lines).toBe(100_500);
});
