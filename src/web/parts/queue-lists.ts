import type { Static } from "../../kernel/schema.ts";
import type { SpoolRow } from "../../operations/spool/fields.ts";
import type { spoolShape } from "../../operations/spool/look.ts";
import { canJoin, narrowedTo } from "../../operations/spool/narrow.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { bytes, count } from "../text/format.ts";
import { moment } from "./moment.ts";
import { shown } from "./shown.ts";
import { groupName, messagesTable } from "./spool-words.ts";
import { type Column, table } from "./table.ts";
import { tickColumn, tickedForm } from "./ticked.ts";

type Group = Static<typeof spoolShape.output>["groups"][number];

/** What the queue can be grouped by, in the order of the page. */
export const SIDES = ["auth", "from", "ip", "subject", "domain", "reason", "age", "status"] as const;
export type Side = (typeof SIDES)[number];

export const QUEUE_ACTIONS = ["hold", "release", "resend", "remove"] as const;
const ACT = "/queue/act";

export type Sees = Static<typeof spoolShape.output>["sees"];
/** What can be done to frozen messages where nothing else is seen. */
const TO_FROZEN: ReadonlySet<string> = new Set(["release", "remove"]);

export function actionsFor({ may }: Frame, sees: Sees): readonly (typeof QUEUE_ACTIONS)[number][] {
  const possible = QUEUE_ACTIONS.filter((one) => sees === "all" || TO_FROZEN.has(one));
  return possible.filter((one) => may.use(`spool.${one}`));
}

function buttons(frame: Frame, sees: Sees) {
  return actionsFor(frame, sees).map((value) => ({ value, words: frame.t.queue.actions[value] }));
}

/** What the queue is like by one of its sides; each group leads to its messages, and several can be ticked. */
export function queueGroups(
  frame: Frame,
  groups: readonly Group[],
  { filter, by, sees, link }: { filter: string; by: Side; sees: Sees; link(filter: string): string },
): Html {
  const { t } = frame;
  const ticks = canJoin(by) && buttons(frame, sees).length > 0;
  const columns: Column<Group>[] = [
    ...(ticks
      ? [
          tickColumn<Group>(frame, "group", ({ filter: value, key }) => ({
            value,
            words: key || t.queue.empty,
          })),
        ]
      : []),
    {
      label: t.queue.sides[by],
      looks: "c-key c-wide",
      cell: ({ key, filter: more }) =>
        html`<a href="${link(narrowedTo(filter, by, [more]))}">${groupName(t, by, key)}</a>`,
    },
    { label: t.queue.messages, looks: "num", cell: ({ messages }) => count(messages) },
    { label: t.queue.size, looks: "num", cell: (group) => bytes(group.bytes) },
    {
      label: t.queue.oldest,
      looks: "nowrap",
      cell: ({ oldest }) => (oldest === null ? "–" : moment(frame, oldest)),
    },
    { label: t.queue.example, looks: "c-wide", cell: ({ subject }) => shown(subject) },
  ];
  const list = table(t.queue.groups, columns, groups);
  return ticks ? tickedForm(frame, frame.link(ACT), { filter, by }, list, buttons(frame, sees)) : list;
}

/** The messages, each to be ticked. */
export function queueMessages(
  frame: Frame,
  rows: readonly SpoolRow[],
  { filter, sees }: { filter: string; sees: Sees },
): Html {
  const { queue } = frame.t;
  if (buttons(frame, sees).length === 0) return messagesTable(frame, queue.rows, rows);
  const tick = tickColumn<SpoolRow>(frame, "message", ({ message, subject, to }) => ({
    value: message,
    words: `${subject || queue.empty} → ${to}`,
  }));
  const list = messagesTable(frame, queue.rows, rows, [tick]);
  return tickedForm(frame, frame.link(ACT), { filter, of: "messages" }, list, buttons(frame, sees));
}
