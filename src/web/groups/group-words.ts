import type { Static } from "../../kernel/schema.ts";
import type { groupGet, groupList } from "../../operations/group/list.ts";
import type { groupMemberList } from "../../operations/group-member/group-member.ts";
import { type Html, html } from "../html.ts";
import type { Frame, Params } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { operationField } from "../parts/field.ts";
import type { Crumb } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { accountPath, part } from "../paths.ts";
import type { Text } from "../text/en.ts";

export type GroupRow = Static<typeof groupList.output>["items"][number];
export type GroupDetails = Static<typeof groupGet.output>;
export type GroupMemberRow = Static<typeof groupMemberList.output>["items"][number];

export function groupPath(id: string, rest = ""): string {
  return `/groups/${part(id)}${rest}`;
}

const TONES = { active: "ok", notYet: "info", over: "warn", gone: "bad" } as const;

export function groupState({ groups }: Text, state: keyof typeof TONES, plain = false): Html {
  return badge(TONES[state], groups.states[state], plain);
}

/** The days between which something counts, in words. */
export function daysWords(
  { person, groups }: Text,
  { validFrom: from, validUntil: until }: Pick<GroupRow, "validFrom" | "validUntil">,
): string {
  if (from !== "" && until !== "") return fillText(person.fromUntil, { from, until });
  if (from !== "") return fillText(person.from, { day: from });
  return until === "" ? groups.always : fillText(person.until, { day: until });
}

/** The list's page, for who may see it. */
export function listLink(frame: Frame, address: string): Html {
  const at = address.lastIndexOf("@");
  const ref = { name: address.slice(0, at), domain: address.slice(at + 1) };
  if (at <= 0 || !frame.may.reach("member.list")) return html`${shown(address)}`;
  return html`<a href="${frame.link(accountPath(ref, "/members"))}">${shown(address)}</a>`;
}

/** What leads from a page about a group to it. */
export function groupCrumbs({ t, link }: Frame, { group = "" }: Params, name: unknown): readonly Crumb[] {
  return [
    { href: link("/groups"), words: t.groups.title },
    {
      href: link(groupPath(group)),
      words: typeof name === "string" && name !== "" ? shown(name) : t.groups.group,
    },
  ];
}

/** Days have the browser's own calendar; the pattern would say the same twice. */
export function dayInput(
  frame: Frame,
  operation: Parameters<typeof operationField>[1],
  name: string,
  value: unknown,
): Html | null {
  if (name !== "validFrom" && name !== "validUntil") return null;
  return operationField(frame, operation, name, {
    value: String(value ?? ""),
    more: { type: "date", pattern: undefined, maxlength: undefined },
  });
}
