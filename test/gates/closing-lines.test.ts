import { afterAll, expect, test } from "vitest";
import { run, treeCopy } from "./tree-copy.ts";

const copy = treeCopy(["vitest.config.ts", "package.json", "test/closing-lines.ts", "test/peers.ts"]);
afterAll(() => copy.remove());

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

const PEER = `import { test } from "vitest";
import { describeWith } from "./peers.ts";
describeWith("xmail", null, "a live suite", () => {
  test("talks to XMail", () => {});
});
`;

test("failures, broken files and left-out suites are all counted", async () => {
  copy.plant("test/good.test.ts", 'import { test } from "vitest";\ntest("holds", () => {});\n');
  copy.plant(
    "test/bad.test.ts",
    'import { expect, test } from "vitest";\ntest("fails", () => expect(1).toBe(2));\n',
  );
  copy.plant("test/broken.test.ts", 'import "./not-there.ts";\n');
  copy.plant("test/peer.test.ts", PEER);
  const ended = await run("vitest", ["run"], copy.top);
  expect(ended.code).toBe(1);
  expect(lastLine(ended.stdout)).toBe("1 passed, 2 failed, 1 skipped");
  expect(ended.stdout).toContain("skipped: test/peer.test.ts > a live suite > xmail is not on this machine");
  expect(ended.stdout).toMatch(/^failed: test\/bad\.test\.ts > fails > expected 1 to be 2/m);
  expect(ended.stdout).toMatch(/^failed: test\/broken\.test\.ts > .*not-there/m);
  expect(ended.stdout).toMatch(/^took \d+ s: test\/good\.test\.ts$/m);
});

test("a peer that XMAILCFG_REQUIRE names must be there", async () => {
  copy.plant("test/peer.test.ts", PEER);
  process.env["XMAILCFG_REQUIRE"] = "chromium, xmail";
  const ended = await run("vitest", ["run", "test/peer.test.ts"], copy.top);
  delete process.env["XMAILCFG_REQUIRE"];
  expect(ended.code).toBe(1);
  expect(lastLine(ended.stdout)).toBe("0 passed, 1 failed, 0 skipped");
  expect(ended.stdout + ended.stderr).toContain("needs xmail");
});

test("a peer that no suite knows is a misspelt one", async () => {
  copy.plant("test/peer.test.ts", PEER);
  process.env["XMAILCFG_REQUIRE"] = "chromuim";
  const ended = await run("vitest", ["run", "test/peer.test.ts"], copy.top);
  delete process.env["XMAILCFG_REQUIRE"];
  expect(ended.code).toBe(1);
  expect(ended.stdout + ended.stderr).toContain("chromuim");
});
