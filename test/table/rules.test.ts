import { describe, expect, test } from "vitest";
import { plugin } from "../../docs/examples/plugin/index.js";
import { faultsOf } from "../../src/kernel/operation-rules.ts";
import { ALL_OPERATIONS, OPERATIONS } from "../../src/operations/table.ts";
import { definePlugin } from "../../src/plugins/plugin.ts";
import { pluginSuite } from "../../src/testing/plugin-suite.ts";

const READS = [
  "detect",
  "attachment",
  "largest",
  "usage",
  "export",
  "factors",
  "lint",
  "list",
  "get",
  "explain",
  "shape",
  "raw",
  "search",
  "statistics",
  "status",
  "trace",
  "verify",
];

describe("rules every operation keeps", () => {
  test("the table has operations, and each stands under its own name", () => {
    expect(ALL_OPERATIONS.length).toBeGreaterThanOrEqual(20);
    for (const [noun, verbs] of Object.entries(OPERATIONS)) {
      for (const [verb, operation] of Object.entries(verbs)) expect(operation.name).toBe(`${noun}.${verb}`);
    }
    expect(new Set(ALL_OPERATIONS.map((op) => op.name)).size).toBe(ALL_OPERATIONS.length);
  });

  test.each(ALL_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "%s keeps the rules that plugins keep",
    (_, operation) => {
      expect(faultsOf(operation)).toEqual([]);
    },
  );

  test.each(ALL_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "%s changes nothing exactly when its verb says so",
    (_, { name, effect }) => {
      expect(effect === "read").toBe(READS.includes(name.split(".")[1] ?? ""));
    },
  );

  // `{ dryRun, reason }`, `?dryRun=`, `--dry-run` and `--reason` belong to every change.
  test.each(ALL_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "%s has no field that says how it is called",
    (_, { input }) => {
      const { properties = {} } = input as { properties?: Readonly<Record<string, unknown>> };
      expect(Object.keys(properties).filter((field) => /^(?:dry-?run|reason)$/i.test(field))).toEqual([]);
    },
  );

  test("no two operations share a route", () => {
    const routes = ALL_OPERATIONS.map((op) => op.http?.replace(/\{\w+\}/g, "{}"));
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("the HTTP surface is the one we published", () => {
    const surface = ALL_OPERATIONS.map(
      (op) => `${op.http ?? "(in-process)"}  ${op.name}  ${op.effect}`,
    ).sort();
    expect(surface.join("\n")).toMatchSnapshot();
  });
});

describe("the plugin of the docs", () => {
  test.each(pluginSuite(plugin).map((one) => [one.name, one.run] as const))("%s", async (_, run) => {
    await run();
  });

  test("one with a fault is reported", async () => {
    const bare = definePlugin({ name: "bare", operations: { department: plugin.operations.department } });
    const faults = await Promise.all(
      pluginSuite({ ...bare, name: "accounts" }).map(({ name, run }) =>
        run().then(
          () => null,
          () => name,
        ),
      ),
    );
    expect(faults.filter((name) => name !== null)).toEqual([
      "is made by definePlugin",
      "takes no name that xmailcfg has",
      "has words for every field and rule (en)",
      "has words for every field and rule (ja)",
    ]);
  });
});
