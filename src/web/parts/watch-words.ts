import type { Problem } from "../../kernel/watch.ts";
import type { Text } from "../text/en.ts";
import { bytes, count } from "../text/format.ts";
import { fillText } from "./shown.ts";

/** A problem as people are told of it: in the overview and by mail. */
export interface TroubleWords {
  readonly title: string;
  readonly text: string;
}

const IN_BYTES: readonly Problem["code"][] = [
  "largeLog",
  "ipBytes",
  "accountBytes",
  "mailboxFull",
  "mailboxNearlyFull",
];

/** How much it is, with what is counted. */
export function amountOf(t: Text, code: Problem["code"], value: number): string {
  const { amounts } = t.watch;
  if (Object.hasOwn(amounts, code))
    return fillText(amounts[code as keyof typeof amounts], { value: count(value) });
  return IN_BYTES.includes(code) ? bytes(value) : count(value);
}

export function troubleWords(t: Text, { code, about, value, bound }: Problem): TroubleWords {
  if (Object.hasOwn(t.logFindings.found, code)) {
    const text = fillText(t.logFindings.found[code as keyof typeof t.logFindings.found], {
      file: about,
      ip: about,
      account: about,
    });
    return { title: t.watch.problems.abuse, text: `${text} (${amountOf(t, code, value)})` };
  }
  const words = t.watch.problems[code as Exclude<keyof typeof t.watch.problems, "abuse">];
  const values = {
    about,
    value: amountOf(t, code, value),
    bound: amountOf(t, code, bound),
    mostly: about === "" ? "" : fillText(t.watch.mostly, { about }),
  };
  return { title: fillText(words.title, values), text: fillText(words.text, values).trim() };
}
