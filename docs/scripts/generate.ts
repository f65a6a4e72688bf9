import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { generatedPages } from "./generated.ts";

/** `npm run docs` writes the generated pages; with `--check` it changes nothing and fails when one is out of date. */
const check = process.argv.includes("--check");
for (const [path, text] of generatedPages()) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (check) {
    process.stderr.write(`${path} is out of date: run npm run docs\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    process.stdout.write(`wrote ${path}\n`);
  }
}
