import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { sameName } from "../../xmail/names.ts";
import { ExistingDomain, fields } from "../fields.ts";
import { mailboxesOf, Progress, progressOf, seenMailboxes } from "./fields.ts";

/** How long a part of the count takes, if nobody says. */
const PART_SECONDS = 5;

export const mailboxCount = defineOperation({
  name: "mailbox.count",
  summary: "Count how full mailboxes are, in parts: goes on with the count under way, or begins one",
  effect: "write",
  input: fields({
    domain: Type.Optional(ExistingDomain),
    again: Type.Optional(Type.Boolean({ description: "Begins anew, also where a count is under way" })),
    seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3600,
        description: `How long to count now, ${PART_SECONDS} if absent; it can be gone on with`,
      }),
    ),
  }),
  output: Progress,
  errors: ["STORAGE_UNSUPPORTED", "STORAGE_LOCKED"],
  http: "POST /mailboxes/count",
  // Who has a domain counts its accounts only.
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  ofOurs: true,
  async handler(ctx, { domain, again = false, seconds = PART_SECONDS }) {
    const { signal } = ctx;
    const progress = (done: number, total?: number) => ctx.progress(done, total);
    await mailboxesOf(ctx).count(
      { domain, again, forMs: seconds * 1000, now: ctx.now() },
      { signal, progress },
    );
    return progressOf(
      await seenMailboxes(ctx, (one) => domain === undefined || sameName(one.domain, domain)),
    );
  },
});
