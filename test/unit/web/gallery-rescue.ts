import { rescuePage } from "../../../src/web/pages/rescue.ts";
import { rescueIncidentPage } from "../../../src/web/pages/rescue-incident.ts";
import { rescueReportPage } from "../../../src/web/pages/rescue-report.ts";
import type { RescueData } from "../../../src/web/parts/rescue-steps.ts";
import { type Exhibit, exhibit, READER, refused } from "./gallery-frame.ts";
import { ROWS } from "./gallery-queue.ts";

const at = (hour: number, minute = 15) => new Date(2026, 10, 24, hour, minute).toISOString();
const LONG = `${"department-".repeat(5)}x`;
const ROW = {
  incident: "20261124T084000000Z-0123abcd",
  domain: "example.com",
  name: "carol",
  opened: at(8),
  openedBy: "sato",
  closed: null,
  closedBy: "",
  mail: "auth:=carol@example.com",
  held: "auth:=carol@example.com status:held",
  spam: "",
  heldSpam: "",
  note: "",
};
const CLOSED = {
  ...ROW,
  incident: "20261120T084000000Z-0123abcd",
  name: LONG,
  closed: at(9),
  closedBy: "mori",
};
const SPAM = { spam: 'subject:~"final notice #"', heldSpam: `${ROW.held} subject:~"final notice #"` };

type Event = RescueData["report"]["events"][number];
function event(what: Event["what"], hour: number, more: Partial<Event> = {}): Event {
  return {
    ...{ what, at: at(hour, 41), by: "sato", messages: 0, bytes: 0, gone: 0, finished: true },
    ...{ change: "", job: "", filter: "", undoes: "" },
    ...more,
  };
}
const JOB = "20261124T084000000Z-0123abc";
const SUSPEND = event("suspend", 8, { change: "2026-11-24T084100000-0123abcd" });
const HOLD = event("hold", 8, { messages: 298_112, bytes: 407_811_300, job: `${JOB}1`, filter: ROW.mail });
const REMOVE = event("remove", 9, {
  ...{ messages: 298_091, bytes: 407_700_000, gone: 12, job: `${JOB}2`, filter: SPAM.heldSpam },
});
const RELEASE = event("release", 9, { messages: 21, bytes: 44_100, job: `${JOB}3`, filter: ROW.held });
const PASSWORD = event("password", 9, { change: "2026-11-24T094100000-0123abcd" });

const SIDES: RescueData["report"]["pattern"]["sides"] = [
  {
    by: "subject",
    groups: [
      { key: "final notice #", messages: 214_880, bytes: 290_000_000, filter: 'subject:~"final notice #"' },
      { key: "minutes ".repeat(9), messages: 21, bytes: 44_000, filter: "subject:~minutes" },
    ],
  },
  { by: "ip", groups: [{ key: "203.0.113.9", messages: 90_000, bytes: 1_000, filter: "ip:=203.0.113.9" }] },
  { by: "from", groups: [{ key: "", messages: 90_000, bytes: 1_000, filter: "from:=" }] },
];

type Report = RescueData["report"];
function report(done: readonly Event[], more: Partial<Report> = {}): Report {
  const steps = (["suspend", "hold", "remove", "release", "password"] as const).map((step) => {
    const by = done.filter(({ what }) => what === step);
    return { step, by, done: by.length > 0 && by.every(({ finished }) => finished) };
  });
  return {
    ...ROW,
    suspended: done.length > 0,
    pattern: { messages: 298_112, bytes: 407_811_300, oldest: at(6), sides: SIDES, looked: 529, of: 529 },
    steps,
    next: steps.find((one) => !one.done)?.step ?? null,
    totals: { held: 298_112, removed: 298_091, putBack: 0, released: 21 },
    events: [...done],
    ...more,
  };
}

const COUNT = (messages: number) => ({ messages, bytes: messages * 1300, oldest: at(6) });
const SHAPE: NonNullable<RescueData["shape"]> = {
  ...{ sees: "all", ...COUNT(298_112) },
  states: { ready: 285_000, retry: 13_000, frozen: 112, held: 0 },
  ...{ writing: 0, orphans: 0, others: 0, looked: 529, of: 529 },
  groups: (SIDES[0]?.groups ?? []).map((group) => ({ ...group, oldest: at(6), subject: `Re: ${group.key}` })),
};
const FOUND: NonNullable<RescueData["found"]> = {
  ...{ sees: "all", undoable: true, caught: COUNT(298_091), left: COUNT(21), looked: 529, of: 529 },
  ...{ samples: ROWS.slice(0, 3), leftSamples: ROWS.slice(3, 6) },
};
const DATA: RescueData = {
  ...{ report: report([]), step: "suspend", undo: null, by: "subject", shape: SHAPE, found: null },
};
const HELD = report([SUSPEND, HOLD], SPAM);
const ALL = [SUSPEND, HOLD, REMOVE, RELEASE, PASSWORD];

const SUSPECT = {
  ...{ domain: "example.com", name: "carol", messages: 312_480, bytes: 406_224_000, oldest: at(2) },
  ...{ subject: "Final notice 4711: confirm your account", share: 99, incident: null },
  why: [
    { sign: "queue" as const, value: 312_480, bound: 100 },
    { sign: "accountNetworks" as const, value: 14, bound: 10 },
    { sign: "accountBytes" as const, value: 1_300_000_000, bound: 1_073_741_824 },
  ],
};
const NONE = { items: [], messages: 3, looked: 529, of: 529, logs: true };

/** A stolen account, from the first look to the report. */
export const RESCUE_EXHIBITS: readonly Exhibit[] = [
  exhibit("rescue/suspects", rescuePage, {
    found: {
      ...NONE,
      items: [
        SUSPECT,
        { ...SUSPECT, name: LONG, share: 1, incident: ROW.incident },
        { ...SUSPECT, domain: null, name: "gateway", subject: "", why: SUSPECT.why.slice(0, 1) },
      ],
      looked: 120,
    },
    items: [ROW, CLOSED],
  }),
  exhibit("rescue/none", rescuePage, { found: { ...NONE, logs: false }, items: [] }),
  exhibit(
    "rescue/no-account",
    rescuePage,
    { found: NONE, items: [] },
    {
      refusal: refused("ACCOUNT_NOT_FOUND", [{ field: "address", rule: "ACCOUNT_NOT_FOUND" }], {
        address: "nobody@example.com",
      }),
    },
  ),
  exhibit(
    "rescue/reader",
    rescuePage,
    { found: { ...NONE, items: [SUSPECT] }, items: [ROW] },
    { actor: READER },
  ),
  exhibit("rescue-incident/suspend", rescueIncidentPage, DATA),
  exhibit("rescue-incident/hold", rescueIncidentPage, { ...DATA, report: report([SUSPEND]), step: "hold" }),
  exhibit("rescue-incident/holding", rescueIncidentPage, {
    ...DATA,
    report: report([SUSPEND, { ...HOLD, finished: false, messages: 120_480 }]),
    step: "hold",
    shape: { ...SHAPE, looked: 120 },
  }),
  exhibit("rescue-incident/sort", rescueIncidentPage, {
    ...DATA,
    report: report([SUSPEND, HOLD]),
    step: "remove",
  }),
  exhibit("rescue-incident/dry-run", rescueIncidentPage, {
    ...{ ...DATA, report: HELD, step: "remove", found: FOUND },
  }),
  exhibit(
    "rescue-incident/refused",
    rescueIncidentPage,
    {
      ...{ ...DATA, report: HELD, step: "remove", shape: { ...SHAPE, groups: [] } },
      found: { ...FOUND, caught: COUNT(0), samples: [], looked: 100 },
    },
    {
      refusal: refused("INVALID_INPUT", [{ field: "spam", rule: "incident-filter", limit: "auth" }], {
        spam: "auth:=other@example.com",
      }),
    },
  ),
  exhibit("rescue-incident/release", rescueIncidentPage, {
    ...{ ...DATA, report: report([SUSPEND, HOLD, REMOVE], SPAM), step: "release" },
    found: { ...FOUND, caught: COUNT(21), left: COUNT(0), leftSamples: [] },
  }),
  exhibit("rescue-incident/password", rescueIncidentPage, {
    ...{ ...DATA, report: report([SUSPEND, HOLD, REMOVE, RELEASE], SPAM), step: "password" },
  }),
  exhibit("rescue-incident/undo", rescueIncidentPage, {
    ...DATA,
    report: HELD,
    step: "remove",
    undo: "hold",
  }),
  exhibit("rescue-incident/finished", rescueIncidentPage, {
    ...{ ...DATA, report: report(ALL, { ...SPAM, note: "Told by telephone at nine" }), step: "finish" },
  }),
  exhibit("rescue-incident/closed", rescueIncidentPage, {
    ...{ ...DATA, report: report(ALL, { ...CLOSED, ...SPAM }), step: "finish", shape: null },
  }),
  exhibit(
    "rescue-incident/reader",
    rescueIncidentPage,
    { ...DATA, report: HELD, step: "remove", found: FOUND },
    { actor: READER },
  ),
  exhibit(
    "rescue-report/whole",
    rescueReportPage,
    report(ALL, { ...SPAM, note: "Told by telephone at nine" }),
  ),
  exhibit("rescue-report/new", rescueReportPage, {
    ...report([], { suspended: null }),
    pattern: { ...report([]).pattern, oldest: null, sides: [], looked: 10 },
  }),
];
