import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { addressOf, sameName } from "../../xmail/names.ts";
import { Bytes, ExistingDomain, fields, Moment, orNull } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { momentOf, Progress, progressOf, seenMailboxes } from "./fields.ts";

const LargeMessage = fields({
  address: Type.String(),
  domain: Type.String(),
  name: Type.String(),
  message: Type.String({ description: "For message.get" }),
  size: Bytes,
  arrived: orNull(Moment),
});

export const mailboxLargest = defineOperation({
  name: "mailbox.largest",
  summary: "The largest messages when mailboxes were counted last: of each account five, of 100 kB or more",
  effect: "read",
  input: fields({ domain: Type.Optional(ExistingDomain), ...pagingFields }),
  output: fields({
    ...(pageOf(LargeMessage).properties as ReturnType<typeof pageOf<typeof LargeMessage>>["properties"]),
    progress: Progress,
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /mailboxes/largest",
  each: (row) => accountTarget(row),
  async handler(ctx, { domain, cursor, limit }) {
    const seen = await seenMailboxes(ctx, (one) => domain === undefined || sameName(one.domain, domain));
    const rows = seen.flatMap(({ domain: home, name, largest }) =>
      largest.map(({ id, size, arrived }) => ({
        address: addressOf({ domain: home, name }),
        domain: home,
        name,
        message: id,
        size,
        arrived: momentOf(arrived),
      })),
    );
    const key = ({ size, address, message }: (typeof rows)[number]) =>
      `${String(10 ** 15 - size).padStart(16, "0")} ${address.toLowerCase()} ${message}`;
    return { ...cutPage(rows, key, { cursor, limit }), progress: progressOf(seen) };
  },
});
