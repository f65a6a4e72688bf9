import { createHash } from "node:crypto";

/** Digest of a file as it stood when a form was opened; the same for no file and for an empty one. */
export function revisionOf(bytes: Uint8Array | null): string {
  return createHash("sha256")
    .update(bytes ?? new Uint8Array())
    .digest("hex")
    .slice(0, 16);
}
