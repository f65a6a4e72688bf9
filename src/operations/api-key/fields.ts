import { Type } from "../../kernel/schema.ts";
import { Address, ExistingDomain, fields, Moment, orNull } from "../fields.ts";
import { dayField, oneLine, PersonNamed, personFields } from "../people/fields.ts";

const OperationPattern = Type.String({
  maxLength: 100,
  pattern: "^(?:\\*|[A-Za-z][A-Za-z0-9]*\\.(?:[A-Za-z0-9]+|\\*))$",
  description: "Like account.add, or account.* for all of them",
  "x-rule": "operation-name",
});

/** What a key is good for; nothing said is everything that the owner may. */
export const scopeFields = {
  allow: Type.Optional(
    Type.Array(OperationPattern, {
      maxItems: 200,
      description: "Operations the key is for; without any, all that its owner may",
    }),
  ),
  domains: Type.Optional(
    Type.Array(ExistingDomain, { maxItems: 1000, description: "The key is for these domains alone" }),
  ),
  accounts: Type.Optional(
    Type.Array(Address, { maxItems: 1000, description: "The key is for these accounts alone" }),
  ),
  networks: personFields.networks,
  validUntil: Type.Optional(dayField("Last day of the key; empty for no end")),
  dryRunOnly: Type.Optional(
    Type.Boolean({ description: "Whether the key may only try what a change would do" }),
  ),
};

export const KeyName = Type.String({ ...oneLine(64, "What the key is for, in your words"), minLength: 1 });

export const ApiKeyRow = fields({
  id: Type.String(),
  name: Type.String(),
  owner: PersonNamed,
  allow: orNull(Type.Array(Type.String())),
  domains: Type.Array(Type.String()),
  accounts: Type.Array(Type.String()),
  everywhere: Type.Boolean({ description: "Whether it is for no domains and accounts alone" }),
  networks: Type.Array(Type.String()),
  validUntil: Type.String(),
  over: Type.Boolean({ description: "Whether its last day has gone" }),
  dryRunOnly: Type.Boolean(),
  createdAt: Moment,
  lastUsedAt: orNull(Moment),
  lastUsedFrom: Type.String(),
});
