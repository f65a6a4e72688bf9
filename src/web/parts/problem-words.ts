import type { FieldProblem } from "../../errors/error.ts";
import type { Text } from "../text/en.ts";
import { visible } from "./shown.ts";

/** What is right for the field, in the person's language; the rule may also be an error code of the whole form. */
export function problemWords(t: Text, { rule, limit }: FieldProblem): string {
  if (Object.hasOwn(t.rules, rule)) {
    return t.rules[rule as keyof Text["rules"]](limit === undefined ? "" : visible(String(limit)));
  }
  if (!Object.hasOwn(t.errors, rule)) return t.rules.invalid("");
  const { title, advice } = t.errors[rule as keyof Text["errors"]];
  const end = /[.。]$/.test(title) ? "" : t.sentenceEnd;
  return `${title}${end}${advice}`;
}
