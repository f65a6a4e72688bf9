import {
  type CheckOutcome,
  type CheckPart,
  FINDINGS,
  type Found,
  outcomeOf,
  stepOf,
} from "../../xmail/check.ts";
import type { Text } from "../text/en.ts";

/** A finding in the words of a language; sentences keep their holes, `values` fills them. */
export interface ExplainedFinding {
  readonly part: CheckPart;
  readonly outcome: CheckOutcome;
  /** What was tried. */
  readonly tried: string;
  readonly words: string;
  readonly mend: string | null;
  readonly values: Readonly<Record<string, string>>;
}

interface Told {
  readonly part: CheckPart;
  readonly found: string;
  readonly values: Readonly<Record<string, string>>;
}

export function explainFinding(t: Text, { part, found, values }: Told): ExplainedFinding {
  if (!isFound(found)) {
    const words = t.check.unknown;
    return {
      part,
      outcome: "skipped",
      tried: t.check.parts[part],
      words,
      mend: null,
      values: { key: found },
    };
  }
  const { words, mend = null } = t.check.found[found];
  const worded = Object.entries(values).map(([name, value]) => [name, wordFor(t, name, value)]);
  return {
    part,
    outcome: outcomeOf({ found }),
    tried: t.check.steps[stepOf({ found })],
    words,
    mend,
    values: Object.fromEntries(worded),
  };
}

function isFound(key: string): key is Found {
  return Object.hasOwn(FINDINGS, key);
}

/** Some values are keys of words themselves. */
function wordFor(t: Text, name: string, value: string): string {
  if (name === "capability") return wordIn(t.check.capabilities, value);
  if (name === "kind") return wordIn(t.check.kinds, value);
  if (name === "code" && Object.hasOwn(t.check.codes, value)) return wordIn(t.check.codes, value);
  if (name === "code" && Object.hasOwn(t.errors, value)) return t.errors[value as keyof Text["errors"]].title;
  return value;
}

function wordIn(words: Readonly<Record<string, string>>, key: string): string {
  return (Object.hasOwn(words, key) && words[key]) || key;
}
