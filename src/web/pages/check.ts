import type { Static } from "../../kernel/schema.ts";
import { serverCheck } from "../../operations/server/check.ts";
import type { CheckOutcome, CheckPart } from "../../xmail/check.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { type ExplainedFinding, explainFinding } from "../parts/finding-words.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { clock } from "../text/format.ts";

/** `null` before anything was tried. */
export type CheckData = Static<typeof serverCheck.output> | null;

const PATH = "/check";
const TONES = { ok: "ok", warning: "warn", failure: "bad", skipped: "held" } as const;

export const checkPage = definePage<CheckData>({
  path: PATH,
  load: async () => null,
  answer: ({ run }) => run(serverCheck, {}),
  view(report, frame) {
    const { t, may } = frame;
    const head = pageHead(frame, { title: t.check.title, lead: t.check.lead });
    if (!may.reach("server.check")) {
      const { title, advice } = t.errors.FORBIDDEN;
      return { title, body: html`${head}${notice("warn", html`<p>${title}. ${advice}</p>`)}` };
    }
    return {
      title: t.check.title,
      ...(report ? { state: stateOf(report, frame) } : {}),
      body: html`${head}
${refusalSummary(frame, {}, { changes: false })}
${report && results(report, frame)}
<form class="flow" method="post" action="${frame.link(PATH)}">
${formEnd(frame, report ? t.check.again : t.check.button)}
</form>`,
    };
  },
});

function stateOf({ failures, warnings }: NonNullable<CheckData>, { t }: Frame) {
  if (failures > 0) return { tone: "bad", words: t.check.failures(failures) } as const;
  if (warnings > 0) return { tone: "warn", words: t.check.warnings(warnings) } as const;
  return { tone: "ok", words: t.overview.short(0) } as const;
}

function results(report: NonNullable<CheckData>, frame: Frame): Html {
  const findings = report.findings.map(({ values, ...rest }) =>
    explainFinding(frame.t, {
      ...rest,
      values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    }),
  );
  const parts = [...new Set(findings.map(({ part }) => part))];
  return html`${verdict(report, findings, frame)}
${parts.map((part) =>
  partView(
    part,
    findings.filter((one) => one.part === part),
    frame,
  ),
)}`;
}

function verdict(report: NonNullable<CheckData>, findings: readonly ExplainedFinding[], frame: Frame): Html {
  const { t } = frame;
  const { failures, warnings } = report;
  const { tone } = stateOf(report, frame);
  const counts = [failures > 0 && t.check.failures(failures), warnings > 0 && t.check.warnings(warnings)];
  const title = counts.filter((words) => words !== false).join(t.listComma) || t.check.fine;
  // What must be mended comes first.
  const wrong = (["failure", "warning"] as const).flatMap((outcome) =>
    findings.filter((one) => one.outcome === outcome),
  );
  return html`<section class="verdict" aria-labelledby="verdict" aria-live="polite">
<div class="verdict-line is-${tone}"><h2 id="verdict">${title}</h2><p>${fill(t.overview.checked, { time: html`<time datetime="${frame.now.toISOString()}">${clock(frame.now)}</time>` })}</p></div>
${wrong.map(
  ({ part, outcome, tried, words: found, mend, values }) =>
    html`<div class="finding"><span class="dot is-${TONES[outcome]}" aria-hidden="true"></span><div><h3>${fill(t.check.heading, { part: html`${t.check.parts[part]}`, tried: html`${tried}` })}</h3><p>${fill(found, values)}</p>${mend !== null && html`<p>${fill(t.check.mend, { words: fill(mend, values) })}</p>`}</div></div>`,
)}
</section>`;
}

function partView(part: CheckPart, findings: readonly ExplainedFinding[], { t }: Frame): Html {
  const name = t.check.parts[part];
  return html`<section class="flow" aria-labelledby="${`part-${part}`}"><h2 id="${`part-${part}`}">${name}</h2><div class="framed">${table(
    name,
    [
      { label: t.check.tried, looks: "c-key c-tried", cell: ({ tried }: ExplainedFinding) => tried },
      {
        label: t.check.result,
        looks: "c-result",
        cell: ({ outcome }) => outcomeBadge(outcome, t.check.outcomes[outcome]),
      },
      {
        label: t.check.meaning,
        looks: "c-wide",
        cell: ({ words, values }) => html`<span>${fill(words, values)}</span>`,
      },
    ],
    findings,
  )}</div></section>`;
}

function outcomeBadge(outcome: CheckOutcome, words: string): Html {
  return badge(TONES[outcome], words, outcome === "ok");
}
