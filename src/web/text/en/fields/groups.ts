import { mailFields } from "./mail.ts";
import type { FieldWords } from "./people.ts";

const days = "A day like 2026-11-24, that day included.";
const name: FieldWords = { label: "Name of the group", help: "In any letters. No two groups have one name." };
const memo: FieldWords = { label: "Memo", help: "For administrators; members do not see it." };
const firstDay: FieldWords = {
  label: "First day",
  help: `${days} Before it nobody counts as a member. Empty: at once.`,
};
const lastDay: FieldWords = {
  label: "Last day",
  help: `${days} After it nobody counts as a member; nothing is removed by itself. Empty: no end.`,
};

/** Of groups of accounts. */
export const groupFields = {
  group: { label: "Group", help: "The group's id, or its name." },
  "group.add name": name,
  "group.set name": name,
  "group.add validFrom": firstDay,
  "group.set validFrom": firstDay,
  "group.add validUntil": lastDay,
  "group.set validUntil": lastDay,
  list: {
    label: "Mailing list",
    help: "Address of the group's own list on this server. “Update the mailing list” keeps its members; empty for none.",
  },
  responsible: {
    label: "Responsible",
    help: "Name of who answers for the group; need not have an account here.",
  },
  responsibleEmail: {
    label: "E-mail of the responsible",
    help: "Any address; nothing is sent to it by itself.",
  },
  responsiblePhone: { label: "Telephone of the responsible", help: "Any form." },
  "group.add memo": memo,
  "group.set memo": memo,
  "group.list search": { label: "Contains", help: "Part of the group's name, list or responsible." },
  "groupMember.list search": { label: "Address contains", help: "Part of the address." },
  whom: {
    label: "Whose accounts",
    help: "Who is a member today, whose days are over, or everybody in the group.",
  },
  addresses: {
    label: "Addresses",
    help: "Accounts of this server, of any domain, one a line. Mailing lists cannot be members.",
  },
  "groupMember.set address": { label: "Member", help: "The address as the group shows it." },
  "groupMember.remove address": { label: "Member", help: "The address as the group shows it." },
  "group.setVacation on": mailFields["vacation.set on"],
  "group.setVacation subject": mailFields["vacation.set subject"],
  "group.setVacation text": mailFields["vacation.set text"],
  "group.setVacation from": mailFields["vacation.set from"],
  "group.setVacation until": mailFields["vacation.set until"],
  "group.setVacation days": mailFields["vacation.set days"],
} as const satisfies Record<string, FieldWords>;
