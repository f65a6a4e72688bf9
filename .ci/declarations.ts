import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "dist/types";
const RELATIVE = /((?:from|import\() ?"\.[^"]*)\.ts"/g;
const AS_ESM = 'with: { "resolution-mode": "import" }';
/** What `src/kernel/schema.ts`, the one door to TypeBox, says of it; and the front door of its `Type`. */
const DOOR =
  /^import \{ (?:type \w+, )+Type \} from "typebox";$([\s\S]*?)^export \{ ((?:type \w+, )+)Type \};$/m;
const FRONT_DOOR = /^export \{ ((?:type \w+, )+)Type \} from "\.\/kernel\/schema\.ts";$/m;

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
  return (
    text
      .replace(DOOR, (_, between: string, types: string) => {
        const names = `{ ${types.replaceAll("type ", "")}Type }`;
        return `import type ${names} from "typebox" ${AS_ESM.replace(":", "")};${between}export type ${names};`;
      })
      // The one place where users meet the value; a type-only export would hide it.
      .replace(FRONT_DOOR, (_, types: string) => {
        const names = types.replaceAll("type ", "").replace(/, $/, "");
        return `export declare const Type: typeof import("typebox").Type;\nexport type { ${names} } from "./kernel/schema.ts";`;
      })
      .replaceAll('import("typebox")', `import("typebox", { ${AS_ESM} })`)
      .replace(RELATIVE, '$1.cjs"')
  );
}
