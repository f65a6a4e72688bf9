import { hasCode } from "../../../src/errors/error.ts";

/** Field and rule of a `VALUE_NOT_SENDABLE`; anything else is thrown on. */
export function refusal(
  work: () => unknown,
): { field: string; rule: string; limit?: number | string } | "accepted" {
  try {
    work();
    return "accepted";
  } catch (error) {
    return problemOf(error);
  }
}

export async function refusalOfPromise(work: () => Promise<unknown>) {
  try {
    await work();
    return "accepted";
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown) {
  if (!hasCode(error, "VALUE_NOT_SENDABLE")) throw error;
  const [problem] = error.fields;
  if (problem === undefined) throw new Error("no field is named");
  const { field, rule, limit } = problem;
  return limit === undefined ? { field, rule } : { field, rule, limit };
}
