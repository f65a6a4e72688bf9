import { describe, expect, test } from "vitest";
import { run } from "../../../adapters/cli/run.ts";
import { jsonLines } from "../../../adapters/node/json-lines.ts";
import { fakeTerminal } from "./fake-terminal.ts";

/** Clears the screen, in seven bits and in eight, and turns the letters that follow. */
const STEERING = "\u001b[2J \u009b2J \u202e";
const STEERS = /[\u001b\u009b\u202e]/;

describe("nothing that is printed steers the terminal", () => {
  test.each([
    ["a command that is none", [`x${STEERING}`, "y"]],
    ["a flag that is none", ["account", "list", `--x${STEERING}`]],
    [
      "a pair that is none",
      ["account", "set-variables", "--domain", "a.test", "--name", "b", "--set", STEERING],
    ],
    ["a file that is not there", ["domain", "list", "--config", `x${STEERING}`]],
  ])("%s", async (_, argv) => {
    const terminal = fakeTerminal();
    expect(await run(argv, terminal)).toBe(2);
    const text = [...terminal.printed, ...terminal.complaints].join("");
    expect(text).toContain("[2J");
    expect(text).not.toMatch(STEERS);
  });

  test("what a broken configuration says of itself", async () => {
    const text = JSON.stringify({ xmail: { mailRoot: "/x" }, [`odd ${STEERING}`]: 1 });
    const terminal = fakeTerminal({ files: { "xmailcfg.config.json": text } });
    expect(await run(["domain", "list"], terminal)).toBe(2);
    expect(terminal.complaints.join("")).not.toMatch(STEERS);
  });

  test("lines of the log, which say the same to whoever parses them", () => {
    const lines: string[] = [];
    jsonLines("xmailcfg", (line) => lines.push(line)).error({ path: STEERING }, `x ${STEERING}`);
    expect(lines.join("")).not.toMatch(STEERS);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ path: STEERING, message: `x ${STEERING}` });
  });
});
