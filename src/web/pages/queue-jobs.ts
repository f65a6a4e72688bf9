import type { JobRow } from "../../operations/spool/fields.ts";
import { spoolJobList } from "../../operations/spool/job.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { empty } from "../parts/empty.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { part } from "../paths.ts";
import { count } from "../text/format.ts";

/** What was done to many messages, the newest first: each leads to its progress and its undo. */
export const queueJobsPage = definePage<readonly JobRow[]>({
  path: "/queue/jobs",
  load: async ({ run }) => (await run(spoolJobList, {})).items,
  view(jobs, frame) {
    const { t } = frame;
    const { queue } = t;
    return {
      title: queue.jobs,
      body: html`${pageHead(frame, {
        title: queue.jobs,
        lead: queue.jobsLead,
        crumbs: [{ href: frame.link("/queue"), words: queue.title }],
      })}
${
  jobs.length === 0
    ? empty(queue.noJobs, null)
    : table(
        queue.jobs,
        [
          {
            label: queue.job,
            looks: "c-key",
            cell: ({ job, action }) =>
              html`<a href="${frame.link(`/queue/jobs/${part(job)}`)}">${queue.actions[action]}</a>`,
          },
          { label: queue.begun, looks: "nowrap", cell: ({ begun }) => moment(frame, begun) },
          { label: queue.by, cell: ({ by }) => shown(by) },
          { label: queue.messages, looks: "num", cell: ({ done }) => count(done) },
          {
            label: queue.state,
            cell: ({ finished }) =>
              finished ? badge("ok", queue.finished) : badge("warn", queue.unfinished),
          },
          {
            label: queue.filter,
            looks: "c-wide",
            cell: ({ filter }) => (filter === "" ? "–" : html`<span class="mono">${shown(filter)}</span>`),
          },
        ],
        jobs,
      )
}`,
    };
  },
});
