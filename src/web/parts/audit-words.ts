import type { AuditRow } from "../../operations/audit/rows.ts";
import type { AuditVerdict } from "../../operations/audit/verify.ts";
import { type Html, html } from "../html.ts";
import type { Text } from "../text/en.ts";
import { badge } from "./badge.ts";
import { fillText, shown } from "./shown.ts";

/** "account.add hana@example.com" */
export function recordName({ operation, openedMail }: AuditRow, t: Text): Html {
  const [noun = "", verb = ""] = operation.split(".");
  return html`<span class="mono">${noun}.<wbr>${verb}</span>${openedMail && html` ${badge("info", t.audit.opened)}`}`;
}

export function recordObject(t: Text, { target: { kind, domain, name } }: AuditRow): Html {
  if (domain === null) return html`${kind === "people" ? t.audit.people : t.audit.server}`;
  return shown(name === null ? domain : `${name}@${domain}`);
}

export function recordOutcome(t: Text, { outcome }: Pick<AuditRow, "outcome">): Html {
  const words = t.audit.outcomes[outcome];
  if (outcome === "done") return html`${words}`;
  return badge(outcome === "begun" ? "warn" : "bad", words);
}

/** Why something was refused or failed, by the title of its code. */
export function codeWords(t: Text, code: string): string {
  return Object.hasOwn(t.errors, code) ? t.errors[code as keyof Text["errors"]].title : code;
}

export function faultWords(t: Text, { kind, record, to }: AuditVerdict["faults"][number]): string {
  const several = kind === "missing" && to !== null && to !== record;
  return fillText(several ? t.audit.faults.missingTo : t.audit.faults[kind], {
    record: record ?? "",
    to: to ?? "",
  });
}
