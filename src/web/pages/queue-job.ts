import type { JobRow } from "../../operations/spool/fields.ts";
import { spoolJobGet, spoolJobUndo, spoolJobWork } from "../../operations/spool/job.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { part } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

const pathOf = (job: string) => `/queue/jobs/${part(job)}`;

/** How far a job is; the page carries it on, part by part, with script by itself. */
export const queueJobPage = definePage<JobRow>({
  path: "/queue/jobs/:job",
  load: ({ run, params: { job = "" } }) => run(spoolJobGet, { job }),
  view(job, frame) {
    const { t, may } = frame;
    const progress = fillText(t.queue.progress, { looked: count(job.looked), of: count(job.of) });
    const path = frame.link(pathOf(job.job));
    return {
      title: t.queue.jobTitle,
      body: html`${pageHead(frame, {
        title: t.queue.actions[job.action],
        lead: job.finished ? t.queue.finished : t.queue.unfinished,
        crumbs: [{ href: frame.link("/queue"), words: t.queue.title }],
      })}
${flashOf(frame)}${refusalSummary(frame, {})}
<div class="flow" role="status"><p><strong>${progress}</strong></p>
<progress max="${Math.max(1, job.of)}" value="${job.looked}" aria-label="${progress}"></progress></div>
${facts([
  [t.queue.doneTo, html`${count(job.done)} · ${bytes(job.bytes)}`],
  [t.queue.gone, count(job.gone)],
  [
    t.queue.filter,
    job.filter === "" ? t.queue.noFilter : html`<span class="mono">${shown(job.filter)}</span>`,
  ],
  [t.queue.by, shown(job.by)],
  [t.queue.begun, moment(frame, job.begun)],
])}
${
  !job.finished &&
  may.use("spoolJob.work") &&
  html`<form class="flow" method="post" action="${path}" data-carry-on><p class="small mute">${t.queue.goOnHelp}</p>
<div class="form-end">${token(frame)}<button class="btn primary" name="act" value="work">${t.queue.goOn}</button></div></form>`
}
${
  job.undoable &&
  may.use("spoolJob.undo") &&
  html`<form class="flow" method="post" action="${path}"><p class="small mute">${t.queue.undoHelp}</p>
<div class="form-end">${token(frame)}<button class="btn" name="act" value="undo">${t.queue.undo}</button></div></form>`
}
<p><a class="btn" href="${frame.link("/queue")}">${t.queue.toQueue}</a></p>`,
    };
  },
  async submit({ run, params: { job = "" }, visit }) {
    const act = visit.form.get("act") === "undo" ? spoolJobUndo : spoolJobWork;
    const { job: next } = await run(act, { job });
    return { to: `/queue/jobs/${next}` };
  },
});
