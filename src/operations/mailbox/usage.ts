import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { sameName } from "../../xmail/names.ts";
import { Bytes, Count, ExistingDomain, fields, oneOf, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import {
  MAILBOX_STATES,
  MailboxRow,
  mailboxRow,
  Progress,
  progressOf,
  seenMailboxes,
  UNUSED_DAYS,
} from "./fields.ts";

const SORTS = ["size", "left", "growth", "messages", "signIn", "address"] as const;

export const mailboxUsage = defineOperation({
  name: "mailbox.usage",
  summary:
    "How full the mailboxes are, as they were counted last: which are full, nearly, growing fast, unused",
  effect: "read",
  input: fields({
    domain: Type.Optional(ExistingDomain),
    search: Type.Optional(Search),
    filter: Type.Optional(
      oneOf(MAILBOX_STATES, {
        description:
          "full: over the limit; nearly: 10 MB left or less; growing: 50 MB a day, or full within 7 days; unused",
      }),
    ),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 3650,
        description: `Unused: no sign-in by POP3 for so many days, ${UNUSED_DAYS} if absent`,
      }),
    ),
    sort: Type.Optional(
      oneOf(SORTS, {
        description:
          "size (if absent), growth, messages: the largest first; left: the least first; signIn: the oldest first",
      }),
    ),
    ...pagingFields,
  }),
  output: fields({
    ...(pageOf(MailboxRow).properties as ReturnType<typeof pageOf<typeof MailboxRow>>["properties"]),
    bytes: Bytes,
    messages: Count,
    full: Count,
    nearly: Count,
    growing: Count,
    unused: Count,
    progress: Progress,
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /mailboxes",
  each: (row) => accountTarget(row),
  async handler(ctx, { domain, search, filter, days = UNUSED_DAYS, sort = "size", cursor, limit }) {
    const seen = await seenMailboxes(ctx, (one) => domain === undefined || sameName(one.domain, domain));
    const now = ctx.now().getTime();
    const rows = seen.map((one) => mailboxRow(one, now, days));
    const has = searchFor(search);
    const listed = rows.filter(
      ({ address, states }) => (filter === undefined || states.includes(filter)) && has(address),
    );
    const inState = (state: (typeof MAILBOX_STATES)[number]) =>
      rows.filter(({ states }) => states.includes(state)).length;
    const counted = { full: inState("full"), nearly: inState("nearly"), growing: inState("growing") };
    return {
      ...cutPage(listed, (row) => `${sortKey(row, sort)} ${row.address.toLowerCase()}`, { cursor, limit }),
      bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
      messages: rows.reduce((sum, { messages }) => sum + messages, 0),
      ...counted,
      unused: inState("unused"),
      progress: progressOf(seen),
    };
  },
});

const MOST = 10 ** 15;

/** In the order of its letters; what is not known comes last. */
function sortKey(row: Static<typeof MailboxRow>, sort: (typeof SORTS)[number]): string {
  const { bytes, messages, leftBytes, growthPerDay, lastLogin } = row;
  switch (sort) {
    case "size":
      return padded(MOST - bytes);
    case "messages":
      return padded(MOST - messages);
    case "left":
      return padded(leftBytes ?? 2 * MOST);
    case "growth":
      return padded(growthPerDay === null ? 2 * MOST : MOST - growthPerDay);
    case "signIn":
      return lastLogin ?? "";
    case "address":
      return "";
  }
}

function padded(n: number): string {
  return String(Math.max(0, n)).padStart(17, "0");
}
