const SUFFIX = ".tab";

/** Names of the command aliases of a domain, from the names of the files in its folder `cmdaliases/<domain>`. */
export function commandAliasesIn(files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith(SUFFIX) && file.length > SUFFIX.length)
    .map((file) => file.slice(0, -SUFFIX.length));
}
