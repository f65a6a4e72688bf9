import { fail } from "../errors/error.ts";
import type { Visit } from "../http/types.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { FieldNotes, TSchema } from "../kernel/schema.ts";
import { toldDryRun } from "../operations/dry-run.ts";
import type { Asked } from "./asked.ts";
import { rehearseForm } from "./foresee.ts";
import { hereOf } from "./frame.ts";
import type { AnyPage, Frame, Screen } from "./page.ts";
import { reviewScreen } from "./parts/review-screen.ts";

/** Fields that are the review's own, and no page's. */
const OURS = ["csrf", "step", "why", "concealed", "concealedNames"];
const SECRET = /passw|secret/i;

/** What the form will change, to be saved or gone back from; rejects as saving would. */
export async function review(asked: AnyPage, ask: Asked): Promise<(frame: Frame) => Screen> {
  const { visit, params } = ask;
  const form = formIn(visit);
  const secrets = new Set<string>();
  const rehearsed = await rehearseForm(asked, ask, form, (operation, input) => {
    for (const value of secretsIn(operation, input)) secrets.add(value);
  });
  const isSecret = ([name, value]: readonly [string, string]) => SECRET.test(name) || secrets.has(value);
  const fields = [...form];
  const hidden = fields.filter(isSecret);
  const concealed =
    hidden.length === 0
      ? []
      : [
          ["concealed", visit.browser.conceal(JSON.stringify(hidden), visit.path)],
          ["concealedNames", [...new Set(hidden.map(([name]) => name))].join(" ")],
        ];
  const { changes } = toldDryRun(rehearsed ?? fail("METHOD_NOT_ALLOWED"));
  return (frame) =>
    reviewScreen(frame, {
      changes,
      path: hereOf(visit),
      fields: [...fields.filter((entry) => !isSecret(entry)), ...concealed] as [string, string][],
      back: asked.view ? null : (asked.back?.(params) ?? "/"),
    });
}

/** The fields that the page itself made; what was concealed is itself again. */
export function formIn({ form, browser, path }: Visit): URLSearchParams {
  const own = new URLSearchParams([...form].filter(([name]) => !OURS.includes(name)));
  const concealed = form.get("concealed");
  if (concealed === null || form.get("step") === "edit") return own;
  const text = browser.unveil(concealed, path);
  if (text === null) {
    const names = (form.get("concealedNames") ?? "").split(" ");
    const fields = names.map((field) => ({ field, rule: "retype", message: `${field}: type it again.` }));
    return fail("INVALID_INPUT", undefined, { fields });
  }
  for (const [name, value] of JSON.parse(text) as [string, string][]) own.append(name, value);
  return own;
}

/** Values of fields that the operation calls secret, whatever the form calls them. */
function secretsIn({ input: schema }: AnyOperation, input: unknown): string[] {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, TSchema & FieldNotes>> };
  const given = (typeof input === "object" && input !== null ? input : {}) as Readonly<
    Record<string, unknown>
  >;
  return Object.entries(given).flatMap(([name, value]) =>
    properties[name]?.writeOnly && typeof value === "string" && value !== "" ? [value] : [],
  );
}
