import type { Static } from "../../kernel/schema.ts";
import type { spoolRaw } from "../../operations/spool/look.ts";

/** A whole mail as a file, never as a page: it may hold anything. */
export function emlFile({ eml, bytes }: Static<typeof spoolRaw.output>) {
  // What was no UTF-8 came as Latin-1; the file has its bytes as they were.
  const text = Buffer.from(eml, Buffer.byteLength(eml) === bytes ? "utf8" : "latin1");
  return { name: "message.eml", type: "message/rfc822", text };
}
