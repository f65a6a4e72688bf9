import type { Static } from "../../kernel/schema.ts";
import { spoolList, spoolShape } from "../../operations/spool/look.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { groupName, messagesTable } from "../parts/spool-words.ts";
import { stats } from "../parts/stats.ts";
import { table } from "../parts/table.ts";
import { tabs } from "../parts/tabs.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/queue";
const SIDES = ["auth", "from", "ip", "subject", "domain", "reason", "age", "status"] as const;
type Side = (typeof SIDES)[number];
/** After which the first look ends with what was found. */
const PATIENCE_SECONDS = 2;

export interface QueueData {
  readonly query: Readonly<Record<string, string>>;
  readonly shape: Static<typeof spoolShape.output>;
  readonly page: Static<typeof spoolList.output>;
}

const NOTHING: Omit<QueueData, "query"> = {
  shape: {
    messages: 0,
    bytes: 0,
    oldest: null,
    states: { ready: 0, retry: 0, frozen: 0, held: 0 },
    ...{ writing: 0, orphans: 0, groups: [], others: 0, looked: 0, of: 0 },
  },
  page: { items: [], next: null },
};

/** The queue: what it is like first, then its messages. */
export const queuePage = definePage<QueueData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, ["filter", "by", "all"]);
    const { filter = "", cursor } = query;
    const shape = await ask.run(spoolShape, {
      filter,
      by: sideOf(query),
      ...(query["all"] === "yes" ? {} : { seconds: PATIENCE_SECONDS }),
    });
    const page = await ask.run(spoolList, { filter, ...(cursor === undefined ? {} : { cursor }) });
    return { query, shape, page };
  },
  refused: (ask: Ask) => ({ query: queryOf(ask, ["filter", "by"]), ...NOTHING }),
  view(data, frame) {
    const { t } = frame;
    const { shape, query } = data;
    const isEmpty = shape.of === shape.looked && shape.messages === 0 && !query["filter"] && !frame.refusal;
    return {
      title: t.queue.title,
      body: html`${pageHead(frame, {
        title: t.queue.title,
        lead: t.queue.lead,
        actions: [
          frame.may.reach("incident.list") &&
            html`<a class="btn" href="${frame.link("/rescue")}">${t.rescue.title}</a>`,
          frame.may.reach("spoolJob.list") &&
            html`<a class="btn" href="${frame.link("/queue/jobs")}">${t.queue.jobs}</a>`,
        ],
      })}
${flashOf(frame)}
${refusalSummary(frame, labelsOf(t, spoolList), { changes: false })}
${isEmpty ? empty(t.queue.none, t.queue.noneText) : whole(frame, data)}`,
    };
  },
});

function sideOf({ by }: QueueData["query"]): Side {
  return SIDES.find((one) => one === by) ?? "auth";
}

function whole(frame: Frame, { query, shape, page }: QueueData): Html {
  const { t } = frame;
  const { filter = "" } = query;
  const link = (changes: Record<string, string | null>) =>
    frame.link(PATH, { ...query, cursor: null, all: null, ...changes });
  const narrowed = (more: string) => link({ filter: `${filter} ${more}`.trim(), by: query["by"] ?? null });
  const isPart = shape.looked < shape.of;
  const by = sideOf(query);
  return html`${stats(
    t.queue.states,
    (["ready", "retry", "frozen", "held"] as const).map((state) => ({
      label: t.queue.stateNames[state],
      value: shape.states[state],
      href: narrowed(`status:${state}`),
    })),
  )}
${toolbar(frame, PATH, t.queue.filter, [
  searchBox(frame, "filter", t.queue.filter, filter, { more: { maxlength: 1000, spellcheck: "false" } }),
])}
<p class="small mute">${t.queue.filterHelp}</p>
${isPart && notice("warn", html`<p>${fill(t.queue.part, { looked: count(shape.looked), of: count(shape.of) })}</p>`, { href: link({ all: "yes" }), words: t.queue.all })}
${shape.messages > 0 && actions(frame, filter, isPart ? null : shape.messages)}
${tabs(
  t.queue.groupsOf,
  SIDES.map((side) => ({ href: link({ by: side }), words: t.queue.sides[side], current: side === by })),
)}
${
  shape.groups.length > 0 &&
  table(
    t.queue.groups,
    [
      {
        label: t.queue.sides[by],
        looks: "c-key c-wide",
        cell: ({ key, filter: more }) => html`<a href="${narrowed(more)}">${groupName(t, by, key)}</a>`,
      },
      { label: t.queue.messages, looks: "num", cell: ({ messages }) => count(messages) },
      { label: t.queue.size, looks: "num", cell: (group) => bytes(group.bytes) },
      {
        label: t.queue.oldest,
        looks: "nowrap",
        cell: ({ oldest }) => (oldest === null ? "–" : moment(frame, oldest)),
      },
      { label: t.queue.example, looks: "c-wide", cell: ({ subject }) => shown(subject) },
    ],
    shape.groups,
  )
}
<section class="flow" aria-labelledby="rows"><h2 id="rows">${t.queue.rows}</h2>
${page.items.length > 0 ? messagesTable(frame, t.queue.rows, page.items) : html`<p>${page.next === null ? t.queue.noMatch : t.queue.noMatchHere}</p>`}
${pages(frame, query, page.next)}</section>
${shape.orphans > 0 && html`<p class="small mute">${fill(t.queue.orphans, { count: count(shape.orphans) })}</p>`}`;
}

/** Each leads to a page that says what would be done to how many. */
function actions(frame: Frame, filter: string, messages: number | null): Html {
  const { t, may } = frame;
  const words = messages === null ? t.queue.actPart : fill(t.queue.act, { count: count(messages) });
  const shownActions = (["hold", "release", "resend", "remove"] as const).filter((one) =>
    may.use(`spool.${one}`),
  );
  if (shownActions.length === 0) return html``;
  return html`<p>${words}</p><div class="row">${shownActions.map(
    (action) =>
      html`<a class="btn" href="${frame.link("/queue/act", { action, filter })}">${t.queue.actions[action]}</a>`,
  )}</div>`;
}

function pages(frame: Frame, query: QueueData["query"], next: string | null): Html {
  const { t } = frame;
  const link = (cursor: string | null) => frame.link(PATH, { ...query, cursor });
  return html`<nav class="pager tight" aria-label="${t.list.pages}"><ul>${query["cursor"] !== undefined && html`<li><a href="${link(null)}">${t.queue.first}</a></li>`}${next !== null && html`<li><a href="${link(next)}" rel="next">${t.queue.further}</a></li>`}</ul></nav>`;
}
