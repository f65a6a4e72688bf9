import { Type } from "../../kernel/schema.ts";
import { Bytes, Count, fields, Moment, orNull } from "../fields.ts";

export const Kind = Type.Union([Type.Literal("user"), Type.Literal("list")], {
  description: "A mailbox of a person, or a mailing list",
});

/** What the account may do now. */
const Services = fields({
  receive: Type.Boolean({ description: "Mail to it is accepted" }),
  pop: Type.Boolean({ description: "Its mail can be fetched" }),
  send: Type.Boolean({ description: "It may send to other servers after signing in" }),
});

const LastLogin = fields({ at: Moment, address: Type.String() });

const Mailbox = fields({
  bytes: Bytes,
  messages: Count,
  limitBytes: orNull(Bytes),
});

/** One account in a list. */
export const AccountSummary = fields({
  address: Type.String(),
  domain: Type.String(),
  name: Type.String(),
  kind: Kind,
  realName: Type.String(),
  suspended: Type.Boolean(),
  services: Services,
  mailbox: Mailbox,
  lastLogin: orNull(LastLogin),
});

const Variable = fields({ name: Type.String(), value: Type.String() });

export const AccountDetails = fields({ ...AccountSummary.properties, variables: Type.Array(Variable) });
