import { html } from "../html.ts";
import { type Ask, definePage, type Frame, type Page, type Params } from "../page.ts";
import { confirmField } from "../parts/confirm-field.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { fillText } from "../parts/shown.ts";
import { inputOfForm } from "../schema-input.ts";
import { confirmOf, crumbsOf, done, findRow } from "./row-ask.ts";
import { formFields, keyOf, type Ops, opsOf, pathTo, type RowData, type RowScreens } from "./row-screens.ts";

/** `rest`: the end of its address, for a table that has two ways to add. */
export function rowAddPage(screens: RowScreens, rest: `/${string}` = "/add"): Page<Params> {
  const { add } = opsOf(screens);
  return definePage<Params>({
    path: `${screens.path}${rest}`,
    load: async ({ params }) => params,
    view: (params, frame) => formView(screens, add, frame, params, frame.t.rows.add, rest, {}),
    async submit(ask) {
      await ask.run(add, inputOf(screens, add, ask));
      return done(screens, ask.params, "rowAdded");
    },
    blame: blameFirst(screens),
  });
}

export function rowChangePage(screens: RowScreens): Page<RowData> {
  const ops = opsOf(screens);
  return definePage<RowData>({
    path: `${screens.path}/:id/change`,
    load: (ask) => findRow(screens, ops, ask),
    view: ({ row, params }, frame) =>
      formView(
        screens,
        ops.change,
        frame,
        params,
        frame.t.rows.changeTitle,
        `/${row.id}/change`,
        row.entry ?? {},
      ),
    editable: ({ row }, t) =>
      formFields(screens, ops.change).map((name) => ({
        name,
        label: labelsOf(t, ops.change)[name] ?? name,
        value: plainText(row.entry?.[name]),
      })),
    async submit(ask) {
      await ask.run(ops.change, { ...inputOf(screens, ops.change, ask), id: ask.params["id"] });
      return done(screens, ask.params, "rowChanged");
    },
    blame: blameFirst(screens),
  });
}

/** Of what the entry holds, as it is compared with what it is later. */
function plainText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function formView(
  screens: RowScreens,
  operation: Ops["add"],
  frame: Frame,
  params: Params,
  title: string,
  rest: string,
  entry: Readonly<Record<string, unknown>>,
) {
  const { t } = frame;
  const words = t.rows.tables[screens.words];
  const heading = fillText(title, { entry: words.one });
  const back = frame.link(pathTo(screens.path, params));
  return {
    title: heading,
    body: html`${pageHead(frame, { title: heading, crumbs: crumbsOf(screens, frame, params) })}
${refusalSummary(frame, { ...labelsOf(t, operation), confirm: t.confirm.short })}
<form class="flow" method="post" action="${frame.link(pathTo(screens.path, params, rest))}">
${formFields(screens, operation).map((name) => schemaField(frame, operation, name, entry[name]))}
${confirmField(frame)}
${formEnd(frame, t.rows.save, { href: back, words: t.frame.cancel })}
</form>`,
  };
}

function inputOf(screens: RowScreens, operation: Ops["add"], ask: Ask): Record<string, unknown> {
  return {
    ...keyOf(screens.path, ask.params),
    ...inputOfForm(operation, formFields(screens, operation), ask.visit.form),
    ...confirmOf(ask),
  };
}

/** A refusal that names no field is about what makes the entry one of its own. */
function blameFirst({ columns }: RowScreens) {
  return columns[0] === undefined ? {} : { ENTRY_EXISTS: columns[0] };
}
