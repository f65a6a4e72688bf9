import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run, TOP, treeCopy } from "./tree-copy.ts";

const { scripts } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** Arguments of `tool` as `npm run <script>` gives them, so that a loosened gate is the one tested here. */
function argumentsOf(script: string, tool: string): string[] {
  const command = scripts[script]?.split(" && ").find((part) => part.split(" ")[0] === tool);
  if (command === undefined) throw new Error(`npm run ${script} does not run ${tool}`);
  return command.split(" ").slice(1);
}

test("npm run check and CI run every gate", () => {
  const gates = ["lint", "types", "imports", "unused", "package", "docs -- --check"];
  const check = scripts["check"] ?? "";
  expect(gates.filter((gate) => !check.includes(`npm run ${gate}`))).toEqual([]);
  expect(readFileSync(join(TOP, ".ci/run"), "utf8")).toMatch(/^npm run check$/m);
});

describe("format and lint", () => {
  const copy = treeCopy(["biome.json", "package.json"]);
  afterAll(() => copy.remove());

  test.each([
    ["any", "export function read(body: any): string {\n  return String(body);\n}\n"],
    ["a non-null assertion", "export const first = (list: string[]): string => list[0]!;\n"],
    ["console", 'console.log("here");\n'],
    ["its format", "export const  two = 2\n"],
    ["a type import that is none", 'import { type A } from "./a.ts";\nexport type B = A;\n'],
  ])("report a planted file with %s", async (_, text) => {
    copy.plant("src/planted.ts", text);
    const ended = await run("biome", argumentsOf("lint", "biome"), copy.top);
    expect(ended.stdout + ended.stderr).toContain("src/planted.ts");
    expect(ended.code).toBe(1);
  });

  test("accept what is right", async () => {
    copy.plant("src/planted.ts", "export const two = 2;\n");
    expect(await run("biome", argumentsOf("lint", "biome"), copy.top)).toMatchObject({ code: 0 });
  });
});

describe("dead code", { timeout: 120_000 }, () => {
  const parts = ["package.json", "knip.json", "tsconfig.json", "tsup.config.ts", "vitest.config.ts"];
  const copy = treeCopy([...parts, ".ci", "src", "adapters", "test", "docs"]);
  afterAll(() => copy.remove());

  test("there is none", async () => {
    const ended = await run("knip", argumentsOf("unused", "knip"), TOP);
    expect(ended.stdout).toBe("");
    expect(ended.code).toBe(0);
  });

  test("a planted file, export and dependency are reported", async () => {
    copy.plant("src/errors/planted-file.ts", "export const nobody = 1;\n");
    const codes = readFileSync(join(TOP, "src/errors/codes.ts"), "utf8");
    copy.plant("src/errors/codes.ts", `${codes}\nexport const plantedExport = 1;\n`);
    const manifest = readFileSync(join(TOP, "package.json"), "utf8");
    copy.plant(
      "package.json",
      manifest.replace('"dependencies": {', '"dependencies": { "planted-package": "1",'),
    );
    const ended = await run("knip", argumentsOf("unused", "knip"), copy.top);
    for (const fault of ["src/errors/planted-file.ts", "plantedExport", "planted-package"]) {
      expect(ended.stdout).toContain(fault);
    }
    expect(ended.code).toBe(1);
  });
});

describe("package checks", () => {
  const copy = treeCopy([]);
  afterAll(() => copy.remove());

  function plantPackage(types: string): void {
    const both = { types, default: "./dist/index.cjs" };
    const exports = {
      ".": { import: { types: "./dist/index.d.ts", default: "./dist/index.js" }, require: both },
    };
    const manifest = {
      name: "planted",
      version: "1.0.0",
      type: "module",
      license: "MIT",
      exports,
      files: ["dist"],
    };
    copy.plant("package.json", JSON.stringify(manifest));
    copy.plant("dist/index.js", "export const a = 1;\n");
    copy.plant("dist/index.cjs", "exports.a = 1;\n");
    copy.plant("dist/index.d.ts", "export declare const a: number;\n");
    copy.plant("dist/index.d.cts", "export declare const a: number;\n");
  }

  const check = async () => ({
    publint: (await run("publint", argumentsOf("package", "publint"), copy.top)).code,
    attw: (await run("attw", argumentsOf("package", "attw"), copy.top)).code,
  });

  test("accept a sound package", async () => {
    plantPackage("./dist/index.d.cts");
    expect(await check()).toEqual({ publint: 0, attw: 0 });
  });

  test("report types of the wrong module kind", async () => {
    plantPackage("./dist/index.d.ts");
    expect((await check()).attw).toBe(1);
  });

  test("report an entry that is not there", async () => {
    plantPackage("./dist/missing.d.cts");
    expect(await check()).toEqual({ publint: 1, attw: 1 });
  });
});
