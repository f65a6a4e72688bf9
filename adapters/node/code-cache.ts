import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Script } from "node:vm";

/** What a file of compiled code stands beside the program under. */
export const CACHE_ENDING = ".cache";
const DIGEST_BYTES = 32;

type Load = (name: string) => unknown;
type Wrapped = (
  exports: object,
  require: Load,
  module: { exports: unknown },
  file: string,
  folder: string,
) => void;

export interface Loader {
  /** A file of the program, by its name. */
  load: Load;
  /** All that was loaded, with the code that has run so far compiled. */
  compiled(): ReadonlyMap<string, Uint8Array>;
}

/**
 * Loads CommonJS files of `folder`, with their compiled code where it stands beside them. V8 refuses code of another
 * version or other flags and compiles the source instead; a digest over source and code refuses what was changed or
 * damaged, which V8 would not always see.
 */
export function cachedLoader(folder: string, outside: Load): Loader {
  const loaded = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, { readonly script: Script; readonly source: Uint8Array }>();
  const load: Load = (name) => {
    const known = loaded.get(name);
    if (known) return known.exports;
    const file = `${folder}/${name}`;
    const source = readFileSync(file);
    const cachedData = codeFor(file, source);
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) { ${source.toString()}\n})`,
      { filename: file, ...(cachedData ? { cachedData } : {}) },
    );
    const module: { exports: unknown } = { exports: {} };
    loaded.set(name, module);
    scripts.set(name, { script, source });
    const require: Load = (id) => (id.startsWith("./") ? load(id.slice(2)) : outside(id));
    (script.runInThisContext() as Wrapped)(module.exports as object, require, module, file, folder);
    return module.exports;
  };
  return {
    load,
    compiled: () =>
      new Map([...scripts].map(([name, { script, source }]) => [name, sealed(source, script)] as const)),
  };
}

/** Whether there is compiled code for a file; its worth shows when it is loaded. */
export function codeFor(file: string, source: Uint8Array): Buffer | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file + CACHE_ENDING);
  } catch {
    return null;
  }
  const code = bytes.subarray(DIGEST_BYTES);
  return digestOf(source, code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : null;
}

function sealed(source: Uint8Array, script: Script): Uint8Array {
  const code = script.createCachedData();
  return Buffer.concat([digestOf(source, code), code]);
}

function digestOf(source: Uint8Array, code: Uint8Array): Buffer {
  return createHash("sha256").update(source).update(code).digest();
}
