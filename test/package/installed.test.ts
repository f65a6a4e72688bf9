import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, TOP } from "../gates/tree-copy.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

const manifest = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as Manifest;
const ENTRIES = Object.keys(manifest.exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => entry.replace(/^\./, "xmailcfg"));

const home = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-installed-"));
const npm = (args: readonly string[], cwd: string) => run("/usr/bin/env", ["npm", ...args], cwd);
const node = (args: readonly string[]) => run(process.execPath, args, home);

/** Names a module exports, as the program in `source` prints them. */
async function namesFrom(file: string, source: string): Promise<string[]> {
  writeFileSync(join(home, file), source);
  const ended = await node([file]);
  if (ended.code !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout) as string[];
}

describe("the packed tarball, installed", () => {
  let packed: string[] = [];

  beforeAll(async () => {
    if (!existsSync(join(TOP, "dist"))) throw new Error("dist/ is missing: run npm run build first");
    const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", home];
    const answer = JSON.parse((await npm(args, TOP)).stdout) as {
      filename: string;
      files: { path: string }[];
    }[];
    packed = answer[0]?.files.map(({ path }) => path) ?? [];
    writeFileSync(join(home, "package.json"), '{ "private": true }\n');
    // Its dependencies come from here instead of the registry, in the versions it asks for.
    const dependencies = Object.keys(manifest.dependencies).map((name) => join(TOP, "node_modules", name));
    const tarball = join(home, answer[0]?.filename ?? "");
    const installed = await npm(
      ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", tarball, ...dependencies],
      home,
    );
    expect(installed, installed.stderr).toMatchObject({ code: 0 });
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("holds what was built and its papers, nothing else", () => {
    const places = new Set(packed.map((path) => (path.includes("/") ? `${path.split("/")[0]}/` : path)));
    const papers = ["CHANGELOG.md", "LICENSE", "README.md", "dist/", "docs/", "package.json"];
    expect([...places].sort()).toEqual(papers);
    expect(packed).toEqual(expect.arrayContaining(["dist/THIRD-PARTY.txt", "dist/bin/xmailcfg.cgi"]));
    expect(packed.filter((path) => /\.(ts|map)$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
  });

  test("has the entries we publish", () => {
    expect(ENTRIES).toEqual([
      "xmailcfg",
      "xmailcfg/client",
      "xmailcfg/express",
      "xmailcfg/node",
      "xmailcfg/cgi",
      "xmailcfg/lambda",
      "xmailcfg/web",
      "xmailcfg/testing",
    ]);
  });

  test.each(ENTRIES)("%s gives the same names to import and to require", async (entry) => {
    const print =
      "process.stdout.write(JSON.stringify(Object.keys(m).filter((n) => n !== '__esModule').sort()))";
    const esm = await namesFrom("names.mjs", `import * as m from "${entry}"; ${print}`);
    const cjs = await namesFrom("names.cjs", `const m = require("${entry}"); ${print}`);
    expect(esm.length).toBeGreaterThan(0);
    expect(cjs).toEqual(esm);
  });

  test("nothing but the entries can be reached", async () => {
    writeFileSync(join(home, "deep.mjs"), 'import "xmailcfg/dist/index.js";');
    expect((await node(["deep.mjs"])).stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("an error of one copy is known to the other", async () => {
    writeFileSync(
      join(home, "both.mjs"),
      `import { createRequire } from "node:module";
import { storagePath } from "xmailcfg";
const { hasCode } = createRequire(import.meta.url)("xmailcfg");
try { storagePath("../up"); } catch (error) { process.stdout.write(String(hasCode(error, "STORAGE_PATH"))); }`,
    );
    expect((await node(["both.mjs"])).stdout).toBe("true");
  });

  test("TypeBox is bundled: not one of its files is loaded", async () => {
    const index = readFileSync(join(home, "node_modules/xmailcfg/dist/index.js"), "utf8");
    expect(index).not.toContain('"typebox');
    writeFileSync(
      join(home, "loaded.cjs"),
      'require("xmailcfg"); process.stdout.write(JSON.stringify(Object.keys(require.cache)));',
    );
    const loaded = JSON.parse((await node(["loaded.cjs"])).stdout) as string[];
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((path) => path.includes("/typebox/"))).toEqual([]);
  });

  test("its command runs", async () => {
    const ended = await run(join(home, "node_modules/.bin/xmailcfg"), ["--help"], home);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("account add");
  });

  test("its types fit ESM and CommonJS users, also when TypeScript checks libraries", async () => {
    const imports = ENTRIES.map((entry, index) => `import * as e${index} from "${entry}"; void e${index};`);
    const body = (use: string) => `import { Type, type XMail } from "xmailcfg"; declare const x: XMail;
export const schema = Type.Object({ a: Type.String() });
export const n = x.account.list({}).then((l) => ${use});`;
    for (const kind of ["mts", "cts"]) {
      writeFileSync(join(home, `right.${kind}`), [...imports, body("l.total.toFixed()")].join("\n"));
      writeFileSync(join(home, `wrong.${kind}`), body("l.totl"));
    }
    const types = ["--types", "node", "--typeRoots", join(TOP, "node_modules/@types")];
    const flags = [
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--module",
      "node16",
      "--skipLibCheck",
      "false",
    ];
    const files = ["right.mts", "right.cts", "wrong.mts", "wrong.cts"];
    const ended = await run("tsc", [...flags, ...types, ...files], home);
    const faults = ended.stdout.match(/^.+?\(\d+,\d+\): error TS\d+/gm);
    const misspelt = (file: string) => expect.stringMatching(new RegExp(`^${file}.*TS(2551|2339)$`));
    expect(faults?.toSorted(), ended.stdout).toEqual([misspelt("wrong.cts"), misspelt("wrong.mts")]);
  }, 300_000);
});
