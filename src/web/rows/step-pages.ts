import { fail } from "../../errors/error.ts";
import { SERVER } from "../../kernel/target.ts";
import { isProgram, type MailStep, stepWarnings } from "../../settings/mail-steps.ts";
import { html } from "../html.ts";
import { type AnyPage, definePage, type Frame } from "../page.ts";
import { notice } from "../parts/flash.ts";
import { fillText, shown } from "../parts/shown.ts";
import { rowAddPage, rowChangePage } from "./row-forms.ts";
import { rowListPage } from "./row-list.ts";
import type { AnyRow, AnyRowOperations, RowData, RowScreens, RowsData } from "./row-screens.ts";
import { pathTo } from "./row-screens.ts";
import { rowRemovePage, rowStepPages } from "./row-steps.ts";

interface StepOperations extends AnyRowOperations {
  readonly addProgram: { readonly name: string };
  readonly changeProgram: { readonly name: string };
}

interface StepScreens extends Pick<RowScreens, "path" | "words" | "crumbs" | "more"> {
  readonly operations: StepOperations;
  readonly of: "account" | "domain" | "other";
}

/** The list of steps as other tables show theirs, with programs to be added on a form of their own. */
export function stepScreens({ operations, of, ...screens }: StepScreens): RowScreens {
  const { addProgram } = operations;
  return {
    ...screens,
    operations,
    columns: ["step", "addresses"],
    cell: (frame, name, entry) => cell(frame, name, entry),
    above: (frame, data) => above(frame, data, of),
    fixed: (frame, row) => isProgramRow(row) && !frame.may.reach(addProgram.name, SERVER),
    actions: (frame, params) => [
      frame.may.reach(addProgram.name, SERVER) &&
        html`<a class="btn" href="${frame.link(pathTo(screens.path, params, "/add-program"))}">${frame.t.steps.addProgram}</a>`,
    ],
  };
}

export function stepPages(given: StepScreens): readonly AnyPage[] {
  const { addProgram, changeProgram } = given.operations;
  const screens = stepScreens(given);
  const programs = {
    ...screens,
    operations: { ...given.operations, add: addProgram, change: changeProgram },
  };
  const [plain, program] = [rowChangePage(screens), rowChangePage(programs)];
  const pageFor = ({ row }: RowData) => (isProgramRow(row) ? program : plain);
  const change = definePage<RowData>({
    ...plain,
    view: (data, frame) => pageFor(data).view?.(data, frame) ?? fail("METHOD_NOT_ALLOWED"),
    editable: (data, t) => pageFor(data).editable?.(data, t) ?? [],
    async submit(ask) {
      const data = (await plain.load?.(ask)) ?? fail("CONFLICT");
      return (await pageFor(data).submit?.(ask)) ?? fail("METHOD_NOT_ALLOWED");
    },
  });
  return [
    rowListPage(screens),
    rowAddPage(screens),
    change,
    rowRemovePage(screens),
    ...rowStepPages(screens),
    rowAddPage(programs, "/add-program"),
  ] as readonly AnyPage[];
}

function isProgramRow({ entry, text }: AnyRow): boolean {
  return entry ? isProgram(entry as unknown as MailStep) : text === "***";
}

/** One column for where a message goes: each step has only one of them. */
function cell(frame: Frame, name: string, entry: Readonly<Record<string, unknown>>) {
  const { t } = frame;
  if (name !== "addresses") return undefined;
  const { program, arguments: given = [], servers, random } = entry as unknown as MailStep;
  if (program === "***") return t.steps.hiddenProgram;
  if (program !== undefined) return html`<code>${shown([program, ...given].join(" "))}</code>`;
  if (servers === undefined) return undefined;
  const list = servers.join(t.listComma);
  return shown(random === true ? fillText(t.steps.anyOrder, { servers: list }) : list);
}

/** What would lose mail, and what a list that is empty means; only of what all rows show. */
function above(frame: Frame, { page, query, more }: RowsData, of: StepScreens["of"]) {
  const { t } = frame;
  if ((query["search"] ?? "") !== "" || page.next !== null || page.first > 1) return null;
  const steps = page.items.flatMap(({ on, entry }) => (on && entry ? [entry as unknown as MailStep] : []));
  const warnings = stepWarnings(steps, of);
  const dead = (more ?? []) as readonly string[];
  return html`${warnings.map((one) => notice("warn", html`<p>${t.steps.warnings[one]}</p>`))}${dead.map(
    (one) => notice("warn", html`<p>${fillText(t.steps.deadEnd, { address: one })}</p>`),
  )}`;
}
