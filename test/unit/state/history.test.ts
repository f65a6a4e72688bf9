import { describe, expect, test } from "vitest";
import type { ChangeEntry } from "../../../src/kernel/history.ts";
import { openHistory } from "../../../src/state/history.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";

const AT = new Date("2026-11-24T10:00:00.000Z");
const HOUR = 3_600_000;
const CODED = "0a0d0b1c";

function entry(more: Partial<ChangeEntry> = {}): ChangeEntry {
  return {
    at: AT,
    requestId: "r",
    actor: "a1",
    actorName: "Hana",
    operation: "alias.add",
    target: { kind: "domain", domain: "example.com" },
    about: ["example.com", "sales@example.com"],
    input: { domain: "example.com", alias: "sales" },
    changes: {
      commands: ["aliasadd\texample.com\tsales\thana"],
      files: [
        {
          kind: "file",
          path: "aliases.tab",
          before: "00",
          after: "11",
          hunks: [{ at: 0, removed: [], added: [`"${CODED}"\r\n`] }],
        },
      ],
      final: [],
    },
    ...more,
  };
}

async function filled(n: number, step = HOUR) {
  const storage = memory();
  const history = openHistory(storage);
  const ids: string[] = [];
  for (let i = 0; i < n; i += 1) {
    const { id } = await history.begin(
      entry({ at: new Date(AT.getTime() + i * step), requestId: String(i) }),
    );
    ids.push(id ?? "");
    await history.end(id ?? "", "done");
  }
  return { storage, history, ids };
}

const DAY_FILE = storagePath("history", "2026-11-24.jsonl");

describe("the history", () => {
  test("keeps a change before it begins, with its whole difference, and how it ended", async () => {
    const history = openHistory(memory());
    const { id } = await history.begin(entry({ reason: "asked by phone", from: "192.0.2.1" }));
    expect((await history.get(id ?? ""))?.change).toMatchObject({
      id,
      at: AT,
      outcome: "begun",
      reason: "asked by phone",
      from: "192.0.2.1",
      paths: ["aliases.tab"],
    });
    await history.end(id ?? "", "failed", "FILE_CHANGED");
    const kept = await history.get(id ?? "");
    expect(kept?.change).toMatchObject({ outcome: "failed", code: "FILE_CHANGED" });
    expect(kept?.changes).toEqual(entry().changes);
  });

  test("nobody but the owner may read its files", async () => {
    const { storage } = await filled(1);
    expect((await storage.stat(DAY_FILE))?.mode).toBe(0o600);
  });

  test("gives pages, the newest first, over days, without a gap or a double", async () => {
    const { history, ids } = await filled(30, 2 * HOUR);
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await history.find({ limit: 7, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBe(5);
    expect(seen).toEqual([...ids].reverse());
  });

  test.each([
    ["object: a domain, with its addresses", { object: "EXAMPLE.com" }, ["0", "1", "3"]],
    ["object: an address", { object: "sales@example.com" }, ["0", "3"]],
    ["operation", { operation: "domain.add" }, ["2"]],
    ["operations of a noun", { operation: "alias.*" }, ["0", "3"]],
    ["actor by name", { actor: "ken" }, ["1"]],
    ["actor by id", { actor: "a1" }, ["0", "2", "3"]],
    ["text of the reason", { text: "PHONE" }, ["3"]],
    ["text of the files", { text: "aliases.t" }, ["0", "1", "2", "3"]],
    ["since", { since: new Date(AT.getTime() + 2 * HOUR) }, ["2", "3"]],
    ["until", { until: new Date(AT.getTime() + HOUR) }, ["0", "1"]],
    ["two at once", { operation: "alias.*", until: AT }, ["0"]],
  ])("is searched by %s", async (_, query, wanted) => {
    const history = openHistory(memory());
    const account = {
      operation: "account.add",
      actor: "a2",
      actorName: "Ken",
      about: ["example.com", "ken@example.com"],
    };
    const domain = { operation: "domain.add", about: ["other.test"], input: { domain: "other.test" } };
    const all = [{}, account, domain, { reason: "asked by phone" }];
    for (const [i, more] of all.entries()) {
      await history.begin(entry({ ...more, requestId: String(i), at: new Date(AT.getTime() + i * HOUR) }));
    }
    const { items } = await history.find({ limit: 10, ...query });
    expect(items.map(({ requestId }) => requestId).sort()).toEqual(wanted);
  });

  test("a line that a killed process left half is passed over and counted, and the next one is whole", async () => {
    const { storage, history, ids } = await filled(2);
    const whole = await storage.read(DAY_FILE);
    for (const cut of [3, 40, 400]) {
      await storage.write(DAY_FILE, whole.slice(0, whole.length - cut));
      const torn = openHistory(storage);
      const { id } = await torn.begin(entry({ at: new Date(AT.getTime() + 5 * HOUR) }));
      const page = await torn.find({ limit: 10 });
      expect(page.damaged, `cut by ${cut}`).toBe(1);
      expect(page.items[0]?.id).toBe(id);
      expect(page.items.at(-1)?.id).toBe(ids[0]);
      expect((await history.get(id ?? ""))?.changes).toEqual(entry().changes);
    }
  });

  test("lines longer than what is read at once are whole", async () => {
    const history = openHistory(memory());
    const added = Array.from({ length: 40_000 }, (_, i) => `"line ${i}"\r\n`);
    const file = {
      kind: "file" as const,
      path: "x.tab",
      before: null,
      after: "1",
      hunks: [{ at: 0, removed: [], added }],
    };
    const { id } = await history.begin(entry({ changes: { commands: [], files: [file], final: [] } }));
    await history.begin(entry({ at: new Date(AT.getTime() + 1) }));
    const kept = await history.get(id ?? "");
    expect(kept?.changes.files[0]).toEqual(file);
    expect((await history.find({ limit: 10 })).items).toHaveLength(2);
  });

  test("what was taken back is marked, and the undo of the undo takes the mark away", async () => {
    const { history, ids } = await filled(1);
    const first = ids[0] ?? "";
    const undo = async (id: string, hours: number) => {
      const made = await history.begin(
        entry({ operation: "change.undo", undoes: id, at: new Date(AT.getTime() + hours * HOUR) }),
      );
      await history.end(made.id ?? "", "done");
      return made.id ?? "";
    };
    const undoneBy = async (id: string) => (await history.get(id))?.change.undoneBy;
    const second = await undo(first, 20);
    expect(await undoneBy(first)).toBe(second);
    const third = await undo(second, 40);
    expect([await undoneBy(first), await undoneBy(second)]).toEqual([undefined, third]);
    const fourth = await undo(third, 60);
    expect([await undoneBy(first), await undoneBy(second), await undoneBy(third)]).toEqual([
      second,
      undefined,
      fourth,
    ]);
    const { items } = await history.find({ limit: 10 });
    expect(items.map(({ undoneBy }) => undoneBy)).toEqual([undefined, fourth, undefined, second]);
  });

  test("days that are too old go, and with the first change of a day the bin may be emptied", async () => {
    const storage = memory();
    const history = openHistory(storage, { days: 2 });
    const on = (day: number) => history.begin(entry({ at: new Date(AT.getTime() + day * 24 * HOUR) }));
    expect((await on(0)).emptyBin).toEqual(new Date("2026-11-22T10:00:00.000Z"));
    expect((await on(0)).emptyBin).toBeNull();
    await on(1);
    await on(3);
    const names = (await storage.list(storagePath("history"))).map(({ name }) => name);
    expect(names.sort()).toEqual(["2026-11-25.jsonl", "2026-11-27.jsonl"]);
  });

  test("all together never grows far beyond its bound, and the newest stay", async () => {
    const storage = memory();
    const history = openHistory(storage, { megabytes: 1 });
    const line = "x".repeat(20_000);
    const file = {
      kind: "file" as const,
      path: "x.tab",
      before: null,
      after: "1",
      hunks: [{ at: 0, removed: [], added: [line] }],
    };
    let last: string | null = null;
    for (let i = 0; i < 100; i += 1) {
      const at = new Date(AT.getTime() + i);
      last = (await history.begin(entry({ at, changes: { commands: [], files: [file], final: [] } }))).id;
    }
    const files = await storage.list(storagePath("history"));
    const sum = files.reduce((total, { size }) => total + size, 0);
    expect(sum).toBeLessThan(1.2 * 1024 * 1024);
    expect(sum).toBeGreaterThan(0.6 * 1024 * 1024);
    expect((await history.find({ limit: 1 })).items[0]?.id).toBe(last);
    expect((await history.get(last ?? ""))?.change.outcome).toBe("begun");
  });

  test("what a killed process left is settled as the recovery says, and remembered", async () => {
    const history = openHistory(memory(), {}, () => AT);
    const finished = await history.begin(entry());
    const other = await history.begin(entry({ changes: { commands: [], files: [], final: [] } }));
    await history.recovered([{ at: AT, outcome: "finished", files: ["aliases.tab"] }]);
    expect((await history.get(finished.id ?? ""))?.change.outcome).toBe("done");
    expect((await history.get(other.id ?? ""))?.change.outcome).toBe("begun");
    expect(await history.recoveries()).toEqual([{ at: AT, outcome: "finished", files: ["aliases.tab"] }]);
    const rolledBack = await history.begin(entry({ at: new Date(AT.getTime() + 1) }));
    await history.recovered([{ at: AT, outcome: "rolledBack", files: ["aliases.tab"] }]);
    expect((await history.get(rolledBack.id ?? ""))?.change).toMatchObject({ outcome: "failed" });
    expect(await history.recoveries()).toHaveLength(2);
  });

  test("an id that is none is nobody's change", async () => {
    const { history } = await filled(1);
    for (const id of [
      "",
      "../../etc/passwd",
      "2026-11-24T100000000-zzzzzzzz",
      "2020-01-01T000000000-00000000",
    ]) {
      expect(await history.get(id)).toBeNull();
    }
  });
});
