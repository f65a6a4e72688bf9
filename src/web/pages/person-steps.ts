import { personGet } from "../../operations/person/get.ts";
import { personRemove, personResetFactors } from "../../operations/person/sign-in.ts";
import { personEndSessions, personResume, personSuspend } from "../../operations/person/stop.ts";
import { definePage, type Page } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { type PersonDetails, personPath } from "../people/person-state.ts";
import type { Text } from "../text/en.ts";
import { requireTyped } from "../typed-confirmation.ts";

type Operation = typeof personSuspend | typeof personRemove;

interface Step {
  readonly rest: string;
  readonly operation: Operation;
  /** Word of the message afterwards. */
  readonly flash: string;
  words(t: Text): {
    readonly title: string;
    readonly text: string;
    readonly button: string;
    readonly effects?: { readonly title: string; readonly lines: readonly string[] };
  };
  /** Nobody comes back from it: the name is typed first. */
  readonly typed?: boolean;
}

const STEPS: readonly Step[] = [
  {
    rest: "/suspend",
    operation: personSuspend,
    flash: "personSuspended",
    words: ({ person, personSteps }) => ({
      title: personSteps.suspend,
      text: person.suspendText,
      button: person.suspendTitle,
      effects: { title: personSteps.suspendEffects, lines: personSteps.suspendLines },
    }),
  },
  {
    rest: "/resume",
    operation: personResume,
    flash: "personResumed",
    words: ({ person, personSteps }) => ({
      title: personSteps.resume,
      text: personSteps.resumeText,
      button: person.resumeTitle,
    }),
  },
  {
    rest: "/end-sessions",
    operation: personEndSessions,
    flash: "personSignedOut",
    words: ({ person, personSteps }) => ({
      title: personSteps.end,
      text: personSteps.endText,
      button: person.endTitle,
    }),
  },
  {
    rest: "/reset-factors",
    operation: personResetFactors,
    flash: "personFactorsReset",
    words: ({ person, personSteps }) => ({
      title: personSteps.factors,
      text: personSteps.factorsText,
      button: person.factorsTitle,
    }),
  },
  {
    rest: "/remove",
    operation: personRemove,
    flash: "personRemoved",
    typed: true,
    words: ({ person, personSteps }) => ({
      title: personSteps.remove,
      text: personSteps.removeText,
      button: person.removeTitle,
      effects: { title: personSteps.removeLosses, lines: personSteps.removeLines },
    }),
  },
];

/** One question each: suspend, let in again, sign out everywhere, second factors, remove. */
export const personStepPages = STEPS.map(stepPage);

function stepPage({ rest, operation, flash, words, typed = false }: Step): Page<PersonDetails> {
  return definePage<PersonDetails>({
    path: `/people/:person${rest}`,
    load: ({ run, params }) => run(personGet, params),
    view(person, frame) {
      const { t } = frame;
      const { title, text, button, effects } = words(t);
      const { name } = person;
      const here = personPath(person.id);
      return {
        title: fillText(title, { name }),
        body: confirmation(frame, {
          path: personPath(person.id, rest),
          crumbs: [
            { href: frame.link("/people"), words: t.people.title },
            { href: frame.link(here), words: name },
          ],
          title: fill(title, { name }),
          words: text,
          ...(effects ? { effects } : {}),
          ...(typed ? { typed: name } : {}),
          button,
          destroys: typed,
          wayOut: { href: frame.link(here), words: t.frame.cancel },
        }),
      };
    },
    async submit({ run, params, visit }) {
      const person = await run(personGet, params);
      if (typed) requireTyped(visit.form, person.name);
      const { name } = await run(operation as typeof personSuspend, { person: person.id });
      return {
        to: typed ? "/people" : personPath(person.id),
        flash: { tone: "ok", text: flash, values: { name } },
      };
    },
  });
}
