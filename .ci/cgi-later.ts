import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

export const TOP = fileURLToPath(new URL("..", import.meta.url));

/** What no list or form needs, and no rule below finds: other ways to XMail, and changes. */
export const NAMED: Readonly<Record<string, string>> = {
  "src/check/mail-root.ts": "check-mail-root",
  "src/check/secrets.ts": "check-secrets",
  "src/check/state.ts": "check-state",
  "src/ctrl/backend.ts": "ctrl",
  "src/ctrl/client.ts": "ctrl-client",
  "src/http/openapi.ts": "openapi",
  "src/plugins/join.ts": "plugins-join",
  "src/storage/overlay.ts": "overlay",
  "src/storage/sftp/sftp.ts": "sftp",
  "src/storage/smb/smb.ts": "smb",
  "src/tab/account-add.ts": "tab-account-add",
  "src/tab/account-remove.ts": "tab-account-remove",
  "src/tab/apply-plan.ts": "tab-apply-plan",
  "src/tab/domains.ts": "tab-domains",
  "src/tab/plan.ts": "tab-plan",
  "src/tab/recover.ts": "tab-recover",
  "src/tab/take-back.ts": "tab-take-back",
  "src/web/look-options.ts": "look-options",
};

/** In folders below; what stands beside them, as `table.ts`, every request needs. */
const PAGES_AND_OPERATIONS = ["src/web/pages", "src/operations"];
const WORDS = "src/web/text";
/** Every page needs these words, and most people read them: they stay in the program. */
const ALWAYS = `${WORDS}/en/frame.ts`;

/** By these a page or an operation is found; they stand in the program, as do flags; all else is read when touched. */
const TOLD = ["path", "open", "name", "effect", "http"];

type Exports = Readonly<Record<string, unknown>>;

/** What is kept out of the program until a request needs it. Modules are paths below the top. */
export interface Later {
  /** Name of the part that holds the module; `null` when it is not one. */
  partOf(module: string): string | null;
  /** Source of what stands in the place of a module that is in `file`. */
  standIn(module: string, file: string): string;
  /** Source of the module `cgi-late`: what every page and operation is in the program. */
  readonly lateSource: string;
  /** Source of a language, and the modules of its words that are parts; `null` for any other module. */
  languageOf(module: string): Language | null;
}

export interface Language {
  readonly source: string;
  readonly words: readonly string[];
}

/**
 * Found by what the sources export, so that nobody has to think of it who adds a page, an operation or words: each is a
 * part of its own, and makes no other request slower.
 */
export async function findLater(plugins: readonly Plugin[], folder: string): Promise<Later> {
  const exported = await run(
    [...PAGES_AND_OPERATIONS, WORDS].flatMap(sourcesBelow).filter((module) => module.split("/").length > 3),
    plugins,
    folder,
  );
  const parts = new Map(Object.entries(NAMED));
  for (const [module, exports] of exported) {
    const late = module.startsWith(`${WORDS}/`) ? isWords(module) : Object.values(exports).some(isLate);
    if (late && module !== ALWAYS) parts.set(module, partName(module));
  }
  const partOf = (module: string) => parts.get(module) ?? null;
  const lates = [...exported.values()].flatMap((exports) => Object.values(exports)).flatMap(latesIn);
  return {
    partOf,
    lateSource: lateClass(lates),
    standIn(module, file) {
      const exports = exported.get(module);
      return exports ? lateExports(exports, file) : getters(namesIn(module), file);
    },
    languageOf(module) {
      const words = exported.get(module);
      return words && existsSync(join(TOP, module.replace(/\.ts$/, ""))) && module.startsWith(`${WORDS}/`)
        ? language(module, words, exported, partOf)
        : null;
    },
  };
}

/** File of a part beside the program. */
export function fileOf(part: string): string {
  return `xmailcfg-cgi-${part}.cjs`;
}

/** `src/web/text/ja/accounts.ts` and the like; what lies deeper is inside of these. */
function isWords(module: string): boolean {
  return /^\w+\/[^/]+$/.test(module.slice(WORDS.length + 1));
}

function partName(module: string): string {
  return module
    .replace(/^src\/(?:web\/)?/, "")
    .replace(/^text\//, "")
    .replace(/\.ts$/, "")
    .replaceAll("/", "-");
}

/** A page or an operation, or an object or a list of nothing else. */
function isLate(value: unknown): boolean {
  return isPage(value) || isOperation(value) || isSeveral(value);
}

function isSeveral(value: unknown): value is Exports {
  if (typeof value !== "object" || value === null) return false;
  const inside = Object.values(value);
  return inside.length > 0 && inside.every((one) => isPage(one) || isOperation(one));
}

function isPage(value: unknown): value is Exports {
  if (typeof value !== "object" || value === null || !("path" in value)) return false;
  return ["view", "submit", "answer", "file"].some((name) => typeof (value as Exports)[name] === "function");
}

function isOperation(value: unknown): value is Exports {
  if (typeof value !== "object" || value === null || !("name" in value)) return false;
  return typeof (value as Exports)["handler"] === "function";
}

/** Pages and operations as objects that know what they are told and read the rest; functions that read when called. */
function lateExports(exports: Exports, file: string): string {
  const names = Object.keys(exports);
  const plain = names.filter((name) => !isLate(exports[name]) && typeof exports[name] !== "function");
  // A constant cannot be had without reading its module, whoever asks.
  if (plain.length > 0) return getters(names, file, (name) => lateObject(exports[name], name));
  const lines = names.map((name) =>
    isLate(exports[name])
      ? `export const ${name} = ${lateObject(exports[name], name)};`
      : `export function ${name}(...a) { return load().${name}(...a); }`,
  );
  return [IMPORT_LATE, `const load = () => require("./${file}");`, ...lines].join("\n");
}

const IMPORT_LATE = `import { Late } from "cgi-late";`;

/** `name` is where the part has it. */
function lateObject(value: unknown, name: string): string | null {
  if (!isLate(value)) return null;
  if (isSeveral(value)) {
    const inside = Object.entries(value).map(([key, one]) => {
      const late = lateObject(one, `${name}[${JSON.stringify(key)}]`);
      return Array.isArray(value) ? late : `${JSON.stringify(key)}: ${late}`;
    });
    return Array.isArray(value) ? `[${inside}]` : `{ ${inside} }`;
  }
  return `new Late(() => load().${name}, ${JSON.stringify(toldOf(value as Exports))})`;
}

/** The pages and operations that a value is or holds. */
function latesIn(value: unknown): Exports[] {
  if (!isLate(value)) return [];
  return isSeveral(value) ? Object.values(value).flatMap(latesIn) : [value as Exports];
}

/** What a page or operation is told of itself, so that nobody who asks for it reads its part. */
export function toldOf(value: Exports): Exports {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key, one]) =>
        typeof one === "boolean" || (TOLD.includes(key) && (typeof one === "string" || one === null)),
    ),
  );
}

/**
 * Asked for anything but what it was told, an object of this class reads its part. It answers to whatever any of `lates`
 * has, so that no field of pages or operations has to be thought of here: one that is forgotten would be no check at all.
 */
export function lateClass(lates: readonly Exports[]): string {
  const told = new Set([...TOLD, ...lates.flatMap((late) => Object.keys(toldOf(late)))]);
  for (const late of lates) {
    const lost = Object.keys(late).filter((key) => told.has(key) && !(key in toldOf(late)));
    if (lost.length > 0) throw new Error(`${late["name"] ?? late["path"]}: ${lost} would be lost`);
  }
  const keys = new Set(lates.flatMap((late) => Object.keys(late)).filter((key) => !told.has(key)));
  return `export class Late {
  #load;
  constructor(load, told) { this.#load = load; Object.assign(this, told); }
${[...keys]
  .sort()
  .map((key) => `  get ${key}() { return this.#load().${key}; }`)
  .join("\n")}
}`;
}

/** Each name reads the part when it is touched. */
function getters(names: readonly string[], file: string, own: (name: string) => string | null = () => null) {
  const objects = names.flatMap((name) => {
    const source = own(name);
    return source === null ? [] : [`const ${name} = ${source};`];
  });
  const lines = names.map(
    (name) => `get ${name}() { return ${own(name) === null ? `load().${name}` : name}; }`,
  );
  return `${objects.length > 0 ? `const { Late } = require("cgi-late");` : ""}
const load = () => require("./${file}");
${objects.join("\n")}
module.exports = { __esModule: true, ${lines.join(", ")} };`;
}

/** Names that a module exports where it declares them. */
function namesIn(module: string): readonly string[] {
  const source = readFileSync(join(TOP, module), "utf8");
  const names = [...source.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)];
  if (names.length === 0) throw new Error(`${module} exports nothing that could be loaded later`);
  return names.map(([, name = ""]) => name);
}

/** The words of a language by their keys, each read with the words of its file. */
function language(
  module: string,
  words: Exports,
  exported: ReadonlyMap<string, Exports>,
  partOf: Later["partOf"],
): Language {
  const [[name = "", all] = []] = Object.entries(words).filter(([, value]) => typeof value === "object");
  const folder = module.replace(/\.ts$/, "/");
  const files = [...exported].filter(([path]) => path.startsWith(folder));
  const imports: string[] = [];
  const keys = Object.entries(all as Exports).map(([key, value]) => {
    for (const [path, exports] of files) {
      for (const [group, held] of Object.entries(exports)) {
        const inside = held !== value;
        if (inside && (held as Exports)[key] !== value) continue;
        const member = inside ? `.${key}` : "";
        const part = partOf(path);
        if (part !== null) return `get ${key}() { return require("./${fileOf(part)}").${group}${member}; }`;
        const line = `import { ${group} } from ${JSON.stringify(join(TOP, path))};`;
        if (!imports.includes(line)) imports.push(line);
        return `${key}: ${group}${member}`;
      }
    }
    throw new Error(`${module}: nobody knows where the words ${key} come from`);
  });
  return {
    source: `${imports.join("\n")}\nexport const ${name} = { ${keys.join(",\n")} };`,
    words: files.flatMap(([path]) => (partOf(path) === null ? [] : [path])),
  };
}

/** What the modules export when they are run. */
async function run(
  modules: readonly string[],
  plugins: readonly Plugin[],
  outdir: string,
): Promise<ReadonlyMap<string, Exports>> {
  const lines = modules.map((path, i) => `import * as m${i} from ${JSON.stringify(join(TOP, path))};`);
  const contents = `${lines.join("\n")}\nexport const all = [${modules.map((_, i) => `m${i}`).join(", ")}];`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: TOP, loader: "js" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "warning",
    external: ["ssh2", "@redis/client"],
    outfile: join(outdir, "found.cjs"),
    plugins: [...plugins],
  });
  const module = { exports: {} as { all: readonly Exports[] } };
  const source = outputFiles[0]?.text ?? "";
  new Function("module", "exports", "require", source)(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return new Map(modules.map((path, i) => [path, module.exports.all[i] ?? {}]));
}

function sourcesBelow(folder: string): string[] {
  const entries = readdirSync(join(TOP, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(TOP, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}
