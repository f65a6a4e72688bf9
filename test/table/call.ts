import type { Actor } from "../../src/kernel/actor.ts";
import { PROGRAM } from "../../src/kernel/actor.ts";
import type { Audit, AuditRecord } from "../../src/kernel/audit.ts";
import { type Call, SILENT } from "../../src/kernel/context.ts";
import type { Backend } from "../../src/xmail/backend.ts";

const AT = new Date("2026-11-24T10:00:00Z");

export function callOn(xmail: Backend, actor: Actor = PROGRAM, records: AuditRecord[] = []): Call {
  const audit: Audit = { record: async (entry) => void records.push(entry) };
  return {
    actor,
    xmail,
    audit,
    log: SILENT,
    requestId: "test",
    signal: new AbortController().signal,
    now: () => AT,
    progress: () => undefined,
  };
}
