import { NUMBERS, type NumberName, PROBLEMS, type ProblemCode } from "../../../src/kernel/watch.ts";
import type { ChangeRow } from "../../../src/operations/change/rows.ts";
import type { OverviewData } from "../../../src/web/pages/overview.ts";
import { overviewPage } from "../../../src/web/pages/overview.ts";
import { type Exhibit, exhibit } from "./gallery-frame.ts";

type Look = NonNullable<OverviewData["look"]>;
type Problem = Look["problems"][number];

const AT = new Date(2026, 10, 24, 9, 20).toISOString();
const LONG = `${"verylongname".repeat(5)}@${"department.".repeat(6)}example.com`;

const FEW: Readonly<Record<NumberName, number | null>> = {
  ...(Object.fromEntries(NUMBERS.map((name) => [name, null])) as Record<NumberName, null>),
  queueMessages: 3,
  frozenMessages: 0,
  mailToday: 1_204,
  mailLastWeek: 1_187,
  refusedToday: 86,
  mailboxesFull: 0,
  mailboxesNearlyFull: 2,
  certificateDays: 61,
};

const MANY: Look["numbers"] = {
  ...FEW,
  queueMessages: 312_480,
  frozenMessages: 41_022,
  mailToday: 402_118,
  refusedToday: 90_233,
  mailboxesFull: 20,
  certificateDays: -3,
};

const problem = (code: ProblemCode, about = "", value = 0, bound = 0): Problem => ({
  code,
  about,
  value,
  bound,
  tone: PROBLEMS[code].tone,
});

const look = (problems: readonly Problem[], more: Partial<Look> = {}): Look => ({
  at: AT,
  problems: [...problems],
  numbers: FEW,
  unknown: [],
  ...more,
});

/** Each kind of problem once, about something that takes much room. */
const ALL = Object.keys(PROBLEMS).map((code) => {
  const one = code as ProblemCode;
  return problem(
    one,
    one.startsWith("ip") || one === "refusedSender" ? "2001:db8:1234:5678:9abc:def0:1234:5678" : LONG,
    1_610_612_736,
    1_073_741_824,
  );
});

/** The overview of a server that is watched. */
export function watchExhibits(
  status: NonNullable<OverviewData["status"]>,
  changes: readonly ChangeRow[],
): Exhibit[] {
  const shown = (name: string, more: Omit<Partial<OverviewData>, "status" | "domains">) =>
    exhibit(`overview/${name}`, overviewPage, { status, domains: null, ...more });
  return [
    shown("never-looked", { look: null, changes: [] }),
    shown("watched", { look: look([]), changes }),
    shown("stolen-account", {
      look: look(
        [
          problem("queueLarge", "hana@example.com", 312_480, 1000),
          problem("accountNetworks", "hana@example.com", 214, 10),
          problem("accountBytes", "hana@example.com", 5_368_709_120, 1_073_741_824),
          problem("mailboxFull", "ken@example.com", 104_857_600, 104_857_600),
          problem("queueOld", "", 31, 24),
        ],
        { numbers: MANY },
      ),
      changes,
    }),
    shown("every-problem", { look: look(ALL, { numbers: MANY }), changes }),
    shown("partly-seen", {
      look: look([problem("certificateEnds", "mx1.example.com", 5, 21)], {
        numbers: { ...FEW, mailToday: null, mailLastWeek: null, refusedToday: null },
        unknown: ["logs", "mailboxes"],
      }),
    }),
  ];
}
