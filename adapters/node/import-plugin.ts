import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Imports what a configuration names under `plugins`: a path, from the folder of the configuration, or the name of a
 * package that is installed there.
 */
export function importBeside(configuration: string): (specifier: string) => Promise<unknown> {
  const file = resolve(configuration);
  return async (specifier) => {
    const isPath = /^(?:\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(specifier);
    const path = isPath ? resolve(dirname(file), specifier) : createRequire(file).resolve(specifier);
    return import(pathToFileURL(path).href);
  };
}
