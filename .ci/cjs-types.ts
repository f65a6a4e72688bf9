import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `typebox` is ESM only. CommonJS users on `module: node16` may name its types only with an explicit resolution mode,
 * which the type bundler does not write.
 */
const IMPORT = /^import (?:type )?(.+) from 'typebox';$/gm;

for (const name of readdirSync("dist").filter((file) => file.endsWith(".d.cts"))) {
  const path = join("dist", name);
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(IMPORT, "import type $1 from 'typebox' with { 'resolution-mode': 'import' };"),
  );
}
