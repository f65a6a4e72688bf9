import { Type } from "../../kernel/schema.ts";

/** What XMail compares the domain of a recipient with; as wide as a table can have it. */
export const DestinationPattern = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[!#-\\[\\]-~]+$",
  description: "Domain of the recipient; * stands for any letters, ? for one, and * alone for every domain",
  "x-rule": "destination-pattern",
});
