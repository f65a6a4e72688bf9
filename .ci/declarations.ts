import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "dist/types";
const RELATIVE = /((?:from|import\() ?"\.[^"]*)\.ts"/g;
const AS_ESM = 'with: { "resolution-mode": "import" }';
/** What `src/kernel/schema.ts`, the one door to TypeBox, says of it. */
const DOOR =
  /^import \{ (?:type \w+, )+Type \} from "typebox";$([\s\S]*?)^export \{ ((?:type \w+, )+)Type \};$/m;

/**
 * `npm run build` ends here: the declarations that tsc wrote, once for the ES modules and once for their CommonJS twins.
 * TypeBox is ESM only, so CommonJS users on `module: node16` may name its types only with an explicit resolution mode.
 */
for (const name of readdirSync(FOLDER, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join(FOLDER, name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(RELATIVE, '$1.js"'));
  writeFileSync(path.replace(/\.d\.ts$/, ".d.cts"), forCommonJs(text));
}

function forCommonJs(text: string): string {
  const named = text
    .replace(RELATIVE, '$1.cjs"')
    .replaceAll('import("typebox")', `import("typebox", { ${AS_ESM} })`);
  return named.replace(
    DOOR,
    (_, between: string, types: string) =>
      `export type { ${types.replaceAll("type ", "")}} from "typebox" ${AS_ESM.replace(":", "")};${between}` +
      `export declare const Type: typeof import("typebox", { ${AS_ESM} }).Type;`,
  );
}
