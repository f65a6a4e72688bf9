import { failField } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { AccountName, ExistingDomain, fields, NewPassword, VariableValue } from "../fields.ts";
import { encodeWords } from "./encoded-words.ts";
import { refuseGuessable } from "./password.ts";
import { Kind } from "./rows.ts";

export const accountAdd = defineOperation({
  name: "account.add",
  summary: "Add a mailbox or a mailing list to a domain",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    name: AccountName,
    password: NewPassword,
    kind: Type.Optional(Kind),
    realName: Type.Optional(VariableValue),
  }),
  output: fields({ domain: ExistingDomain, name: AccountName, kind: Kind }),
  errors: ["DOMAIN_NOT_FOUND", "ACCOUNT_EXISTS", "ALIAS_EXISTS"],
  http: "POST /domains/{domain}/accounts",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, input) {
    const { kind = "user", realName = "", password } = input;
    const ref = { domain: foldName(input.domain), name: foldName(input.name) };
    refuseGuessable(password, ref);
    if (encodeWords(realName).length > 400) failField("realName", "maxLength", "realName is too long.", 400);
    await ctx.xmail.accounts.add({ ...ref, kind, password: new Secret(password) }, ctx);
    if (realName !== "") {
      await ctx.xmail.accounts.setVariables(ref, new Map([["RealName", encodeWords(realName)]]), ctx);
    }
    return { ...ref, kind };
  },
});
