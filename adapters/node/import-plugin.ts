import { createRequire, Module } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

type ImportModule = (address: string) => Promise<unknown>;

/**
 * Node's own `import()`. The builds turn those they can see into `require`, which cannot load an ES module, and code out of
 * a cache has none; a module that Node compiles has it, by the way that every hook of `require` goes.
 */
function importOfNode(folder: string): ImportModule {
  const module = new Module("xmailcfg-import") as Module & { _compile(code: string, file: string): void };
  module._compile("module.exports = (address) => import(address);", join(folder, "xmailcfg-import.cjs"));
  return module.exports as ImportModule;
}

/**
 * Imports what a configuration names under `plugins`: a path, from the folder of the configuration, or the name of a
 * package that is installed there.
 */
export function importBeside(configuration: string): (specifier: string) => Promise<unknown> {
  const file = resolve(configuration);
  return async (specifier) => {
    const isPath = /^(?:\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(specifier);
    const path = isPath ? resolve(dirname(file), specifier) : createRequire(file).resolve(specifier);
    return importOfNode(dirname(file))(pathToFileURL(path).href);
  };
}
