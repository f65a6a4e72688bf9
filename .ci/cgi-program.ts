import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type BuildOptions, build, type Plugin, transform } from "esbuild";
import { failureText } from "../adapters/cgi/failure-response.ts";
import { fileOf, findLater, type Later, TOP } from "./cgi-later.ts";
import { threadInline } from "./thread-inline.ts";

const at = (path: string) => join(TOP, path);

/** The lean stand-ins; tests hold each to the answers of the real thing. */
const LEAN = {
  typebox: at("src/kernel/lean-type.ts"),
  "typebox/schema": at("src/kernel/lean-check.ts"),
};

const PROGRAM = "xmailcfg-cgi.cjs";

/** What web servers start, and what that may leave behind for later requests. */
const STARTED = {
  "adapters/cgi/start.ts": "xmailcfg.cgi",
  "adapters/cgi/stay-main.ts": "xmailcfg-stay.cjs",
};

export interface CgiProgram {
  /** Module that exports `main`. */
  readonly entry: string;
  /** Folder that gets `xmailcfg.cgi` and what it loads. */
  readonly folder: string;
  /** `false` keeps the real Fetch classes and TypeBox, to compare. */
  readonly lean?: boolean;
}

/**
 * Builds `xmailcfg.cgi`, the program behind it and its parts: plain CommonJS, which starts fastest. What the program
 * holds anyway its parts take from there, so that nothing of it is there twice.
 */
export async function buildCgi({ entry, folder, lean = true }: CgiProgram): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const common: BuildOptions = {
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: TOP,
    external: ["ssh2", "@redis/client", "./xmailcfg-cgi-*"],
    // `require` instead of `import()`: in a CommonJS process the other loader costs 5 ms.
    supported: { "dynamic-import": false },
    ...(lean ? { inject: [at("adapters/cgi/lean/fetch.ts")], alias: LEAN } : {}),
  };
  const plain = [builtinsLater, assetsLater(folder), onlyVersion, threadInline];
  const later = await findLater(plain, folder);
  const program = await held(resolve(entry), later, common, plain);
  const shared = new Shared();
  const parts = await bundleParts(program, later, shared, common, plain);
  for (const [name, source] of parts) await write(join(folder, name), source);
  await write(join(folder, PROGRAM), await bundleProgram(resolve(entry), later, shared, common, plain));
  for (const [source, file] of Object.entries(STARTED)) {
    await build({
      ...common,
      inject: [],
      entryPoints: [at(source)],
      outfile: join(folder, file),
      format: "cjs",
      minify: true,
    });
  }
  chmodSync(join(folder, "xmailcfg.cgi"), 0o755);
  writeQuick(join(folder, "xmailcfg-quick.cgi"));
}

/** The same start in Perl, with our words for what went wrong. */
function writeQuick(path: string): void {
  const person = failureText(true);
  const program = failureText(false);
  const head = ({ headers }: typeof person) => headers.map((pair) => pair.join(": ")).join("\\r\\n");
  const source = readFileSync(at("adapters/cgi/quick.pl"), "utf8")
    .replace("'@PAGE HEAD@'", `"${head(person)}"`)
    .replace("'@PROBLEM HEAD@'", `"${head(program)}"`)
    .replace("@PAGE@\n", person.body)
    .replace("@PROBLEM@", program.body);
  if (/@P[AR]/.test(source)) throw new Error("quick.pl has words that nobody put in");
  writeFileSync(path, source);
  chmodSync(path, 0o755);
}

/** Plain ASCII, which Node reads and V8 compiles faster: one letter beyond it makes two bytes of each. */
async function write(path: string, source: string): Promise<void> {
  const { code } = await transform(source, {
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
  });
  // esbuild leaves those in templates and patterns alone, where the escape means the same.
  writeFileSync(
    path,
    code.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

/** What the program holds without its parts, and which parts those are. */
interface Held {
  has(file: string): boolean;
  readonly parts: ReadonlyMap<string, string>;
}

async function held(
  entry: string,
  later: Later,
  common: BuildOptions,
  plain: readonly Plugin[],
): Promise<Held> {
  const parts = new Map<string, string>();
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    outfile: at(PROGRAM),
    format: "cjs",
    write: false,
    metafile: true,
    plugins: [partsLater(later, parts), ...plain],
  });
  const [output] = Object.values(metafile.outputs);
  const files = new Set(
    Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  return { has: (file) => files.has(file), parts };
}

/** What parts take from the program. */
class Shared {
  readonly #names = new Map<string, Set<string>>();

  take(key: string, name: string): void {
    this.#names.set(key, (this.#names.get(key) ?? new Set()).add(name));
  }

  /** Source of an entry that hands it out, beside what `entry` exports. */
  entryFor(entry: string): string {
    const imports: string[] = [];
    const cases: string[] = [];
    let count = 0;
    for (const [key, names] of this.#names) {
      const pairs = [...names].map((name) => [name, `s${count++}`] as const);
      const from = JSON.stringify(at(key));
      imports.push(`import { ${pairs.map(([name, as]) => `${name} as ${as}`).join(", ")} } from ${from};`);
      cases.push(
        `case ${JSON.stringify(key)}: return { ${pairs.map(([name, as]) => `get ${name}() { return ${as} }`)} };`,
      );
    }
    return `export * from ${JSON.stringify(entry)};
${imports.join("\n")}
export function shared(key) { switch (key) { ${cases.join("\n")} } }`;
  }
}

async function bundleProgram(
  entry: string,
  later: Later,
  shared: Shared,
  common: BuildOptions,
  plain: readonly Plugin[],
): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents: shared.entryFor(entry), resolveDir: TOP, loader: "js" },
    outfile: at(PROGRAM),
    format: "cjs",
    write: false,
    plugins: [partsLater(later, new Map()), ...plain],
  });
  return outputFiles?.[0]?.text ?? "";
}

/** File names and sources of all parts. A part may have parts of its own. */
async function bundleParts(
  program: Held,
  later: Later,
  shared: Shared,
  common: BuildOptions,
  plain: readonly Plugin[],
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  const known = new Map(program.parts);
  for (;;) {
    const missing = [...known].filter(([, name]) => !sources.has(name));
    if (missing.length === 0) return sources;
    const { outputFiles } = await build({
      ...common,
      entryPoints: missing.map(([path, name]) => ({ in: path, out: basename(name, ".cjs") })),
      outdir: TOP,
      outExtension: { ".js": ".cjs" },
      format: "esm",
      write: false,
      plugins: [fromProgram(program, later), partsLater(later, known), ...plain],
    });
    for (const { path, text } of outputFiles ?? []) sources.set(basename(path), linked(text, shared));
  }
}

/** The imports of what the program holds, out of a part as esbuild prints it. */
const IMPORT = /^import \{\s*([^}]*?)\s*\} from "held:([^"]+)";$/gm;

function linked(text: string, shared: Shared): string {
  const lines: string[] = [];
  const rest = text.replace(IMPORT, (_, list: string, key: string) => {
    const names = list.split(/,\s*/).map((pair) => pair.split(" as "));
    for (const [name = ""] of names) shared.take(key, name);
    const taken = names.map(([name, as = name]) => `${name}: ${as}`).join(", ");
    lines.push(`const { ${taken} } = require("./${PROGRAM}").shared(${JSON.stringify(key)});`);
    return "";
  });
  if (rest.includes('from "held:'))
    throw new Error(`A part takes something whole from the program:\n${rest.slice(0, 500)}`);
  return [...lines, rest].join("\n");
}

/** Path below the top, as `metafile` has it. */
function keyOf(file: string): string {
  return relative(TOP, file).replaceAll("\\", "/");
}

/** What the program holds, as something outside of the part. */
function fromProgram(program: Held, later: Later): Plugin {
  return {
    name: "from-program",
    setup(build) {
      build.onResolve({ filter: /^\.?\.?\// }, ({ path, resolveDir, kind }) => {
        if (kind === "entry-point" || !path.endsWith(".ts")) return null;
        const key = keyOf(resolve(resolveDir, path));
        return later.partOf(key) === null && program.has(key)
          ? { path: `held:${key}`, external: true, sideEffects: false }
          : null;
      });
    },
  };
}

/** Parts, and whatever the source itself imports later, as files of their own. */
function partsLater(later: Later, parts: Map<string, string>): Plugin {
  return {
    name: "parts-later",
    setup(build) {
      build.onResolve({ filter: /^\.?\.?\// }, ({ path, resolveDir, kind }) => {
        if (kind === "entry-point" || !path.endsWith(".ts")) return null;
        const file = resolve(resolveDir, path);
        const name = later.partOf(keyOf(file)) ?? (kind === "dynamic-import" ? basename(file, ".ts") : null);
        if (name === null) return null;
        parts.set(file, fileOf(name));
        return { path: file, namespace: "later" };
      });
      build.onResolve({ filter: /^cgi-late$/ }, ({ path }) => ({ path, namespace: "late" }));
      build.onLoad({ filter: /.*/, namespace: "late" }, () => ({ contents: later.lateSource }));
      build.onLoad({ filter: /.*/, namespace: "later" }, ({ path }) => ({
        contents: later.standIn(keyOf(path), parts.get(path) ?? ""),
        resolveDir: dirname(path),
      }));
      build.onLoad({ filter: /src[\\/]web[\\/]text[\\/][^\\/]+\.ts$/ }, ({ path }) => {
        const language = later.languageOf(keyOf(path));
        if (!language) return null;
        for (const words of language.words) parts.set(at(words), fileOf(later.partOf(words) ?? ""));
        return { contents: language.source, loader: "js", resolveDir: dirname(path) };
      });
    },
  };
}

/** Modules of Node that are loaded when one of their functions is called; each costs up to 2 ms. */
const FUNCTIONS_LATER = ["node:os", "node:timers/promises"];

const builtinsLater: Plugin = {
  name: "builtins-later",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" && FUNCTIONS_LATER.includes(path)
        ? { path, namespace: "builtin-later", sideEffects: false }
        : null,
    );
    build.onLoad({ filter: /.*/, namespace: "builtin-later" }, async ({ path }) => {
      const names = Object.entries((await import(path)) as object).flatMap(([name, value]) =>
        name !== "default" && typeof value === "function" ? [name] : [],
      );
      const calls = names.map(
        (name) => `export function ${name}(...a) { return require("${path}").${name}(...a); }`,
      );
      return { contents: calls.join("\n") };
    });
  },
};

/** The panel's look: names with their hash in the program, the bytes in a part that only requests for them read. */
const assetsLater = (folder: string): Plugin => ({
  name: "assets-later",
  setup(build) {
    build.onLoad({ filter: /src[\\/]web[\\/]assets\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const files = [...source.matchAll(/name: "([^"]+)",\s*type: "([^"]+)"/g)];
      const texts = Object.fromEntries(
        files.map(([, name = ""]) => [name, readFileSync(join(dirname(path), "assets", name), "utf8")]),
      );
      writeFileSync(join(folder, "xmailcfg-cgi-assets.cjs"), `module.exports=${JSON.stringify(texts)}\n`);
      const assets = files.map(([, name = "", type = ""]) => {
        const hash = createHash("sha256")
          .update(texts[name] ?? "")
          .digest("hex");
        const bytes = `get bytes() { return Buffer.from(require("./xmailcfg-cgi-assets.cjs")["${name}"]); }`;
        return `{ name: "${name}", type: "${type}", sha256: "${hash}", ${bytes} }`;
      });
      return {
        contents: `export const ASSETS = [${assets.join(", ")}];`,
        loader: "js",
        resolveDir: dirname(path),
      };
    });
  },
});

/** Of `package.json` only what is used. */
const onlyVersion: Plugin = {
  name: "only-version",
  setup(build) {
    build.onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) => {
      if (path !== at("package.json")) return null;
      const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};
