import { randomBytes } from "node:crypto";
import { fail } from "../../errors/error.ts";
import { isStoragePath, type StoragePath } from "../path.ts";

const PREFIX = ".xmailcfg-tmp-";
const TEMPORARY = /^\.xmailcfg-tmp-[0-9a-f]{16}$/;
/** As a pattern of Windows, for the server to look for. */
export const TEMPORARY_PATTERN = `${PREFIX}*`;
/** A colon opens another stream of the file, the others are wildcards or nothing that Windows takes. */
const FORBIDDEN = /[:*?"<>|]/;

/** Path from the root of the share as messages have it. */
export function wireName(root: string, path: StoragePath): string {
  return [root, path]
    .filter((part) => part !== "")
    .join("/")
    .replaceAll("/", "\\");
}

export function parentName(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf("\\")));
}

export function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}\\${name}`;
}

/** `STORAGE_PATH` for names that a Windows server would take for something else, and for our own unfinished files. */
export function checkNames(path: StoragePath): void {
  if (FORBIDDEN.test(path)) {
    fail("STORAGE_PATH", 'On a Windows file server no name has one of : * ? " < > |', { internal: { path } });
  }
  if (path.split("/").some((name) => name.toLowerCase().startsWith(PREFIX))) {
    fail("STORAGE_PATH", "This name is kept for unfinished files.", { internal: { path } });
  }
}

/** Whether a listed name is one that a caller can ask for. */
export function isListable(name: string): boolean {
  return !isTemporary(name) && !FORBIDDEN.test(name) && !name.includes("/") && isStoragePath(name);
}

/** A new name in the same folder: hidden, and left out of lists. */
export function temporaryName(folder: string): string {
  return below(folder, PREFIX + randomBytes(8).toString("hex"));
}

export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}
