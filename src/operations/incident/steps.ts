import type { IncidentEvent } from "../../xmail/incidents.ts";
import { INCIDENT_STEPS, type IncidentStep } from "./fields.ts";

export interface StepState {
  readonly step: IncidentStep;
  readonly done: boolean;
  /** By what it was done, and is done still; the oldest first. */
  readonly by: readonly IncidentEvent[];
}

/** Which steps are done now; `suspended` is what the account itself says, `null` where it is gone. */
export function stepsOf(events: readonly IncidentEvent[], suspended: boolean | null): StepState[] {
  const by: Record<IncidentStep, IncidentEvent[]> = {
    ...{ suspend: [], hold: [], remove: [], release: [], password: [] },
  };
  let isLetIn = false;
  for (const event of events) {
    const { what, undoes } = event;
    switch (what) {
      case "suspend":
        by.suspend = [event];
        isLetIn = false;
        break;
      case "resume":
        // With a new password the owner is to work again: nothing was taken back.
        if (by.password.length > 0) isLetIn = true;
        else by.suspend = [];
        break;
      case "password":
        by.password = [event];
        break;
      case "undo":
        isLetIn &&= !by.password.some(({ change }) => change === undoes);
        by.suspend = by.suspend.filter(({ change }) => change !== undoes);
        by.password = by.password.filter(({ change }) => change !== undoes);
        break;
      case "hold":
        by.hold.push(event);
        by.release = [];
        break;
      case "remove":
        by.remove.push(event);
        break;
      case "putBack":
        by.remove = by.remove.filter(({ job }) => job !== undoes);
        break;
      case "release":
        // Before the spam is sorted out it is the way back from holding.
        if (by.remove.length > 0) by.release.push(event);
        else by.hold = [];
        break;
      case "resend":
        break;
    }
  }
  return INCIDENT_STEPS.map((step) => ({
    step,
    by: by[step],
    done:
      step === "suspend"
        ? suspended !== false || isLetIn
        : by[step].length > 0 && by[step].every(({ finished }) => finished),
  }));
}

/** Messages, now: put back ones are in no bin any more. */
export function totalsOf(events: readonly IncidentEvent[]) {
  const back = new Set(events.flatMap(({ what, undoes }) => (what === "putBack" ? [undoes] : [])));
  const sum = (what: IncidentEvent["what"], counts: (event: IncidentEvent) => boolean = () => true) =>
    events
      .filter((event) => event.what === what && counts(event))
      .reduce((total, { messages }) => total + messages, 0);
  return {
    held: sum("hold"),
    removed: sum("remove", ({ job }) => !back.has(job)),
    putBack: sum("putBack"),
    released: sum("release"),
  };
}
