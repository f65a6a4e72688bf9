import { fail } from "../../errors/error.ts";
import type { AuditReading } from "../../kernel/audit.ts";
import type { Context } from "../../kernel/context.ts";

/** `STORAGE_UNSUPPORTED` where somebody else keeps the log. */
export function readingOf({ audit }: Pick<Context, "audit">): AuditReading {
  return (
    audit.reading ?? fail("STORAGE_UNSUPPORTED", "The audit log is kept elsewhere and cannot be read here.")
  );
}
