import type { Static } from "../../kernel/schema.ts";
import { spoolList, spoolShape } from "../../operations/spool/look.ts";
import { narrowedTo } from "../../operations/spool/narrow.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { actionsFor, queueGroups, queueMessages, type Sees, SIDES, type Side } from "../parts/queue-lists.ts";
import { fill } from "../parts/shown.ts";
import { stats } from "../parts/stats.ts";
import { tabs } from "../parts/tabs.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { count } from "../text/format.ts";

const PATH = "/queue";
/** After which the first look ends with what was found. */
const PATIENCE_SECONDS = 1;

export interface QueueData {
  readonly query: Readonly<Record<string, string>>;
  readonly shape: Static<typeof spoolShape.output>;
  readonly page: Static<typeof spoolList.output>;
}

const NOTHING: Omit<QueueData, "query"> = {
  shape: {
    sees: "all",
    messages: 0,
    bytes: 0,
    oldest: null,
    states: { ready: 0, retry: 0, frozen: 0, held: 0 },
    ...{ writing: 0, orphans: 0, groups: [], others: 0, looked: 0, of: 0 },
  },
  page: { sees: "all", items: [], next: null },
};

/** The queue: what it is like first, then its messages. */
export const queuePage = definePage<QueueData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, ["filter", "by", "all"]);
    const { filter = "", cursor } = query;
    // Together: each ends by its own clock, and the page is there when the later one is.
    const [shape, page] = await Promise.all([
      ask.run(spoolShape, {
        filter,
        by: sideOf(query),
        ...(query["all"] === "yes" ? {} : { seconds: PATIENCE_SECONDS }),
      }),
      ask.run(spoolList, { filter, ...(cursor === undefined ? {} : { cursor }) }),
    ]);
    return { query, shape, page };
  },
  refused: (ask: Ask) => ({ query: queryOf(ask, ["filter", "by"]), ...NOTHING }),
  view(data, frame) {
    const { t } = frame;
    const { shape, query } = data;
    const isFrozen = shape.sees === "frozen";
    const isEmpty = shape.of === shape.looked && shape.messages === 0 && !query["filter"] && !frame.refusal;
    return {
      title: t.queue.title,
      body: html`${pageHead(frame, {
        title: t.queue.title,
        lead: isFrozen ? t.queue.leadFrozen : t.queue.lead,
        actions: [
          // A rescue sorts what still moves.
          !isFrozen &&
            frame.may.reach("incident.list") &&
            html`<a class="btn" href="${frame.link("/rescue")}">${t.rescue.title}</a>`,
          frame.may.reach("spoolJob.list") &&
            html`<a class="btn" href="${frame.link("/queue/jobs")}">${t.queue.jobs}</a>`,
        ],
      })}
${flashOf(frame)}
${refusalSummary(frame, labelsOf(t, spoolList), { changes: false })}
${isFrozen && unseen(frame)}
${isEmpty ? nothing(frame, isFrozen) : whole(frame, data)}`,
    };
  },
});

/** Said before anything else: what is not shown is not nothing. */
function unseen(frame: Frame): Html {
  const { t, may } = frame;
  return notice(
    "info",
    html`<p>${t.queue.onlyFrozen}</p>`,
    may.use("service.flushQueue")
      ? { href: frame.link("/service/flush"), words: t.queue.sendAll }
      : undefined,
  );
}

function nothing({ t }: Frame, isFrozen: boolean): Html {
  return isFrozen ? empty(t.queue.noneFrozen, null) : empty(t.queue.none, t.queue.noneText);
}

function sideOf({ by }: QueueData["query"]): Side {
  return SIDES.find((one) => one === by) ?? "auth";
}

function whole(frame: Frame, { query, shape, page }: QueueData): Html {
  const { t } = frame;
  const { filter = "" } = query;
  const link = (changes: Record<string, string | null>) =>
    frame.link(PATH, { ...query, cursor: null, all: null, ...changes });
  const by = sideOf(query);
  const isPart = shape.looked < shape.of;
  return html`${stats(
    t.queue.states,
    (["ready", "retry", "frozen", "held"] as const).flatMap((state) => {
      const value = shape.states[state];
      const narrowed = narrowedTo(filter, "status", [`status:${state}`]);
      if (value === null) return [];
      return {
        label: t.queue.stateNames[state],
        value,
        href: link({ filter: narrowed, by: query["by"] ?? null }),
      };
    }),
  )}
${toolbar(frame, PATH, t.queue.filter, [
  searchBox(frame, "filter", t.queue.filter, filter, { more: { maxlength: 1000, spellcheck: "false" } }),
])}
<p class="small mute">${t.queue.filterHelp}</p>
${isPart && notice("warn", html`<p>${fill(t.queue.part, { looked: count(shape.looked), of: count(shape.of) })}</p>`, { href: link({ all: "yes" }), words: t.queue.all })}
${shape.messages > 0 && actions(frame, filter, isPart ? null : shape.messages, shape.sees)}
${tabs(
  t.queue.groupsOf,
  SIDES.map((side) => ({ href: link({ by: side }), words: t.queue.sides[side], current: side === by })),
)}
${shape.groups.length > 0 && queueGroups(frame, shape.groups, { filter, by, sees: shape.sees, link: (more) => link({ filter: more, by }) })}
<section class="flow" aria-labelledby="rows"><h2 id="rows">${t.queue.rows}</h2>
${page.items.length > 0 ? queueMessages(frame, page.items, { filter, sees: page.sees }) : html`<p>${page.next === null ? t.queue.noMatch : t.queue.noMatchHere}</p>`}
${pages(frame, query, page.next)}</section>
${shape.orphans > 0 && html`<p class="small mute">${fill(t.queue.orphans, { count: count(shape.orphans) })}</p>`}`;
}

/** Each leads to a page that says what would be done to how many. */
function actions(frame: Frame, filter: string, messages: number | null, sees: Sees): Html {
  const { t } = frame;
  const words = messages === null ? t.queue.actPart : fill(t.queue.act, { count: count(messages) });
  const shownActions = actionsFor(frame, sees);
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
