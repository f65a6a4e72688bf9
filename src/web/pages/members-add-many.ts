import type { Static } from "../../kernel/schema.ts";
import { memberAddMany } from "../../operations/member/add-many.ts";
import { html } from "../html.ts";
import { definePage, type Frame, type Params } from "../page.ts";
import { labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { pathTo } from "../rows/row-screens.ts";
import { inputOfForm } from "../schema-input.ts";

type Report = Static<typeof memberAddMany.output>;

export interface AddManyData {
  readonly params: Params;
  /** What became of the lines, or would become; `null` before any were given. */
  readonly report: Report | null;
  readonly typed: Readonly<Record<string, unknown>>;
  readonly tried: boolean;
}

const LIST = "/accounts/:domain/:name/members";
const PATH = `${LIST}/add-many`;

/** Paste or CSV: tried first, with a report of each line that cannot be, and then done. */
export const membersAddManyPage = definePage<AddManyData>({
  path: PATH,
  load: async ({ params }) => ({ params, report: null, typed: { rights: "RW" }, tried: false }),
  view({ params, report, typed, tried }, frame) {
    const { t } = frame;
    return {
      title: t.members.addMany,
      body: html`${pageHead(frame, {
        title: t.members.addMany,
        lead: t.members.addManyLead,
        crumbs: [
          { href: frame.link("/accounts", { kind: "list" }), words: t.menu.lists },
          {
            href: frame.link(pathTo(LIST, params)),
            words: shown(`${params["name"] ?? ""}@${params["domain"] ?? ""}`),
          },
        ],
      })}
${refusalSummary(frame, labelsOf(t, memberAddMany))}
${report && reportOf(frame, report, tried)}
<form class="flow" method="post" action="${frame.link(pathTo(PATH, params))}">
${schemaField(frame, memberAddMany, "lines", typed["lines"])}
${schemaField(frame, memberAddMany, "rights", typed["rights"])}
<div class="form-end">${token(frame)}<button class="btn primary" name="act" value="try">${t.members.tryFirst}</button><button class="btn" name="act" value="add">${t.members.addNow}</button><a class="btn" href="${frame.link(pathTo(LIST, params))}">${t.frame.cancel}</a></div>
</form>`,
    };
  },
  async answer(ask) {
    const { params, visit } = ask;
    const typed = inputOfForm(memberAddMany, ["lines", "rights"], visit.form);
    const input = { domain: params["domain"], name: params["name"], ...typed };
    const tried = visit.form.get("act") !== "add";
    if (!tried)
      return { params, report: await ask.run(memberAddMany, input), typed: { rights: "RW" }, tried };
    const { dryRun } = await import("../../operations/dry-run.ts");
    const { result } = await dryRun(memberAddMany, ask.options.call(visit), input);
    return { params, report: result as Report, typed, tried };
  },
});

function reportOf(frame: Frame, { added, already, wrong, report }: Report, tried: boolean) {
  const { t } = frame;
  const words = tried ? t.members.wouldAdd(added) : t.members.wereAdded(added);
  return html`${notice(
    wrong > 0 ? "warn" : "ok",
    html`<p><strong>${words}</strong> ${t.members.others(already, wrong)}</p>`,
  )}${
    report.length > 0 &&
    table(
      t.members.report,
      [
        { label: t.members.line, looks: "num", cell: ({ line }) => String(line) },
        { label: t.members.text, looks: "c-key", cell: ({ text }) => shown(text) },
        { label: t.members.outcome, cell: ({ outcome }) => t.members.outcomes[outcome] },
      ],
      report,
    )
  }`;
}
