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

export function troubleWords(t: Text, { code, about, value, bound }: Problem): TroubleWords {
  const amount = IN_BYTES.includes(code) ? bytes : count;
  if (Object.hasOwn(t.logFindings.found, code)) {
    const text = fillText(t.logFindings.found[code as keyof typeof t.logFindings.found], {
      file: about,
      ip: about,
      account: about,
    });
    const { amounts } = t.watch;
    const much = Object.hasOwn(amounts, code)
      ? fillText(amounts[code as keyof typeof amounts], { value: count(value) })
      : bytes(value);
    return { title: t.watch.problems.abuse, text: `${text} (${much})` };
  }
  const words = t.watch.problems[code as Exclude<keyof typeof t.watch.problems, "abuse">];
  const values = {
    about,
    value: amount(value),
    bound: amount(bound),
    mostly: about === "" ? "" : fillText(t.watch.mostly, { about }),
  };
  return { title: fillText(words.title, values), text: fillText(words.text, values).trim() };
}
