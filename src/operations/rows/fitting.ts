import { problemsOf } from "../../kernel/schema.ts";
import { fields as object } from "../fields.ts";
import type { Fields, Values } from "./row-table.ts";

/** `values` when the fields can hold them; `null` for what a form could not give back: the line is then shown as it is. */
export function fitting<F extends Fields>(
  fields: F,
  values: Readonly<Record<string, unknown>> | null,
): Values<F> | null {
  return values !== null && problemsOf(object(fields), values).length === 0 ? (values as Values<F>) : null;
}
