import { randomBytes } from "node:crypto";

const PREFIX = ".xmailcfg-";
/** Of a file or a tree that nobody needs any more. */
export const TEMPORARY = /^\.xmailcfg-tmp-[0-9a-f]{16}$/;
const OURS = /^\.xmailcfg-(tmp|old)-[0-9a-f]{16}$/;

/** A new name beside the file that is being made: hidden, and left out of lists. */
export function temporaryName(kind: "tmp" | "old" = "tmp"): string {
  return `${PREFIX}${kind}-${randomBytes(8).toString("hex")}`;
}

export function isTemporary(name: string): boolean {
  return OURS.test(name);
}

/** Names that callers may not use, because they would vanish from lists and be swept. */
export function isReserved(name: string): boolean {
  return /^\.xmailcfg-(tmp|old)-/i.test(name);
}
