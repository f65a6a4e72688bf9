import { type TSchema, Type } from "../kernel/schema.ts";

/** Column types of XMail's tables. Patterns are lenient where XMail is: they say what means something to it. */

/** Any value a cell can hold. */
export const Text = Type.String({ pattern: "^[^\\u0000\\t\\r\\n]*$" });
const filled = { pattern: "^[^\\u0000\\t\\r\\n]+$" };
export const Name = Type.String(filled);
export const Domain = Type.String({ ...filled, maxLength: 255, description: "Domain name" });
export const Pattern = Type.String({
  ...filled,
  description: "Text with * (any letters), ? (one letter), [a-z] (one of these)",
});
export const LocalPart = Type.String({ ...filled, maxLength: 64, description: "Name before the @" });
export const Target = Type.String({
  ...filled,
  description: "Local account: a name in the same domain, or a full address",
});
export const Address = Type.String({ pattern: "^[^\\u0000\\t\\r\\n@]+@[^\\u0000\\t\\r\\n@]+$" });
export const Host = Type.String({ ...filled, description: "host[:port]" });
export const Crypted = Type.String({
  pattern: "^(?:[0-9a-fA-F]{2})*$",
  writeOnly: true,
  description: "Password in XMCrypt hex",
});
export const Clear = Type.String({ ...filled, writeOnly: true, description: "Password in clear text" });
export const Id = Type.String({
  pattern: "^[1-9][0-9]*$",
  description: "Number of the account, never used twice",
});
export const Kind = Type.String({ pattern: "^[UM]$", description: "U an account, M a mailing list" });
export const Ip = Type.String({
  pattern: "^[0-9A-Fa-f.:]+(?:/[0-9]{1,3})?$",
  description: "address or address/bits",
});
export const Net = Type.String({ pattern: "^[0-9A-Fa-f.:]+/[0-9]{1,3}$", description: "address/bits" });
export const Allow = Type.String({ ...filled, description: "ALLOW, anything else denies" });
export const Whole = Type.String({ pattern: "^-?[0-9]+$" });
export const Program = Type.String({ ...filled, description: "Full path: XMail knows no PATH and no shell" });
export const FilterStart = Type.String({ ...filled, description: "!flags, or already the program" });
export const Setting = Type.String({
  pattern: "^[^=\\u0000\\t\\r\\n]+(?:=[^\\u0000\\t\\r\\n]*)?$",
  description: "Name=value",
});

export const maybe = <T extends TSchema>(schema: T) => Type.Optional(schema);
