import type { Static } from "../../kernel/schema.ts";
import type { mailExplain } from "../../operations/mail/explain.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { badge } from "./badge.ts";
import { placeLink } from "./place-link.ts";
import { fill } from "./shown.ts";

type Told = Static<typeof mailExplain.output>;
type Step = Told["steps"][number];

const TONES = { refused: "bad", lost: "bad", delivered: "ok", "passed-on": "ok" } as const;

/** What happens to a mail: the end of it, and each step with where it stands. */
export function mailJourney(frame: Frame, told: Told, recipient: string): Html {
  const words = frame.t.mailJourney;
  return html`<section class="verdict" aria-labelledby="answer" aria-live="polite">
<div class="verdict-line is-${told.certain || TONES[told.outcome] === "bad" ? TONES[told.outcome] : "warn"}"><h2 id="answer">${fill(words.outcomes[told.outcome], { address: recipient })}</h2></div>
${!told.certain && html`<div class="finding"><span class="dot is-warn" aria-hidden="true"></span><div><p>${words.uncertain}</p></div></div>`}
</section>
<section class="flow" aria-labelledby="steps"><h2 id="steps">${frame.t.mailRoute.steps}</h2>
<ol class="steps">${told.steps.map((step) => stepView(frame, step))}</ol></section>`;
}

function stepView(frame: Frame, step: Step): Html {
  const words = frame.t.mailJourney;
  const { verdict, reply, file, line } = step;
  const good = verdict === "passes" || verdict === "continues" || verdict === "delivers";
  return html`<li${good && html` class="done"`}><span>${sentence(frame, step)} ${mark(frame, verdict, reply)}</span><small>${wordIn(words.asks, step.asks)}${
    file !== null &&
    html` · ${placeLink(frame, file, line)}${line === null && asksEntries(verdict) && ` ${words.noEntry}`}`
  }</small></li>`;
}

/** Where something else happens from here on, the file itself is what was found. */
function asksEntries(verdict: Step["verdict"]): boolean {
  return verdict === "passes" || verdict === "refused";
}

function sentence({ t }: Frame, { said, values }: Step): Html | string {
  const words = wordIn(t.mailJourney.said, said);
  return fill(words, Object.fromEntries(values.map(({ name, value }) => [name, value])));
}

function mark({ t }: Frame, verdict: Step["verdict"], reply: number | null): Html | null {
  const words = t.mailJourney.verdicts;
  if (verdict === "refused")
    return badge("bad", reply === null ? words.refused : `${words.refused} ${reply}`);
  if (verdict === "lost") return badge("bad", words.lost);
  if (verdict === "unknown") return badge("warn", words.unknown);
  return verdict === "delivers" ? badge("ok", words.delivers) : null;
}

/** A key of another version of xmailcfg is shown as it is. */
function wordIn(words: Readonly<Record<string, string>>, key: string): string {
  return (Object.hasOwn(words, key) && words[key]) || key;
}
