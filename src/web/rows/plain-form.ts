import type { ErrorCode } from "../../errors/codes.ts";
import type { AnyOperation, Operation } from "../../kernel/operation.ts";
import type { TSchema } from "../../kernel/schema.ts";
import { type Html, html, type Words } from "../html.ts";
import { type Ask, type Done, definePage, type Frame, type Page, type Params } from "../page.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { type Crumb, pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { inputOfForm } from "../schema-input.ts";
import type { Text } from "../text/en.ts";
import { keyOf, pathTo } from "./row-screens.ts";

export interface FormData {
  readonly params: Params;
  /** What the fields hold at first. */
  readonly values: Readonly<Record<string, unknown>>;
}

interface PlainForm {
  readonly operation: unknown;
  readonly path: string;
  readonly fields: readonly string[];
  title(frame: Frame, params: Params, values: FormData["values"]): string;
  lead?(frame: Frame): string;
  button(frame: Frame): string;
  crumbs(frame: Frame, params: Params, values: FormData["values"]): readonly Crumb[];
  back(params: Params): string;
  load?(ask: Ask): Promise<Readonly<Record<string, unknown>>>;
  /** One field, where the schema says too little of it. */
  field?(frame: Frame, name: string, value: unknown): Html | null;
  done(ask: Ask, output: unknown): Done;
  /** The form changes what is there: texts left empty empty it, and somebody else's change meanwhile is noticed. */
  readonly changes?: true;
  readonly blame?: Partial<Record<ErrorCode, string>>;
}

/** A form of one operation; the parts of its path are input as well. */
export function plainFormPage(form: PlainForm): Page<FormData> {
  const operation = form.operation as Operation<TSchema, TSchema> & AnyOperation;
  return definePage<FormData>({
    path: form.path,
    async load(ask) {
      return { params: ask.params, values: (await form.load?.(ask)) ?? {} };
    },
    view({ params, values }, frame) {
      const title = form.title(frame, params, values);
      const lead: Words | undefined = form.lead?.(frame);
      return {
        title,
        body: html`${pageHead(frame, { title, crumbs: form.crumbs(frame, params, values), ...(lead === undefined ? {} : { lead }) })}
${refusalSummary(frame, labelsOf(frame.t, operation))}
<form class="flow" method="post" action="${frame.link(pathTo(form.path, params))}">
${form.fields.map((name) => form.field?.(frame, name, values[name]) ?? schemaField(frame, operation, name, values[name]))}
${formEnd(frame, form.button(frame), { href: frame.link(form.back(params)), words: frame.t.frame.cancel })}
</form>`,
      };
    },
    async submit(ask) {
      const input = {
        ...keyOf(form.path, ask.params),
        ...(form.changes ? emptied(form.fields, ask.visit.form) : {}),
        ...inputOfForm(operation, form.fields, ask.visit.form),
      };
      return form.done(ask, await ask.run(operation, input));
    },
    ...(form.blame ? { blame: form.blame } : {}),
    ...(form.changes
      ? {
          editable: ({ values }: FormData, t: Text) =>
            form.fields.map((name) => ({
              name,
              label: labelsOf(t, operation)[name] ?? name,
              value: String(values[name] ?? ""),
            })),
        }
      : {}),
  });
}

function emptied(names: readonly string[], form: URLSearchParams): Record<string, string> {
  return Object.fromEntries(names.filter((name) => form.has(name)).map((name) => [name, ""]));
}
