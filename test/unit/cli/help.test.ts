import { describe, expect, test } from "vitest";
import { fieldsOf, fieldValue, isTyped, kebab } from "../../../adapters/cli/flags.ts";
import { PROGRAMS } from "../../../adapters/cli/help.ts";
import { asText } from "../../../adapters/cli/print.ts";
import { run } from "../../../adapters/cli/run.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { fakeTerminal } from "./fake-terminal.ts";

describe("help is read off the table", () => {
  test("the general help names every operation with its summary", async () => {
    const terminal = fakeTerminal();
    expect(await run([], terminal)).toBe(0);
    const text = terminal.printed.join("");
    for (const { name, summary } of ALL_OPERATIONS) {
      expect(text).toContain(name.split(".").map(kebab).join(" "));
      expect(text).toContain(summary);
    }
  });

  test.each(ALL_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "%s --help names every field, and no secret as a flag",
    async (name, operation) => {
      const terminal = fakeTerminal();
      expect(await run([...name.split(".").map(kebab), "--help"], terminal)).toBe(0);
      const text = terminal.printed.join("");
      for (const { flag, schema } of fieldsOf(operation)) {
        expect(text).toContain(isTyped(schema) ? `--${flag}-file FILE` : `--${flag}`);
      }
    },
  );
});

describe("help of a part", () => {
  async function printed(...argv: string[]) {
    const terminal = fakeTerminal();
    expect([await run(argv, terminal), terminal.complaints]).toEqual([0, []]);
    return terminal.printed.join("");
  }

  test.each(Object.keys(PROGRAMS))("%s --help explains the program and starts nothing", async (command) => {
    expect(await printed(...command.split(" "), "--help")).toContain(PROGRAMS[command]);
    expect(await printed("help", ...command.split(" "))).toContain(PROGRAMS[command]);
  });

  test("a noun lists its verbs, and only those", async () => {
    const text = await printed("account", "--help");
    expect(text).toContain("account set-variables");
    expect(text).not.toContain("domain add");
    expect(await printed("person", "--help")).toContain("person set-password");
  });

  test("help account add is account add --help, whatever else was typed", async () => {
    const text = await printed("help", "account", "add");
    expect(text).toContain("--password-file FILE");
    expect(await printed("account", "add", "--domain", "a", "--help")).toBe(text);
  });

  test("--version is that of the package", async () => {
    expect(await printed("--version")).toBe(`xmailcfg ${packageJson.version}\n`);
  });
});

describe("wrong use is explained and exits with 2", () => {
  test.each([
    [["account"], /no command "account"/],
    [["account", "explode"], /no command/],
    [["account", "add", "--nonsense", "x"], /nonsense/],
    [["account", "remove", "--domain", "a", "--name", "b"], /--yes/],
    [["account", "add", "--domain", "a", "--name", "b", "--password", "x"], /password/],
    [["account", "set-variables", "--set", "novalue"], /NAME=VALUE/],
    [["domain", "list"], /configuration xmailcfg.config.json cannot be read/],
    [["domain", "list", "--config", "/nowhere.json"], /nowhere/],
    [["simulator"], /--mail-root/],
    [["serve", "--port", "99999"], /--port/],
    [["administrator", "add"], /configuration/],
    [["account", "list", "--config"], /--config takes/],
    [["account", "list", "--config="], /--config takes/],
    [["account", "list", "--config", "--json"], /--config takes/],
    [["help", "account", "explode"], /no command "account explode".*account --help/],
    [["explode", "--help"], /no command "explode"/],
  ])("%j", async (argv, message) => {
    const terminal = fakeTerminal();
    expect(await run(argv, terminal)).toBe(2);
    expect(terminal.complaints.join("")).toMatch(message);
    expect(terminal.printed).toEqual([]);
  });

  test.each([
    ["account", "add", "--domain", "a", "--name", "b"],
    ["administrator", "add", "--name", "b"],
  ])("nobody types a secret before the configuration is read: %s %s", async (...argv) => {
    const questions: string[] = [];
    const askSecret = async (question: string) => {
      questions.push(question);
      return "Long-enough-1";
    };
    expect(await run(argv, { ...fakeTerminal(), interactive: true, askSecret })).toBe(2);
    expect(questions).toEqual([]);
  });

  test("a wrong field of the configuration is named", async () => {
    const config = JSON.stringify({
      xmail: { ctrl: { host: "h", account: "a", password: { env: "P" }, port: "x" } },
    });
    const terminal = fakeTerminal({ files: { "c.json": config } });
    expect(await run(["domain", "list", "--config", "c.json"], terminal)).toBe(2);
    expect(terminal.complaints.join("")).toContain("xmail.ctrl.port");
  });
});

test("flags become the values their fields want", () => {
  const field = (schema: object) => ({ name: "f", flag: "f", schema, required: false });
  expect(fieldValue(field({ type: "integer" }), "12")).toBe(12);
  expect(fieldValue(field({ type: "integer" }), "12x")).toBe("12x");
  expect(fieldValue(field({ type: "string" }), "12")).toBe("12");
  expect(fieldValue(field({ type: "array", items: { type: "string" } }), ["a", "b"])).toEqual(["a", "b"]);
  const named = { type: "object", properties: { name: {}, value: {} } };
  expect(fieldValue(field({ type: "array", items: named }), ["A=b=c", "X="])).toEqual([
    { name: "A", value: "b=c" },
    { name: "X", value: "" },
  ]);
});

test("answers for eyes: tables line up, also in Japanese, and nothing steers the terminal", () => {
  const page = {
    items: [
      { name: "佐藤", state: { on: true } },
      { name: "x\u001b[31m\u202e", state: { on: false } },
    ],
    total: 7,
    first: 1,
    next: "abc",
  };
  expect(asText(page).split("\n")).toEqual([
    "name     state.on",
    "佐藤     true",
    "x\ufffd[31m\ufffd  false",
    "(1 to 2 of 7; more with --cursor abc)",
  ]);
  expect(asText({ items: [], total: 0, first: 0, next: null })).toBe("Nothing found.");
  expect(asText({ a: null, b: { c: 1 }, d: [{ e: "f" }] })).toBe("a: -\nb:\n  c: 1\nd:\n  f");
});
