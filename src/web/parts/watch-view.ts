import type { Static } from "../../kernel/schema.ts";
import { type LookedAt, PROBLEMS } from "../../kernel/watch.ts";
import type { ChangeRow } from "../../operations/change/rows.ts";
import type { watchGet } from "../../operations/watch/run.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { count } from "../text/format.ts";
import { changeName, changeState } from "./change-words.ts";
import { postButton } from "./form.ts";
import { moment } from "./moment.ts";
import { fill, shown } from "./shown.ts";
import { table } from "./table.ts";
import { troubleWords } from "./watch-words.ts";

type Kept = Static<typeof watchGet.output>;
type Look = NonNullable<Kept["look"]>;
type Problem = Look["problems"][number];

/** Asked anew for each page: an old answer would be wrong. */
const LIVE: readonly Problem["code"][] = ["serverUnreachable", "filesUnreachable", "changeUnfinished"];
/** What a stolen account looks like. */
const STORM: readonly Problem["code"][] = ["queueLarge", "accountNetworks", "accountBytes"];
/** Where somebody sees more of it, and does something about it. */
const PLACES = {
  queue: "/queue",
  logs: "/log-findings",
  mailboxes: "/mailboxes",
} as const satisfies Partial<Record<LookedAt, string>>;

export interface LookFinding {
  readonly tone: "bad" | "warn";
  readonly title: string;
  readonly words: Html;
}

/** What the last look found that the overview does not ask itself. */
export function lookFindings({ problems }: Look, frame: Frame): LookFinding[] {
  return problems
    .filter(({ code }) => !LIVE.includes(code))
    .map((problem) => {
      const { title, text } = troubleWords(frame.t, problem);
      const { part }: { readonly part: LookedAt } = PROBLEMS[problem.code];
      const path = part in PLACES ? PLACES[part as keyof typeof PLACES] : null;
      const { t, link, may } = frame;
      const more = path !== null && html` <a href="${link(path)}">${t.watch.more}</a>`;
      const rescue =
        STORM.includes(problem.code) &&
        may.reach("incident.open") &&
        html` <a href="${link("/rescue")}">${t.watch.rescue}</a>`;
      return { tone: problem.tone, title, words: html`${text}${more}${rescue}` };
    });
}

/** When it was looked at, and the button to do it now. */
export function lookLine(look: Look | null, frame: Frame): Html {
  const { t, may } = frame;
  const words = look ? fill(t.watch.looked, { when: moment(frame, look.at) }) : t.watch.never;
  const parts = look?.unknown.map((part) => t.watch.parts[part]).join(t.listComma) ?? "";
  return html`<div class="look-line"><p class="small">${words}${parts !== "" && html` ${fill(t.watch.unknown, { parts: html`${parts}` })}`}</p>${
    may.reach("watch.run") && postButton(frame, "/look", t.watch.again, { review: false })
  }</div>`;
}

/** Abuse, queue, mailboxes, traffic, certificate: in this order somebody looks. */
export function lookNumbers({ numbers }: Look, frame: Frame): Html | null {
  const { t, link } = frame;
  const places: Readonly<Partial<Record<keyof typeof t.watch.short, string>>> = {
    queueMessages: PLACES.queue,
    frozenMessages: PLACES.queue,
    mailToday: "/statistics",
    refusedToday: PLACES.logs,
    mailboxesFull: PLACES.mailboxes,
    mailboxesNearlyFull: PLACES.mailboxes,
  };
  const names = Object.keys(t.watch.short) as (keyof typeof t.watch.short)[];
  const known = names.flatMap((name) => {
    const value = numbers[name];
    return value === null ? [] : [{ name, value, path: places[name] ?? null }];
  });
  if (known.length === 0) return null;
  const week = numbers.mailLastWeek;
  return html`<section class="flow" aria-labelledby="counted"><h2 id="counted">${t.watch.numbers}</h2><ul class="stats" aria-label="${t.watch.numbers}">${known.map(
    ({ name, value, path }) =>
      html`<li class="stat"><span class="stat-label">${t.watch.short[name]}</span>${
        path === null
          ? html`<span class="stat-num">${count(value)}</span>`
          : html`<a class="stat-num" href="${link(path)}">${count(value)}</a>`
      }${name === "mailToday" && week !== null && html`<span class="small">${fill(t.watch.lastWeek, { count: html`${count(week)}` })}</span>`}</li>`,
  )}</ul></section>`;
}

export function lastChanges(rows: readonly ChangeRow[], frame: Frame): Html | null {
  const { t } = frame;
  if (rows.length === 0) return null;
  return html`<section class="flow" aria-labelledby="last"><h2 id="last">${t.watch.changes}</h2><div class="framed">${table(
    t.watch.changes,
    [
      {
        label: t.changes.what,
        looks: "c-key",
        cell: (row: ChangeRow) =>
          html`<a href="${frame.link(`/changes/${row.change}`)}">${changeName(row)}</a>`,
      },
      { label: t.changes.when, looks: "nowrap", cell: ({ at }) => moment(frame, at) },
      { label: t.changes.who, looks: "c-wide", cell: ({ actor }) => shown(actor) },
      { label: t.changes.state, cell: (row) => changeState(t, row) },
    ],
    rows,
  )}</div></section>`;
}
