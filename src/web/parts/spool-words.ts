import type { SpoolRow } from "../../operations/spool/fields.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Text } from "../text/en.ts";
import { bytes, count } from "../text/format.ts";
import { badge } from "./badge.ts";
import { moment } from "./moment.ts";
import { shown } from "./shown.ts";
import { type Column, table } from "./table.ts";

type Side = keyof Text["queue"]["sides"];

/** A group by its name; those without one are told in words. */
export function groupName({ queue }: Text, by: Side, key: string): Html {
  if (key === "") return html`<span class="mute">${by === "auth" ? queue.nobody : queue.empty}</span>`;
  if (by === "age") return html`${queue.ages[key as keyof typeof queue.ages] ?? key}`;
  if (by === "status") return html`${queue.stateNames[key as keyof typeof queue.stateNames] ?? key}`;
  return shown(key);
}

export function stateBadge({ queue }: Text, status: SpoolRow["status"]): Html {
  const tone = status === "frozen" ? "bad" : status === "ready" ? "ok" : "warn";
  return badge(tone, queue.stateNames[status]);
}

/** What XMail will do next, and when. */
export function nextWords(frame: Frame, { next, nextAt }: SpoolRow): Html {
  const words = frame.t.queue.nextSteps[next];
  return nextAt === null ? html`${words}` : html`${words} ${moment(frame, nextAt)}`;
}

export function messagesTable(
  frame: Frame,
  caption: string,
  rows: readonly SpoolRow[],
  before: readonly Column<SpoolRow>[] = [],
): Html {
  const { queue } = frame.t;
  const columns: Column<SpoolRow>[] = [
    ...before,
    {
      label: queue.subject,
      looks: "c-key c-wide",
      cell: ({ message, subject }) => {
        const words = subject === "" ? queue.empty : shown(subject);
        // A message's page is for who may open the whole queue.
        if (!frame.may.reach("spool.get")) return html`${words}`;
        return html`<a href="${frame.link(`/queue/messages/${message}`)}">${words}</a>`;
      },
    },
    { label: queue.from, looks: "c-wide", cell: ({ from }) => (from === "" ? "<>" : shown(from)) },
    { label: queue.to, looks: "c-wide", cell: ({ to }) => shown(to) },
    { label: queue.state, cell: ({ status }) => stateBadge(frame.t, status) },
    { label: queue.tries, looks: "num", cell: ({ tries }) => count(tries) },
    { label: queue.reason, looks: "c-wide", cell: ({ reason }) => (reason === "" ? "–" : shown(reason)) },
    { label: queue.since, looks: "nowrap", cell: ({ since }) => moment(frame, since) },
    { label: queue.size, looks: "num", cell: ({ size }) => bytes(size) },
  ];
  return table(caption, columns, rows);
}
