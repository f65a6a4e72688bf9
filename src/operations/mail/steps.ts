import { HARMLESS_STEPS, type MailStep, PROGRAM_STEPS, stepOf } from "../../settings/mail-steps.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import { addressOf } from "../../xmail/names.ts";
import { sayFilters } from "./filters.ts";
import { entriesAt, type Journey, say } from "./journey.ts";

const KNOWN = [...HARMLESS_STEPS, ...PROGRAM_STEPS];

/** Whose list of steps it is: an account's, or one without a mailbox, in which `smtp` sends the mail onward. */
export type Whose = { readonly account: AccountRow } | { onward(): Promise<void> };

/** What `mailproc.tab`, `cmdaliases/` or `custdomains/` says, line by line. */
export async function saySteps(
  journey: Journey,
  files: readonly string[],
  format: Parameters<typeof entriesAt>[2],
  whose: Whose,
): Promise<void> {
  const account = "account" in whose;
  let arrives = false;
  for (const file of files) {
    for (const { line, cells } of (await entriesAt(journey.ctx, file, format)) ?? []) {
      // XMail compares the command without case.
      const step = stepOf([(cells[0] ?? "").toLowerCase(), ...cells.slice(1)], KNOWN);
      const at = { file, line };
      const fits = step && (account ? step.step !== "smtp" : step.step !== "mailbox");
      if (!step || !fits) say(journey, "stepSenseless", at, { command: cells[0] ?? "" });
      else arrives = (await sayStep(journey, step, at, whose)) || arrives;
    }
  }
  if (!arrives) say(journey, "stepsLose", { file: files.at(-1) ?? null });
}

/** Whether the step brings the mail anywhere, or a program may. */
async function sayStep(
  journey: Journey,
  step: MailStep,
  at: { readonly file: string; readonly line: number },
  whose: Whose,
): Promise<boolean> {
  const account = "account" in whose ? whose.account : null;
  const { program = "", addresses = [], servers = [] } = step;
  switch (step.step) {
    case "mailbox":
      if (account) await sayFilters(journey, "in", account);
      say(journey, "stepMailbox", at, { account: account ? addressOf(account) : "" });
      return true;
    case "redirect":
      say(journey, "stepRedirect", at, { to: addresses.join(", ") });
      return true;
    case "lredirect":
      say(journey, "stepLocalRedirect", at, { to: addresses.join(", ") });
      return true;
    case "smtprelay":
      say(journey, "stepRelay", at, { servers: servers.join(", ") });
      return true;
    case "smtp":
      say(journey, "stepOnward", at);
      if ("onward" in whose) await whose.onward();
      return true;
    case "external":
      say(journey, "stepProgram", at, { program });
      return account === null;
    case "filter":
      say(journey, "stepFilter", at, { program });
      return false;
  }
}
