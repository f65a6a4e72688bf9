import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";

/**
 * Node's own `import()`. The builds turn those they can see into `require`, which cannot load an ES module, and code out of
 * a cache has none.
 */
const importModule = new Script("(address) => import(address)", {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (address: string) => Promise<unknown>;

/**
 * Imports what a configuration names under `plugins`: a path, from the folder of the configuration, or the name of a
 * package that is installed there.
 */
export function importBeside(configuration: string): (specifier: string) => Promise<unknown> {
  const file = resolve(configuration);
  return async (specifier) => {
    const isPath = /^(?:\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(specifier);
    const path = isPath ? resolve(dirname(file), specifier) : createRequire(file).resolve(specifier);
    return importModule(pathToFileURL(path).href);
  };
}
