import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

/**
 * Writes a CommonJS twin beside each ES module `*.js` of `folder`, chunk by chunk. tsup would do it with sucrase, which
 * breaks minified code and turns `?.` into slow closures; esbuild alone cannot split CommonJS into chunks.
 */
export function writeCommonJs(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
    writeFileSync(join(folder, twin(name)), commonJs(readFileSync(join(folder, name), "utf8"), false));
  }
}

/** Turns each chunk of `folder`, named `*.cjs` already, into minified CommonJS in its place. */
export function minifyToCommonJs(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".cjs"))) {
    const path = join(folder, name);
    const code = commonJs(readFileSync(path, "utf8"), true);
    writeFileSync(path, code);
    if (code.startsWith("#!")) chmodSync(path, 0o755);
  }
}

function commonJs(code: string, minify: boolean): string {
  const moved = code.replace(/((?:from |import |import\()"\.\/[^"]+)\.js"/g, '$1.cjs"');
  return transformSync(moved, {
    format: "cjs",
    platform: "node",
    target: "node20",
    legalComments: minify ? "none" : "inline",
    minify,
    // `require` instead of `import()`: in a CommonJS process the other loader costs 5 ms.
    supported: { "dynamic-import": false },
  }).code;
}

function twin(name: string): string {
  return name.replace(/\.js$/, ".cjs");
}
