import type { AnyOperation } from "../../src/index.ts";

/** A change may have a reason; mail of others is not opened without. */
export function asksReason({ effect, opensMail }: AnyOperation): boolean {
  return effect !== "read" || opensMail === true;
}
