import { aboutOf } from "../kernel/about.ts";
import type { AuditFilter, AuditRecord } from "../kernel/audit.ts";
import { foldName } from "../xmail/names.ts";

/** Whether a record is one of those asked for. */
export function auditFilter(filter: AuditFilter): (record: AuditRecord) => boolean {
  const { object, operation, actor, from, text, since, until, openedMail } = filter;
  const wantedObject = folded(object);
  const wantedActor = folded(actor);
  const wantedText = folded(text);
  return (record) =>
    (!since || record.at >= since) &&
    (!until || record.at <= until) &&
    (!openedMail || record.openedMail === true) &&
    (operation === undefined || isOperation(record.operation, operation)) &&
    (from === undefined || (record.from ?? "").startsWith(from.trim())) &&
    (wantedActor === "" || namesOf(record).some((name) => foldName(name) === wantedActor)) &&
    (wantedObject === "" || isAbout(record, wantedObject)) &&
    (wantedText === "" || foldName(textOf(record)).includes(wantedText));
}

function folded(text: string | undefined): string {
  return foldName((text ?? "").trim());
}

function namesOf({ actor, actorName = actor, really = actor }: AuditRecord): readonly string[] {
  return [actor, actorName, really];
}

function isAbout({ target, input }: AuditRecord, object: string): boolean {
  return aboutOf(target, input).some((name) => name === object || name.endsWith(`@${object}`));
}

function isOperation(name: string, wanted: string): boolean {
  return wanted.endsWith(".*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function textOf({ operation, actorName = "", reason = "", target, input }: AuditRecord): string {
  return [operation, actorName, reason, ...aboutOf(target, input), JSON.stringify(input) ?? ""].join("\n");
}
