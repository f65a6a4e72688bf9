import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

const GUIDE = readFileSync(join(TOP, "docs/guide/vacation.md"), "utf8");

function block(language: string): string {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m");
  return pattern.exec(GUIDE)?.[1] ?? "";
}

describe("the guide to vacation answers, typed by a reader", () => {
  let reader: Reader;
  let spoken = "";
  beforeAll(async () => {
    reader = await newReader("example.com");
    reader.write("control-password", "control-password\n");
    const config = block("json");
    expect(parseConfig(config).xmail.answerProgram).toHaveLength(2);
    reader.write("xmailcfg.config.json", reader.fitted(config));
    await reader.xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    const ended = await reader.shell(block("sh"));
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    spoken = ended.stdout;
  });
  afterAll(() => reader.leave());

  test("shows the answer while it is on, and leaves the text behind", async () => {
    expect(spoken).toContain("I am away until August 15.");
    expect(await reader.xmail.vacation.get({ domain: "example.com", name: "hana" })).toMatchObject({
      on: false,
      text: "8月15日まで休みます。\nI am away until August 15.",
      days: 7,
    });
  });

  test("warns of a program without its path", () => {
    const wrong = block("json").replace("/usr/bin/node", "node");
    expect(() => parseConfig(wrong)).toThrow("xmail.answerProgram must begin with the full path");
  });
});
