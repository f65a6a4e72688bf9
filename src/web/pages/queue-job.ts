import type { Static } from "../../kernel/schema.ts";
import type { JobRow } from "../../operations/spool/fields.ts";
import { spoolJobGet, spoolJobUndo, spoolJobWork } from "../../operations/spool/job.ts";
import { type RemovedRow, removedMessageList, removedMessageRaw } from "../../operations/spool/removed.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { emlFile } from "../parts/eml-file.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { stateBadge } from "../parts/spool-words.ts";
import { type Column, table } from "../parts/table.ts";
import { part } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

const pathOf = (job: string) => `/queue/jobs/${part(job)}`;

/** How far a job is; the page carries it on, part by part, with script by itself. */
export interface QueueJobData {
  readonly job: JobRow;
  /** What it removed; `null` where that is not shown. */
  readonly kept: Static<typeof removedMessageList.output> | null;
}

export const queueJobPage = definePage<QueueJobData>({
  path: "/queue/jobs/:job",
  async load({ run, may, visit, params: { job: id = "" } }) {
    const job = await run(spoolJobGet, { job: id });
    const cursor = visit.query.get("cursor");
    const from = cursor === null ? {} : { cursor };
    const isKept = job.action === "remove" && may.reach(removedMessageList.name);
    return { job, kept: isKept ? await run(removedMessageList, { job: id, ...from }) : null };
  },
  view({ job, kept }, frame) {
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
${job.forGood && html`<p>${t.queue.notUndoable}</p>`}
<p><a class="btn" href="${frame.link("/queue")}">${t.queue.toQueue}</a></p>
${kept && kept.items.length > 0 && keptMessages(frame, job.job, kept)}`,
    };
  },
  async submit({ run, params: { job = "" }, visit }) {
    const act = visit.form.get("act") === "undo" ? spoolJobUndo : spoolJobWork;
    const { job: next } = await run(act, { job });
    return { to: `/queue/jobs/${next}` };
  },
});

/** Each can be had as a file; its text is never a page. */
function keptMessages(frame: Frame, job: string, { items, next }: NonNullable<QueueJobData["kept"]>): Html {
  const { queue, list } = frame.t;
  const mayRead = frame.may.reach(removedMessageRaw.name);
  const columns: Column<RemovedRow>[] = [
    {
      label: queue.subject,
      looks: "c-key c-wide",
      cell: ({ subject }) => (subject === "" ? html`${queue.empty}` : shown(subject)),
    },
    { label: queue.from, looks: "c-wide", cell: ({ from }) => (from === "" ? "<>" : shown(from)) },
    { label: queue.to, looks: "c-wide", cell: ({ to }) => shown(to) },
    { label: queue.state, cell: ({ status }) => stateBadge(frame.t, status) },
    {
      label: queue.since,
      looks: "nowrap",
      cell: ({ since }) => (since === null ? "–" : moment(frame, since)),
    },
    { label: queue.size, looks: "num", cell: ({ size }) => bytes(size) },
  ];
  if (mayRead)
    columns.push({
      label: queue.file,
      cell: ({ message }) =>
        html`<a href="${frame.link(`${pathOf(job)}/messages/${part(message)}/mail.eml`)}">${queue.eml}</a>`,
    });
  return html`<section class="flow" aria-labelledby="kept"><h2 id="kept">${queue.kept}</h2>${table(queue.kept, columns, items)}
${next !== null && html`<nav class="pager tight" aria-label="${list.pages}"><ul><li><a href="${frame.link(pathOf(job), { cursor: next })}" rel="next">${queue.further}</a></li></ul></nav>`}</section>`;
}

/** One of the messages that a job removed, as a file. Asks why first. */
export const queueJobFile = definePage<null>({
  path: "/queue/jobs/:job/messages/:message/mail.eml",
  file: async ({ run, params: { job = "", message = "" } }) =>
    emlFile(await run(removedMessageRaw, { job, message })),
});
