import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { thirdPartyText } from "../../.ci/third-party.ts";
import { run, TOP, treeCopy } from "../gates/tree-copy.ts";

/** The programs alone, as somebody copies them to a machine that has Node and nothing of npm. */
const bin = join(mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-programs-")), "cgi-bin");

describe("the programs, copied away from their package", () => {
  beforeAll(() => {
    if (!existsSync(join(TOP, "dist/bin"))) throw new Error("dist/bin is missing: run npm run build first");
    cpSync(join(TOP, "dist/bin"), bin, { recursive: true });
  });
  afterAll(() => rmSync(bin, { recursive: true, force: true }));

  test("the command runs by itself", async () => {
    const ended = await run(join(bin, "xmailcfg.cjs"), ["account", "add", "--help"], bin);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("--password-file FILE");
  });

  test("heavy parts are chunks of their own", () => {
    const names = readdirSync(bin);
    expect(names).toContain("xmailcfg.cgi");
    expect(names.some((name) => name.startsWith("demo-"))).toBe(true);
    const command = readFileSync(join(bin, "xmailcfg.cjs"), "utf8");
    expect(command).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(command.length).toBeLessThan(50_000);
  });

  test("the packages that they contain have their licences beside them", () => {
    const text = readFileSync(join(TOP, "dist/THIRD-PARTY.txt"), "utf8");
    for (const name of ["hono", "typebox"])
      expect(text).toMatch(new RegExp(`^${name} [0-9.]+ \\(MIT\\)$`, "m"));
    expect(text.match(/Permission is hereby granted/g)?.length).toBeGreaterThanOrEqual(2);
    expect(thirdPartyText(["src/index.ts"])).not.toContain("hono");
    const copy = treeCopy([]);
    copy.plant("node_modules-planted/node_modules/planted/package.json", '{ "name": "planted" }');
    const planted = join(copy.top, "node_modules-planted/node_modules/planted/index.js");
    expect(() => thirdPartyText([planted])).toThrow("no licence file");
    copy.remove();
  });

  test("the demo shows the panel with its look, and leaves nothing behind", async () => {
    const demo = spawn(process.execPath, [join(bin, "xmailcfg.cjs"), "demo", "--port", "0"], { cwd: bin });
    const said = await saidBy(demo, "password:");
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? "";
    const page = await (await fetch(`${address}sign-in`)).text();
    for (const [name, pattern] of [
      ["app.css", /href="\/(assets\/app\.[0-9a-f]+\.css)"/],
      ["app.js", /src="\/(assets\/app\.[0-9a-f]+\.js)"/],
    ] as const) {
      const served = await fetch(address + (pattern.exec(page)?.[1] ?? "nothing"));
      expect(await served.text()).toBe(readFileSync(join(TOP, "src/web/assets", name), "utf8"));
    }
    const folders = () =>
      readdirSync(realpathSync(tmpdir())).filter((name) => name.startsWith("xmailcfg-demo-"));
    const before = folders().length;
    expect(before).toBeGreaterThan(0);
    demo.kill("SIGINT");
    expect(await new Promise((resolve) => demo.once("exit", resolve))).toBe(0);
    expect(folders().length).toBeLessThan(before);
  });

  test("the CGI program answers, and says in the log what it misses", async () => {
    const variables = [
      "GATEWAY_INTERFACE=CGI/1.1",
      "REQUEST_METHOD=GET",
      "SCRIPT_NAME=/x.cgi",
      "PATH_INFO=/sign-in",
    ];
    const program = join(bin, "xmailcfg.cgi");
    const ended = await run("/usr/bin/env", [...variables, "XMAILCFG_CONFIG=/not-there.json", program], bin);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^Status: 500 /);
    expect(ended.stdout).not.toContain("not-there");
    expect(ended.stderr).toContain("/not-there.json");
  });
});

function saidBy(child: ChildProcess, sign: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (piece: Buffer) => {
        said += piece;
        if (said.includes(sign)) resolve(said);
      });
    }
    child.once("exit", () => reject(new Error(`it ended without "${sign}":\n${said}`)));
  });
}
