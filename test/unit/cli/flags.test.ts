import { parseArgs } from "node:util";
import { describe, expect, test } from "vitest";
import { type Field, fieldsOf, fieldValue, givenFor, optionsFor } from "../../../adapters/cli/flags.ts";
import { relay } from "../../../src/operations/access/relay.ts";
import { forward } from "../../../src/operations/forward/forward.ts";
import { popLinkTurn } from "../../../src/operations/pop-link/pop-link.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";

function read(fields: readonly Field[], name: string, args: string[]): unknown {
  const { values } = parseArgs({ args, options: optionsFor(fields) });
  const field = fields.find((one) => one.name === name);
  if (!field) throw new Error(name);
  return fieldValue(field, givenFor(field, values));
}

describe("flags", () => {
  const turn = fieldsOf(popLinkTurn);
  const move = fieldsOf(relay.move);
  const add = fieldsOf(forward.add);

  test("a switch says yes, no, or nothing", () => {
    expect(read(turn, "on", ["--on"])).toBe(true);
    expect(read(turn, "on", ["--no-on"])).toBe(false);
    expect(read(turn, "on", [])).toBeUndefined();
    expect(() => read(turn, "on", ["--on", "--no-on"])).toThrow("--no-on");
  });

  test("what may be nothing says so", () => {
    expect(read(move, "before", ["--before", "abc"])).toBe("abc");
    expect(read(move, "before", ["--no-before"])).toBe(null);
    expect(() => read(add, "domain", ["--no-domain"])).toThrow();
  });

  test("objects are JSON, and NAME=VALUE where they are a name and a value", () => {
    const gateway = '{"host":"mail.example.net","port":587}';
    expect(read(add, "gateways", ["--gateways", gateway, "--gateways", gateway])).toEqual(
      Array(2).fill({ host: "mail.example.net", port: 587 }),
    );
    expect(() => read(add, "gateways", ["--gateways", "mail.example.net"])).toThrow("JSON");
  });

  test("no field hides the no of another", () => {
    for (const operation of ALL_OPERATIONS) {
      const fields = fieldsOf(operation);
      const flags = new Set(fields.map(({ flag }) => flag));
      const hidden = Object.keys(optionsFor(fields)).filter(
        (flag) => flags.has(flag.replace(/^no-/, "")) && flag.startsWith("no-") && flags.has(flag),
      );
      expect(hidden, operation.name).toEqual([]);
    }
  });
});
