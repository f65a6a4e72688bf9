import { refuse } from "./refusal.ts";

/** The path in a file command: `\` is `/`, one in front is ignored. Refuses with 214 two dots anywhere. */
export function relativePath(argument: string): string {
  if (argument.includes("..")) refuse(214);
  return tidyPath(argument.replaceAll("\\", "/"));
}

/** Without empty parts and `.`, as the system reads paths. */
export function tidyPath(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/**
 * A name below a folder, where the server puts the two together without a check and the system then follows `..`.
 * Ours follows it as well, but never out of MailRoot: `null`.
 */
export function resolvedBelow(folder: string, name: string): string | null {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
