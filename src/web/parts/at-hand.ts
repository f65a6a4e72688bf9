import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";

interface Link {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly words: string;
  readonly needs: string;
}

/** Every list of messages and every log by one click; nothing is read for it. */
export function atHand(frame: Frame): Html | null {
  const { t } = frame;
  const { stateNames } = t.queue;
  const states = Object.keys(stateNames) as (keyof typeof stateNames)[];
  const kinds = Object.keys(t.logs.kinds) as (keyof typeof t.logs.kinds)[];
  const rows = [
    row(frame, t.menu.queue, [
      ...states.map((state) => ({
        path: "/queue",
        query: { filter: `status:${state}` },
        words: stateNames[state],
        needs: "spool.shape",
      })),
      { path: "/queue/jobs", words: t.queue.jobs, needs: "spoolJob.list" },
    ]),
    row(frame, t.menu.logs, [
      ...kinds.map((kind) => ({
        path: "/logs",
        query: { kind },
        words: t.logs.kinds[kind],
        needs: "log.search",
      })),
      { path: "/log-files", words: t.logs.files, needs: "log.list" },
    ]),
  ].filter((found) => found !== null);
  if (rows.length === 0) return null;
  return html`<section class="flow" aria-labelledby="at-hand"><h2 id="at-hand">${t.overview.atHand}</h2>${rows}</section>`;
}

function row({ link, may }: Frame, words: string, links: readonly Link[]): Html | null {
  const open = links.filter(({ needs }) => may.reach(needs));
  if (open.length === 0) return null;
  return html`<div class="flow tight"><h3 class="small">${words}</h3><div class="chips tight">${open.map(
    ({ path, query, words: name }) => html`<a class="chip" href="${link(path, query)}">${name}</a>`,
  )}</div></div>`;
}
