import type { Static } from "../../kernel/schema.ts";
import { delegationImport } from "../../operations/delegation/import.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { inputOfForm } from "../schema-input.ts";

type Report = Static<typeof delegationImport.output>;

const PATH = "/import-delegations";
const FIELDS = ["kind", "content"] as const;
const TONES = { taken: "ok", partly: "warn", skipped: "bad" } as const;

export interface DelegationImportData {
  /** What was taken over, line by line; `null` before. */
  readonly report: Report | null;
}

/** Takes people over from XMailCFG's files; the answer tells of every line. */
export const delegationImportPage = definePage<DelegationImportData>({
  path: PATH,
  load: async () => ({ report: null }),
  view({ report }, frame) {
    const { t } = frame;
    const { title, lead } = t.delegationImport;
    return {
      title,
      body: html`${pageHead(frame, {
        title,
        crumbs: [{ href: frame.link("/people"), words: t.people.title }],
        lead,
      })}
${report ? told(frame, report) : form(frame)}`,
    };
  },
  async answer({ run, visit }) {
    return { report: await run(delegationImport, inputOfForm(delegationImport, FIELDS, visit.form)) };
  },
});

function form(frame: Frame): Html {
  const { t } = frame;
  return html`${refusalSummary(frame, labelsOf(t, delegationImport))}
<form class="flow" method="post" action="${frame.link(PATH)}">
${FIELDS.map((name) => schemaField(frame, delegationImport, name))}
<div class="form-end">${token(frame)}<button class="btn primary">${t.delegationImport.button}</button><a class="btn" href="${frame.link("/people")}">${t.frame.cancel}</a></div>
</form>`;
}

function told(frame: Frame, { added, report }: Report): Html {
  const words = frame.t.delegationImport;
  const columns = [
    { label: words.line, looks: "c-key", cell: ({ line }: Report["report"][number]) => String(line) },
    { label: words.who, cell: ({ name }: Report["report"][number]) => shown(name) },
    {
      label: words.outcome,
      cell: ({ outcome, why }: Report["report"][number]) =>
        html`${badge(TONES[outcome], words.outcomes[outcome], true)}${why && html` ${words.whys[why]}`}`,
    },
    {
      label: words.gets,
      cell: ({ gets, notTaken }: Report["report"][number]) =>
        html`${gets.map((one) => html`<div>${shown(one)}</div>`)}${notTaken.map((one) => html`<div class="mute">${words.notTaken} ${shown(one)}</div>`)}`,
    },
  ];
  return html`<p>${words.added(added)}</p>
${table(words.done, columns, report)}
<p><a class="btn primary" href="${frame.link("/people")}">${frame.t.people.title}</a></p>`;
}
