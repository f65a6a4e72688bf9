import { Type } from "../../kernel/schema.ts";
import { ExistingAccount, ExistingDomain } from "../fields.ts";

/** A mailing list. */
export const listKey = { domain: ExistingDomain, name: ExistingAccount };

/** What XMail knows; `A` asks for a sign-in, `W` believes the sender's address. */
export const Rights = Type.Union([Type.Literal("R"), Type.Literal("RW"), Type.Literal("RA")], {
  description: "R receives; RW may also post, by the sender's address; RA may also post, when signed in",
});

/** An address as the list shows it, which an editor may have written. */
export const ExistingMember = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "A member's address as the list shows it",
  "x-rule": "one-line",
});
