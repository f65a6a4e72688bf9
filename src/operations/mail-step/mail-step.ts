import { failField } from "../../errors/error.ts";
import { accountTarget } from "../../kernel/target.ts";
import { delivers } from "../../settings/mail-steps.ts";
import { FILES } from "../../tab/files.ts";
import { addressOf, sameName } from "../../xmail/names.ts";
import { ExistingAccount, ExistingDomain } from "../fields.ts";
import { stepOperations } from "../mail-steps/step-operations.ts";

/** `mailproc.tab` of an account: without the file, mail goes to the mailbox. */
export const mailStep = stepOperations({
  noun: "mailStep",
  one: "step of an account's mail",
  http: "/domains/{domain}/accounts/{name}/steps",
  format: FILES.mailproc,
  key: { domain: ExistingDomain, name: ExistingAccount },
  ending: "mailbox",
  target: accountTarget,
  place: async (ctx, ref) => `${await ctx.xmail.accounts.folder(ref, ctx)}/mailproc.tab`,
  losing: (after, ref) => (after.length > 0 && !after.some(delivers) ? addressOf(ref) : null),
  guard(_, after, ref) {
    if (after.some(({ addresses = [] }) => addresses.some((one) => sameName(one, addressOf(ref))))) {
      failField(
        "addresses",
        "own-address",
        "addresses: the account's own address would send its mail round in a circle.",
      );
    }
  },
});
