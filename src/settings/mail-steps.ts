/** Commands of `mailproc.tab`, `cmdaliases/` and `custdomains/` that start no program. */
export const HARMLESS_STEPS = ["mailbox", "redirect", "lredirect", "smtprelay", "smtp"] as const;
export const PROGRAM_STEPS = ["external", "filter"] as const;
export type StepName = (typeof HARMLESS_STEPS)[number] | (typeof PROGRAM_STEPS)[number];

/** One line: what XMail does with a message, in the order of the file. */
export interface MailStep {
  readonly step: StepName;
  /** Of `redirect` and `lredirect`: addresses, or domains in which the recipient's name stays. */
  readonly addresses?: readonly string[];
  /** Of `smtprelay`: `host[:port][,options]` each. */
  readonly servers?: readonly string[];
  /** Of `smtprelay`: the servers in any order. */
  readonly random?: boolean;
  /** Of programs: 0 as XMail itself, below and above. */
  readonly priority?: number;
  /** Of programs: seconds; 0 does not wait for an `external` one. */
  readonly timeout?: number;
  readonly program?: string;
  readonly arguments?: readonly string[];
}

/** `null` for what XMail skips, or what a form could not give back. */
export function stepOf(cells: readonly string[], known: readonly StepName[]): MailStep | null {
  const [name, ...rest] = cells;
  const step = known.find((one) => one === name);
  if (step === undefined) return null;
  if (step === "mailbox" || step === "smtp") return rest.length === 0 ? { step } : null;
  if (step === "redirect" || step === "lredirect") return rest.length > 0 ? { step, addresses: rest } : null;
  if (step === "smtprelay") return relayOf(rest);
  const [priority, timeout, program, ...given] = rest;
  if (!isWhole(priority) || !isWhole(timeout) || !program) return null;
  return { step, priority: Number(priority), timeout: Number(timeout), program, arguments: given };
}

function relayOf([text, ...rest]: readonly string[]): MailStep | null {
  if (text === undefined || rest.length > 0) return null;
  const random = text.startsWith("#");
  const servers = (random ? text.slice(1) : text).split(";").filter((one) => one !== "");
  return servers.length > 0 ? { step: "smtprelay", servers, random } : null;
}

function isWhole(text: string | undefined): boolean {
  return text !== undefined && /^-?\d{1,6}$/.test(text);
}

export function stepCells(values: MailStep): string[] {
  const { step, addresses = [], servers = [], random = false, priority = 0, timeout = 0 } = values;
  if (step === "redirect" || step === "lredirect") return [step, ...addresses];
  if (step === "smtprelay") return [step, `${random ? "#" : ""}${servers.join(";")}`];
  if (!isProgram(values)) return [step];
  return [step, String(priority), String(timeout), values.program ?? "", ...(values.arguments ?? [])];
}

export function isProgram({ step }: Pick<MailStep, "step">): boolean {
  return step === "external" || step === "filter";
}

/** Whether a step brings the message somewhere, so that it is not lost when the list ends. */
export function delivers({ step }: Pick<MailStep, "step">): boolean {
  return !isProgram({ step });
}

/** What is odd about a list of steps, for whoever looks at it. */
export type StepWarning = "nothing-delivers" | "no-mailbox" | "filter-before-mailbox";

/** `of`: an account's own list, or that of a domain, which runs before it. */
export function stepWarnings(steps: readonly MailStep[], of: "account" | "domain" | "other"): StepWarning[] {
  if (steps.length === 0) return [];
  const mailbox = steps.findIndex(({ step }) => step === "mailbox");
  const filter = steps.findIndex(({ step }) => step === "filter");
  return [
    ...(of === "account" && !steps.some(delivers) ? (["nothing-delivers"] as const) : []),
    ...(of === "domain" && mailbox === -1 ? (["no-mailbox"] as const) : []),
    ...(filter !== -1 && filter < mailbox ? (["filter-before-mailbox"] as const) : []),
  ];
}
