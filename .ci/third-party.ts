import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licence texts of the npm packages among the bundled files `inputs`, by name; throws when one states none. */
export function thirdPartyText(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => packageFolder(path) ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${licenceOf(folder).trim()}\n`;
  });
  const head =
    "The programs in `bin` contain the following packages; node-forge is used under its BSD licence.\n";
  return [head, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

function packageFolder(path: string): string | null {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null;
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence file to quote`);
  return readFileSync(join(folder, file), "utf8");
}
