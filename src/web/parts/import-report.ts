import type { ImportReported } from "../../operations/bulk/bulk-import.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { fieldWords } from "./field.ts";
import { notice } from "./flash.ts";
import { problemWords } from "./problem-words.ts";
import { shown } from "./shown.ts";
import { table } from "./table.ts";

type Line = ImportReported["report"][number];

/** Lines shown one by one; the API and the command line tell all. */
const MOST_SHOWN = 200;

interface How {
  /** Nothing is saved yet. */
  readonly isTried: boolean;
  /** How many there are of each is told elsewhere. */
  readonly isTold?: boolean;
}

/** What became of the lines of an import, or would become of them: first those at fault. */
export function importReport(
  frame: Frame,
  kind: string,
  report: ImportReported,
  { isTried, isTold = false }: How,
): Html {
  const { t } = frame;
  const { added, already, wrong } = report;
  const words = isTried ? t.imports.wouldAdd(added) : t.imports.wereAdded(added);
  const lines = [
    ...report.report.filter(({ outcome }) => outcome === "wrong"),
    ...report.report.filter(({ outcome }) => outcome !== "wrong"),
  ];
  const tone = wrong > 0 ? "warn" : "ok";
  return html`${!isTold && notice(tone, html`<p><strong>${words}</strong> ${t.imports.others(already, wrong)}</p>`)}
${table(
  t.imports.report,
  [
    { label: t.imports.line, looks: "num", cell: ({ line }) => String(line) },
    { label: t.imports.address, looks: "c-key", cell: ({ about }) => shown(about) },
    { label: t.imports.outcome, cell: (line) => outcomeOf(frame, kind, line, isTried) },
  ],
  lines.slice(0, MOST_SHOWN),
)}
${lines.length > MOST_SHOWN && html`<p class="small mute">${t.imports.notShown(lines.length - MOST_SHOWN)}</p>`}`;
}

function outcomeOf(
  frame: Frame,
  kind: string,
  { outcome, field, rule, limit, message }: Line,
  isTried: boolean,
) {
  const { t } = frame;
  if (outcome === "already") return t.imports.outcomes.already;
  if (outcome === "added") return isTried ? t.imports.outcomes.wouldAdd : t.imports.outcomes.added;
  const said = problemWords(t, {
    field: field ?? "",
    rule: rule ?? "",
    message: message ?? "",
    ...(limit === null ? {} : { limit }),
  });
  return html`${fieldWords(t, `${kind}.add`, field ?? "").label}: ${said}`;
}
