import { readFileSync } from "node:fs";
import { Script } from "node:vm";

/** What the compiled code of a file stands beside it under. */
export const CACHE_ENDING = ".cache";
const HEAD_BYTES = 8;

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
  /** Cache files of all that was loaded, with the code that has run so far. */
  caches(): ReadonlyMap<string, Uint8Array>;
}

/**
 * Loads CommonJS files of `folder`, with their compiled code where it stands beside them. V8 refuses code of another
 * version or with other flags by itself and compiles the source instead. It does not see that the source was changed or
 * the code damaged: `codeOf` does.
 */
export function cachedLoader(folder: string, outside: Load, useCaches = true): Loader {
  const loaded = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, { readonly script: Script; readonly source: Buffer }>();
  const load: Load = (name) => {
    const known = loaded.get(name);
    if (known) return known.exports;
    const file = `${folder}/${name}`;
    const source = readFileSync(file);
    const cachedData = useCaches ? codeOf(source, readIfThere(file + CACHE_ENDING)) : null;
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
    caches: () =>
      new Map(
        [...scripts].map(([name, { script, source }]) => [name, cacheOf(source, script.createCachedData())]),
      ),
  };
}

/**
 * The source the code was compiled from, and the code twice: to compare bytes costs next to nothing, where a digest would
 * cost more than the cache saves.
 */
export function cacheOf(source: Buffer, code: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(source.length, 0);
  head.writeUInt32LE(code.length, 4);
  return Buffer.concat([head, source, code, code]);
}

/** The code of a cache file, unless it is of another source or was damaged. */
export function codeOf(source: Buffer, cache: Buffer | null): Buffer | null {
  if (cache === null || cache.length < HEAD_BYTES || cache.readUInt32LE(0) !== source.length) return null;
  const length = cache.readUInt32LE(4);
  const at = HEAD_BYTES + source.length;
  if (cache.length !== at + length * 2 || !source.equals(cache.subarray(HEAD_BYTES, at))) return null;
  const code = cache.subarray(at, at + length);
  return code.equals(cache.subarray(at + length)) ? code : null;
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
