import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const TOP = fileURLToPath(new URL("..", import.meta.url));
const at = (path: string) => join(TOP, path);

/**
 * What a request for a page does not need: a file of its own beside the program, with its own copy of what it imports,
 * read when something of it is first touched. A module may stand here when it keeps nothing that others must share.
 */
const LATER: Readonly<Record<string, string>> = {
  "src/check/mail-root.ts": "check-mail-root",
  "src/check/secrets.ts": "check-secrets",
  "src/check/state.ts": "check-state",
  "src/ctrl/backend.ts": "ctrl",
  "src/ctrl/client.ts": "ctrl-client",
  "src/http/openapi.ts": "openapi",
  "src/storage/sftp/sftp.ts": "sftp",
  "src/storage/smb/smb.ts": "smb",
  "src/web/text/ja.ts": "ja",
};

/** The lean stand-ins; tests hold each to the answers of the real thing. */
const LEAN = {
  typebox: at("src/kernel/lean-type.ts"),
  "typebox/schema": at("src/kernel/lean-check.ts"),
};

export interface CgiProgram {
  /** Module that exports `main`. */
  readonly entry: string;
  /** Folder that gets `xmailcfg.cgi` and what it loads. */
  readonly folder: string;
  /** `false` keeps the real Fetch classes and TypeBox, to compare. */
  readonly lean?: boolean;
}

/** Builds `xmailcfg.cgi`, the program behind it and its later parts: plain CommonJS, which starts fastest. */
export async function buildCgi({ entry, folder, lean = true }: CgiProgram): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const parts = new Map<string, string>();
  const program = resolve(entry);
  const standIns = lean ? LEAN : null;
  await bundle(program, join(folder, "xmailcfg-cgi.cjs"), standIns, parts);
  // A part may have parts of its own.
  for (const [path, name] of parts) await bundle(path, join(folder, name), standIns, parts);
  const cgi = join(folder, "xmailcfg.cgi");
  await bundle(at("adapters/cgi/start.ts"), cgi, null, new Map());
  chmodSync(cgi, 0o755);
}

async function bundle(
  entry: string,
  outfile: string,
  lean: Readonly<Record<string, string>> | null,
  parts: Map<string, string>,
): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    external: ["ssh2"],
    // `require` instead of `import()`: in a CommonJS process the other loader costs 5 ms.
    supported: { "dynamic-import": false },
    ...(lean ? { inject: [at("adapters/cgi/lean/fetch.ts")], alias: lean } : {}),
    plugins: [partsLater(entry, parts), builtinsLater, assetsLater, onlyVersion],
  });
}

/** `LATER`, and whatever the source itself imports later, as files of their own. */
function partsLater(entry: string, parts: Map<string, string>): Plugin {
  return {
    name: "parts-later",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        const file = join(resolveDir, path);
        if (file === entry || !file.endsWith(".ts")) return null;
        const name = LATER[relative(TOP, file)] ?? (kind === "dynamic-import" ? basename(file, ".ts") : null);
        if (name === null) return null;
        parts.set(file, `xmailcfg-cgi-${name}.cjs`);
        return { path: file, namespace: "later" };
      });
      build.onLoad({ filter: /.*/, namespace: "later" }, ({ path }) => ({
        contents: stubOf(path, parts.get(path) ?? ""),
        resolveDir: dirname(path),
      }));
      build.onResolve({ filter: /^\.\/xmailcfg-cgi-/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** Getters: the file is read when the first of its names is touched. */
function stubOf(path: string, name: string): string {
  const source = readFileSync(path, "utf8");
  const names = [...source.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)].map(
    ([, n]) => n,
  );
  if (names.length === 0) throw new Error(`${path} exports nothing that could be loaded later`);
  const getters = names.map((n) => `get ${n}() { return require("./${name}").${n}; }`);
  return `module.exports = { __esModule: true, ${getters.join(", ")} };`;
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
const assetsLater: Plugin = {
  name: "assets-later",
  setup(build) {
    build.onLoad({ filter: /src[\\/]web[\\/]assets\.ts$/ }, ({ path }) => {
      const folder = dirname(build.initialOptions.outfile ?? "");
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
};

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
