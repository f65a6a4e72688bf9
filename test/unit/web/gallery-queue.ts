import { queuePage } from "../../../src/web/pages/queue.ts";
import { queueActPage } from "../../../src/web/pages/queue-act.ts";
import { queueJobPage } from "../../../src/web/pages/queue-job.ts";
import { queueJobsPage } from "../../../src/web/pages/queue-jobs.ts";
import { type QueueMessageData, queueMessagePage } from "../../../src/web/pages/queue-message.ts";
import { type Exhibit, exhibit, READER, refused } from "./gallery-frame.ts";

const at = (hour: number) => new Date(2026, 10, 24, hour, 15).toISOString();
const LONG = `${"offer".repeat(30)}@${"department.".repeat(8)}example.com`;

function row(n: number, more: Partial<QueueMessageData> = {}) {
  return {
    message: `6_2_179550923457${n}.7fd18d7f26c0.72b3.9f.mx1`,
    status: (["ready", "retry", "frozen", "held"] as const)[n % 4] ?? "ready",
    from: n === 3 ? "" : `x${n}@forged.example`,
    to: `customer${n}@example.org`,
    auth: "carol@example.com",
    ip: "192.0.2.10",
    subject: n === 2 ? "" : `Cheap offer ${n}: 限定のご案内`,
    number: "S2C",
    size: 1300 * (n + 1),
    since: at(n % 9),
    tries: n,
    lastTry: n === 0 ? null : at(8),
    reason: n % 2 ? "550 5.1.1 <customer@example.org>: no such user" : "",
    kind: n % 2 ? ("noSuchUser" as const) : ("none" as const),
    next: n % 4 === 1 ? ("retries" as const) : n % 4 === 0 ? ("delivers" as const) : ("nothing" as const),
    nextAt: n % 4 === 1 ? at(10) : null,
    triesLeft: 30,
    ...more,
  };
}

export const ROWS = Array.from({ length: 8 }, (_, n) => row(n));
const GROUPS = [
  { key: "carol@example.com", messages: 312_480, subject: "Cheap offer 1" },
  { key: "", messages: 1204, subject: "Delivery failed" },
  { key: LONG, messages: 17, subject: "Re: minutes ".repeat(20) },
].map((group) => ({
  ...group,
  bytes: group.messages * 1300,
  oldest: at(2),
  filter: "auth:=carol@example.com",
}));
const ALL = { sees: "all" } as const;
const FOUND = { ...ALL, undoable: true };
const SHAPE = {
  ...ALL,
  messages: 313_701,
  bytes: 407_811_300,
  oldest: at(1),
  states: { ready: 300_000, retry: 13_000, frozen: 701, held: 0 },
  ...{ writing: 2, orphans: 3, groups: GROUPS, others: 0, looked: 529, of: 529 },
};
const FROZEN = { sees: "frozen" } as const;
const FROZEN_SHAPE = {
  ...SHAPE,
  ...FROZEN,
  messages: 5,
  bytes: 12_700,
  states: { ready: null, retry: null, frozen: 5, held: null },
  ...{ writing: 0, orphans: 0, groups: GROUPS.map((group, n) => ({ ...group, messages: 3 - n })) },
};
const FROZEN_PAGE = {
  ...FROZEN,
  items: [1, 3, 5, 7, 9].map((n) => row(n, { status: "frozen", next: "nothing", nextAt: null })),
  next: null,
};
const NONE = {
  ...SHAPE,
  messages: 0,
  orphans: 0,
  groups: [],
  states: { ready: 0, retry: 0, frozen: 0, held: 0 },
};
const JOB = {
  job: "20261124T084000000Z-0123abcd",
  action: "remove" as const,
  filter: 'auth:=carol@example.com subject:~"cheap offer #"',
  domain: "",
  begun: at(8),
  by: "sato",
  finished: false,
  done: 120_480,
  bytes: 156_624_000,
  gone: 12,
  looked: 204,
  of: 529,
  undoable: false,
  forGood: false,
  undoes: "",
};
const MESSAGE: QueueMessageData = {
  ...row(5),
  rest: true,
  headers: [
    { name: "Subject", value: "Cheap offer" },
    { name: "X-Long", value: LONG },
  ],
  log: [
    { at: at(7), failures: [{ reply: "450 4.2.0 mailbox busy", server: "203.0.113.26:25", error: "x" }] },
    { at: at(8), failures: [] },
  ],
};

/** The queue, what is done to many of its messages, and one of them. */
export const QUEUE_EXHIBITS: readonly Exhibit[] = [
  exhibit("queue/many", queuePage, { query: {}, shape: SHAPE, page: { ...ALL, items: ROWS, next: "6_2_x" } }),
  exhibit("queue/part", queuePage, {
    query: { filter: "auth:=carol@example.com", by: "subject", cursor: "6_2_x" },
    shape: { ...SHAPE, looked: 120 },
    page: { ...ALL, items: [], next: "6_2_x" },
  }),
  exhibit("queue/none", queuePage, { query: {}, shape: NONE, page: { ...ALL, items: [], next: null } }),
  exhibit("queue/no-match", queuePage, {
    query: { filter: "from:nobody" },
    shape: NONE,
    page: { ...ALL, items: [], next: null },
  }),
  exhibit(
    "queue/refused",
    queuePage,
    { query: { filter: "sender:x" }, shape: NONE, page: { ...ALL, items: [], next: null } },
    {
      refusal: refused("INVALID_INPUT", [{ field: "filter", rule: "spool-word", limit: "sender:x" }], {
        filter: "sender:x",
      }),
    },
  ),
  exhibit(
    "queue/reader",
    queuePage,
    { query: {}, shape: SHAPE, page: { ...ALL, items: ROWS, next: null } },
    { actor: READER },
  ),
  exhibit("queue-act/remove", queueActPage, {
    action: "remove",
    filter: "auth:=carol@example.com",
    messages: null,
    found: {
      ...FOUND,
      caught: { messages: 312_480, bytes: 406_224_000, oldest: at(2) },
      left: { messages: 1221, bytes: 1_587_300, oldest: at(1) },
      samples: ROWS.slice(0, 3),
      leftSamples: ROWS.slice(3),
      looked: 400,
      of: 529,
    },
  }),
  exhibit(
    "queue-act/all",
    queueActPage,
    {
      action: "release",
      filter: "",
      messages: null,
      found: {
        ...FOUND,
        caught: { messages: 0, bytes: 0, oldest: null },
        left: { messages: 0, bytes: 0, oldest: null },
        ...{ samples: [], leftSamples: [], looked: 529, of: 529 },
      },
    },
    { refusal: refused("INVALID_INPUT", [{ field: "confirm", rule: "confirm", limit: "all" }]) },
  ),
  exhibit("queue-act/ticked", queueActPage, {
    action: "hold",
    filter: "",
    messages: ROWS.slice(0, 3).map(({ message }) => message),
    found: {
      ...FOUND,
      caught: { messages: 3, bytes: 8_800, oldest: at(2) },
      left: { messages: 0, bytes: 0, oldest: null },
      ...{ samples: ROWS.slice(0, 3), leftSamples: [], looked: 1, of: 1 },
    },
  }),
  exhibit(
    "queue-act/nothing",
    queueActPage,
    { action: "remove", filter: "", messages: null, found: null },
    { refusal: refused("INVALID_INPUT", [{ field: "ticked", rule: "ticked" }]) },
  ),
  exhibit("queue/frozen-only", queuePage, { query: {}, shape: FROZEN_SHAPE, page: FROZEN_PAGE }),
  exhibit("queue/frozen-none", queuePage, {
    query: {},
    shape: { ...NONE, ...FROZEN, states: { ...FROZEN_SHAPE.states, frozen: 0 } },
    page: { ...FROZEN, items: [], next: null },
  }),
  exhibit("queue-act/for-good", queueActPage, {
    action: "remove",
    filter: "from:=alice@example.com",
    messages: null,
    found: {
      ...{ ...FROZEN, undoable: false, looked: 4, of: 4 },
      caught: { messages: 3, bytes: 8_800, oldest: at(2) },
      left: { messages: 2, bytes: 3_900, oldest: at(3) },
      ...{ samples: FROZEN_PAGE.items.slice(0, 3), leftSamples: FROZEN_PAGE.items.slice(3) },
    },
  }),
  exhibit("queue-job/working", queueJobPage, { job: JOB, kept: { items: [], next: null } }),
  exhibit("queue-job/done", queueJobPage, {
    job: { ...JOB, finished: true, looked: 529, undoable: true },
    kept: { items: ROWS, next: "6_2_x" },
  }),
  exhibit("queue-job/for-good", queueJobPage, {
    job: {
      ...JOB,
      filter: "",
      finished: true,
      forGood: true,
      done: 5,
      bytes: 12_700,
      gone: 0,
      looked: 4,
      of: 4,
    },
    kept: { items: FROZEN_PAGE.items, next: null },
  }),
  exhibit("queue-job/reader", queueJobPage, {
    job: { ...JOB, action: "release", finished: true },
    kept: null,
  }),
  exhibit("queue-jobs/some", queueJobsPage, [
    JOB,
    { ...JOB, job: "20261123T084000000Z-0123abcd", action: "putBack", filter: "", finished: true },
  ]),
  exhibit("queue-jobs/none", queueJobsPage, []),
  exhibit("queue-message/tried", queueMessagePage, MESSAGE),
  exhibit("queue-message/new", queueMessagePage, {
    ...MESSAGE,
    ...row(0),
    rest: false,
    log: [],
    from: "",
    subject: "",
    auth: "",
    ip: "",
    number: "",
  }),
];
