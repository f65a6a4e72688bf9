import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const TOP = join(import.meta.dirname, "../..");

function filesOf(folder: string): string[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path).map((name) => join(path, name));
}

/** `file:line` of every error that the project's own settings give for `files` (not for what they import). */
function errorsIn(files: readonly string[]): string[] {
  const config = ts.readConfigFile(join(TOP, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config.config, include: [], files: [] },
    ts.sys,
    TOP,
  );
  const program = ts.createProgram(files, options);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return program.getSemanticDiagnostics(source).map(({ start = 0 }) => {
      const line = (source?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
      return `${file}:${line}`;
    });
  });
}

function marked(file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, index) => (line.endsWith("// refused") ? [`${file}:${index + 1}`] : []));
}

describe("types", () => {
  const fails = filesOf("fails");
  const compiles = filesOf("compiles");
  const errors = errorsIn([...fails, ...compiles]);

  test.each(compiles)("%s compiles", (file) => {
    expect(errors.filter((error) => error.startsWith(file))).toEqual([]);
  });

  test.each(fails)("every marked line of %s is refused, and no other", (file) => {
    const wanted = marked(file);
    expect(wanted.length).toBeGreaterThan(2);
    expect([...new Set(errors.filter((error) => error.startsWith(file)))]).toEqual(wanted);
  });
});
