import { explainFinding as explainIn } from "./web/parts/finding-words.ts";
import { fillText } from "./web/parts/shown.ts";
import { en } from "./web/text/en.ts";
import type { CheckOutcome, CheckPart, Finding, Found } from "./xmail/check.ts";

/** A finding of a check in English, as the panel says it. */
export interface ExplainedFinding {
  readonly part: CheckPart;
  /** Heading for the part. */
  readonly about: string;
  readonly outcome: CheckOutcome;
  readonly tried: string;
  /** For programs: the same in every language and version. */
  readonly found: Found;
  readonly words: string;
  /** How to mend it; `null` where nothing needs mending. */
  readonly mend: string | null;
}

export function explainFinding(finding: Finding): ExplainedFinding {
  const { part, outcome, tried, words, mend, values } = explainIn(en, finding);
  return {
    part,
    about: en.check.parts[part],
    outcome,
    tried,
    found: finding.found,
    words: fillText(words, values),
    mend: mend === null ? null : fillText(mend, values),
  };
}
