import { emergencyPage } from "../../../src/web/pages/emergency.ts";
import { type MailboxMessageData, mailboxMessagePage } from "../../../src/web/pages/mailbox-message.ts";
import { mailboxMessagesPage } from "../../../src/web/pages/mailbox-messages.ts";
import { type MailboxesData, mailboxesPage } from "../../../src/web/pages/mailboxes.ts";
import { mailboxesCountPage } from "../../../src/web/pages/mailboxes-count.ts";
import { mailboxesLargestPage } from "../../../src/web/pages/mailboxes-largest.ts";
import { malwarePage } from "../../../src/web/pages/malware.ts";
import { noticeScreen } from "../../../src/web/parts/mail-notice.ts";
import { type Exhibit, exhibit, exhibitOf, KEEPER, READER, refused } from "./gallery-frame.ts";

const at = (day: number, hour = 8) => new Date(2026, 10, day, hour, 15).toISOString();
const MB = 1024 * 1024;
const LONG = `${"department-".repeat(5)}x`;

type Row = MailboxesData["usage"]["items"][number];

function row(name: string, more: Partial<Row>): Row {
  return {
    address: `${name}@example.com`,
    domain: "example.com",
    name,
    bytes: 12 * MB,
    messages: 240,
    limitBytes: 100 * MB,
    leftBytes: 88 * MB,
    growthPerDay: 12_000,
    newest: at(24),
    lastLogin: at(24, 9),
    countedAt: at(24, 7),
    waits: false,
    states: [],
    ...more,
  };
}

const ROWS: readonly Row[] = [
  row("alice", { bytes: 101 * MB, leftBytes: 0, states: ["full", "growing"], growthPerDay: 61 * MB }),
  row("office", { bytes: 93 * MB, leftBytes: 7 * MB, states: ["nearly"] }),
  row(LONG, { limitBytes: null, leftBytes: null, growthPerDay: -4000, bytes: 2400 * MB, messages: 48_210 }),
  row("old", {
    lastLogin: null,
    newest: null,
    bytes: 0,
    messages: 0,
    growthPerDay: null,
    states: ["unused"],
  }),
  row("new", { countedAt: null, waits: true, bytes: 0, messages: 0, leftBytes: null, limitBytes: null }),
];

const USAGE: MailboxesData["usage"] = {
  ...{ items: [...ROWS], total: 10_204, first: 1, next: "next", previous: null },
  ...{ bytes: 812_000 * MB, messages: 1_040_311, full: 12, nearly: 41, growing: 3, unused: 1204 },
  progress: { counted: 10_204, of: 10_204, finished: true, oldest: at(23) },
};
const NONE: MailboxesData["usage"] = {
  ...{ items: [], total: 0, first: 0, next: null, previous: null },
  ...{ bytes: 0, messages: 0, full: 0, nearly: 0, growing: 0, unused: 0 },
  progress: { counted: 0, of: 0, finished: true, oldest: null },
};

const LARGE = Array.from({ length: 3 }, (_, n) => ({
  address: `user${n}@example.com`,
  domain: "example.com",
  name: `user${n}`,
  message: `new_179550920399${n}.7fd19a91d6c0.72b3.12.mx1`,
  size: (30 - n * 9) * MB,
  arrived: n === 2 ? null : at(20 + n),
}));

const LIST = Array.from({ length: 6 }, (_, n) => ({
  message: `new_179550920399${n}.7fd19a91d6c0.72b3.12.mx1`,
  from: n === 3 ? "" : `"Sender ${n}, 営業部" <sender${n}@example.net>`,
  subject: n === 4 ? "" : `議事録 ${n}: minutes of the meeting`,
  date: "Tue, 24 Nov 2026 08:33:54 +0900",
  arrived: at(24 - n),
  size: 2400 * (n + 1),
}));

const MAIL: MailboxMessageData = {
  domain: "example.com",
  name: "alice",
  mail: {
    message: "new_1795509203991.7fd19a91d6c0.72b3.12.mx1",
    arrived: at(24),
    size: 184_211,
    headers: [
      { name: "From", value: '"営業部" <sales@example.net>' },
      { name: "To", value: "alice@example.com" },
      { name: "Subject", value: "請求書をお送りします" },
      { name: "Date", value: "Tue, 24 Nov 2026 08:33:54 +0900" },
      { name: "X-Long", value: "x".repeat(300) },
    ],
    text: "いつもお世話になっております。\n\nPlease find the invoice attached.\n\thttps://bank.example/\n",
    html: "<h1>請求書</h1><p>Please <b>open</b> the invoice at <u>https://bank.example/</u></p><table><tr><td>1</td><td>12,000</td></tr></table>",
    links: ["https://bank.example.evil.example/login?u=alice"],
    leftOut: 3,
    attachments: [
      { name: "請求書.pdf.exe", type: "application/octet-stream", size: 84_000 },
      { name: "", type: "image/png", size: 1200 },
    ],
    state: "whole",
  },
};

/** How full mailboxes are, what is in one, one of its messages; and what to do in an emergency. */
export const MAILBOX_EXHIBITS: readonly Exhibit[] = [
  exhibit("mailboxes/many", mailboxesPage, { query: {}, usage: USAGE }),
  exhibit("mailboxes/unused", mailboxesPage, {
    query: { filter: "unused", sort: "signIn", domain: "example.com" },
    usage: { ...USAGE, next: null, previous: "previous", first: 51 },
  }),
  exhibit("mailboxes/part", mailboxesPage, {
    query: { filter: "full" },
    usage: { ...USAGE, items: [], total: 0, progress: { ...USAGE.progress, counted: 4200, finished: false } },
  }),
  exhibit("mailboxes/none", mailboxesPage, { query: {}, usage: NONE }),
  exhibit("mailboxes/keeper", mailboxesPage, { query: {}, usage: USAGE }, { actor: KEEPER }),
  exhibit(
    "mailboxes/refused",
    mailboxesPage,
    { query: { search: "x".repeat(201) }, usage: NONE },
    {
      refusal: refused("INVALID_INPUT", [{ field: "search", rule: "maxLength", limit: 200 }], {
        search: "x".repeat(201),
      }),
    },
  ),
  exhibit("mailboxes-count/working", mailboxesCountPage, {
    domain: null,
    progress: { ...USAGE.progress, counted: 4200, finished: false },
  }),
  exhibit("mailboxes-count/done", mailboxesCountPage, { domain: "example.com", progress: USAGE.progress }),
  exhibit("mailboxes-largest/some", mailboxesLargestPage, {
    query: {},
    page: { items: LARGE, total: 90, first: 1, next: "next", previous: null },
    oldest: at(23),
  }),
  exhibit("mailboxes-largest/none", mailboxesLargestPage, {
    query: { domain: "example.com" },
    page: { items: [], total: 0, first: 0, next: null, previous: null },
    oldest: null,
  }),
  exhibitOf(
    "mailbox-messages/why",
    "/mailboxes/example.com/alice",
    noticeScreen({
      path: "/mailboxes/example.com/alice",
      fields: [["step", "open"]],
      mailbox: "alice@example.com",
      back: "/accounts/example.com/alice",
    }),
  ),
  exhibit("mailbox-messages/some", mailboxMessagesPage, {
    ...{ domain: "example.com", name: "alice", cursor: "x" },
    list: { items: LIST, messages: 60, bytes: 12 * MB, next: "next" },
  }),
  exhibit("mailbox-messages/none", mailboxMessagesPage, {
    ...{ domain: "example.com", name: "alice", cursor: null },
    list: { items: [], messages: 0, bytes: 0, next: null },
  }),
  exhibit("mailbox-message/whole", mailboxMessagePage, MAIL),
  exhibit("mailbox-message/broken", mailboxMessagePage, {
    ...MAIL,
    mail: {
      ...MAIL.mail,
      ...{ text: "", html: null, links: [], leftOut: 0, attachments: [], arrived: null },
      headers: [],
      state: "broken",
    },
  }),
  exhibit("mailbox-message/cut", mailboxMessagePage, {
    ...MAIL,
    mail: { ...MAIL.mail, html: null, links: [], state: "cut", text: "line of words\n".repeat(80) },
  }),
  exhibit("emergency", emergencyPage, null),
  exhibit("emergency/reader", emergencyPage, null, { actor: READER }),
  exhibit("malware", malwarePage, null),
];
