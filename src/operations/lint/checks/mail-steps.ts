import type { Entry } from "../../../settings/entries.ts";
import {
  delivers,
  HARMLESS_STEPS,
  type MailStep,
  PROGRAM_STEPS,
  stepOf,
} from "../../../settings/mail-steps.ts";
import { FILES } from "../../../tab/files.ts";
import { pathOf } from "../../../tab/table-file.ts";
import type { AccountRow } from "../../../xmail/accounts.ts";
import { addressOf, foldName } from "../../../xmail/names.ts";
import { partsOf } from "../../mail/finding-accounts.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const KNOWN = [...HARMLESS_STEPS, ...PROGRAM_STEPS];
/** Accounts whose own steps are read; one file each. */
const MOST = 2000;

/** `mailproc.tab` of domains and accounts with which mail is lost, or goes round in circles. */
export async function checkMailSteps(facts: Facts): Promise<LintFinding[]> {
  const found: LintFinding[] = [];
  const ofDomain = new Map<string, readonly MailStep[]>();
  for (const domain of await facts.domains()) {
    const file = pathOf(FILES.domainMailproc, { domain });
    const entries = await facts.entriesIn(file, FILES.domainMailproc);
    if (entries === null) continue;
    const steps = stepsIn(entries);
    ofDomain.set(foldName(domain), steps);
    if (steps.some(({ step }) => step === "mailbox")) continue;
    const fix = fixBy("domainMailStep.add", { domain, step: "mailbox" });
    found.push(finding("domainStepsLose", { file, values: { domain }, fix }));
  }
  const users = [...(await facts.accounts()).values()].filter(({ kind }) => kind === "user");
  const forwards = new Map<string, readonly string[]>();
  for (const account of users.slice(0, MOST)) {
    found.push(...(await ofAccount(facts, account, ofDomain, forwards)));
  }
  if (users.length > MOST) {
    found.push(finding("tooManyAccounts", { values: { looked: String(MOST), count: String(users.length) } }));
  }
  return [...found, ...loopsIn(forwards)];
}

async function ofAccount(
  { folder, entriesIn }: Facts,
  account: AccountRow,
  ofDomain: ReadonlyMap<string, readonly MailStep[]>,
  forwards: Map<string, readonly string[]>,
): Promise<LintFinding[]> {
  const file = `${await folder(account)}/mailproc.tab`;
  const entries = await entriesIn(file, FILES.mailproc);
  if (entries === null) return [];
  const steps = stepsIn(entries);
  const all = [...(ofDomain.get(foldName(account.domain)) ?? []), ...steps];
  const address = addressOf(account);
  const targets = steps.flatMap(({ addresses = [] }) => addresses).map(foldName);
  forwards.set(foldName(address), targets);
  if (all.some(delivers)) return [];
  const { domain, name } = account;
  const fix = fixBy("mailStep.add", { domain, name, step: "mailbox" });
  const code = entries.length === 0 ? "stepsEmpty" : "stepsLose";
  return [finding(code, { file, values: { account: address }, fix })];
}

function stepsIn(entries: readonly Entry[]): MailStep[] {
  return entries.flatMap(
    ({ cells: [name = "", ...rest] }) => stepOf([name.toLowerCase(), ...rest], KNOWN) ?? [],
  );
}

/** Accounts that forward to each other in a circle. */
function loopsIn(forwards: ReadonlyMap<string, readonly string[]>): LintFinding[] {
  const found: LintFinding[] = [];
  const told = new Set<string>();
  for (const start of forwards.keys()) {
    const chain = circleFrom(start, forwards);
    if (chain === null || told.has(start)) continue;
    for (const one of chain) told.add(one);
    found.push(finding("forwardLoop", { values: { chain: [...chain, start].join(" → ") } }));
  }
  return found;
}

function circleFrom(start: string, forwards: ReadonlyMap<string, readonly string[]>): string[] | null {
  const waiting: string[][] = [[start]];
  const seen = new Set<string>();
  for (let chain = waiting.pop(); chain !== undefined; chain = waiting.pop()) {
    const last = chain.at(-1) ?? start;
    for (const target of forwards.get(last) ?? []) {
      const next = partsOf(target) ? target : `${start.slice(0, start.lastIndexOf("@"))}@${target}`;
      if (next === start) return chain;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push([...chain, next]);
    }
  }
  return null;
}
