import { type FieldProblem, fail } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import { problemsOf } from "../kernel/schema.ts";

const AGAIN: FieldProblem = {
  field: "passwordAgain",
  rule: "again",
  message: "The two passwords are not the same.",
};

/** Refuses a form whose passwords differ, together with all else that is wrong in it: nobody mends field by field. */
export function requireRepeated(
  operation: Pick<AnyOperation, "input">,
  input: object,
  form: URLSearchParams,
): void {
  if (form.get("password") === form.get("passwordAgain")) return;
  fail("INVALID_INPUT", undefined, { fields: [...problemsOf(operation.input, input), AGAIN] });
}
