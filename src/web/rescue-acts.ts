import { fail } from "../errors/error.ts";
import { accountResume } from "../operations/account/resume.ts";
import { accountSetPassword } from "../operations/account/set-password.ts";
import { accountSuspend } from "../operations/account/suspend.ts";
import { changeUndo } from "../operations/change/undo.ts";
import { incidentClose, incidentReopen, incidentSet } from "../operations/incident/change.ts";
import { type IncidentReport, incidentGet } from "../operations/incident/look.ts";
import { spoolHold, spoolRelease, spoolRemove } from "../operations/spool/act.ts";
import { spoolJobUndo, spoolJobWork } from "../operations/spool/job.ts";
import type { Ask } from "./page.ts";
import { requireRepeated } from "./repeated-password.ts";

type Act = (ask: Ask, report: IncidentReport) => Promise<unknown>;

/** What the buttons of a rescue do: each is an operation that is there without it. */
const ACTS: Readonly<Record<string, Act>> = {
  suspend: ({ run }, { domain, name }) => run(accountSuspend, { domain, name }),
  hold: ({ run }, { mail }) => run(spoolHold, { filter: mail }),
  spam: ({ run, visit }, { incident }) => {
    const { form } = visit;
    return run(incidentSet, { incident, spam: chosen(form) });
  },
  remove: ({ run }, { heldSpam }) =>
    heldSpam === "" ? fail("CONFLICT", "Say first what is spam.") : run(spoolRemove, { filter: heldSpam }),
  release: ({ run }, { held }) => run(spoolRelease, { filter: held }),
  password: ({ run, visit }, { domain, name }) => {
    const input = { domain, name, password: visit.form.get("password") ?? "" };
    requireRepeated(accountSetPassword, input, visit.form);
    return run(accountSetPassword, input);
  },
  resume: ({ run }, { domain, name }) => run(accountResume, { domain, name }),
  work: ({ run, visit }) => run(spoolJobWork, { job: visit.form.get("job") ?? "" }),
  note: ({ run, visit }, { incident }) => run(incidentSet, { incident, note: visit.form.get("note") ?? "" }),
  close: ({ run }, { incident }) => run(incidentClose, { incident }),
  reopen: ({ run }, { incident }) => run(incidentReopen, { incident }),
  "undo-suspend": ({ run }, { domain, name }) => run(accountResume, { domain, name }),
  "undo-hold": ({ run }, { held }) => run(spoolRelease, { filter: held }),
  "undo-release": ({ run }, { mail }) => run(spoolHold, { filter: mail }),
  async "undo-remove"({ run }, { steps }) {
    const jobs = steps.find(({ step }) => step === "remove")?.by ?? [];
    for (const { job } of jobs) await run(spoolJobUndo, { job });
  },
  async "undo-password"({ run }, { steps }) {
    const [by] = steps.find(({ step }) => step === "password")?.by ?? [];
    return run(changeUndo, { change: by?.change ?? "" });
  },
};

/** The filter as it was typed, with the groups that are ticked and without those that are not any more. */
function chosen(form: URLSearchParams): string {
  const shown = form.getAll("known");
  let typed = ` ${form.get("spam")?.trim() ?? ""} `;
  for (const part of shown) typed = typed.split(` ${part} `).join(" ");
  return [typed.trim(), ...form.getAll("part")].filter((one) => one !== "").join(" ");
}

/** Does what the button says; the report tells what there is to be done it to. */
export async function act(ask: Ask): Promise<string> {
  const { params, run, visit } = ask;
  const { incident = "" } = params;
  const name = visit.form.get("act") ?? "";
  const work = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (!work) return fail("METHOD_NOT_ALLOWED");
  await work(ask, await run(incidentGet, { incident }));
  return name;
}
