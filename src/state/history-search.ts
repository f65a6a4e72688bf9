import type { ChangeQuery, KeptChange } from "../kernel/history.ts";
import { foldName } from "../xmail/names.ts";
import { dayOf, dayOfId } from "./history-files.ts";

/** After every day. */
const LAST = "9999";

/** Whether a change is one of those asked for. */
export function filterOf({ object, operation, actor, text, since, until, after, id }: ChangeQuery) {
  const wantedObject = object === undefined ? null : foldName(object.trim());
  const wantedText = text === undefined ? "" : foldName(text.trim());
  const wantedActor = actor === undefined ? null : foldName(actor.trim());
  return (change: KeptChange): boolean =>
    (id === undefined || change.id === id) &&
    (after === undefined || change.id < after) &&
    (!since || change.at >= since) &&
    (!until || change.at <= until) &&
    (wantedActor === null ||
      [change.actor, change.actorName].some((name) => foldName(name) === wantedActor)) &&
    (operation === undefined || isOperation(change.operation, operation)) &&
    (wantedObject === null ||
      change.about.some((name) => name === wantedObject || name.endsWith(`@${wantedObject}`))) &&
    (wantedText === "" || foldName(textOf(change)).includes(wantedText));
}

function isOperation(name: string, wanted: string): boolean {
  return wanted.endsWith(".*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function textOf({ operation, actorName, reason = "", about, paths, input }: KeptChange): string {
  const values = typeof input === "object" && input !== null ? Object.values(input) : [];
  const said = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return [operation, actorName, reason, ...about, ...paths, ...said].join("\n");
}

/** The last day that can hold one. */
export function dayLimit({ until, after = "" }: ChangeQuery): string {
  const [first = ""] = [until ? dayOf(until) : LAST, dayOfId(after) ?? LAST].sort();
  return first;
}
