import { Type } from "../../kernel/schema.ts";

/** A file below `filters/` as we make it. */
export const NewFilterFile = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: "^[A-Za-z0-9_][A-Za-z0-9_\\-]*(?:\\.[A-Za-z0-9_\\-]+)*$",
  description: "Letters, digits, hyphen, underscore and single dots inside, like scan.tab",
  "x-rule": "filter-file-name",
});

/** A file that is there, whoever made it. */
export const FilterFile = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^\\.*[!#-\\-0-9:-\\[\\]-~][!#-.0-9:-\\[\\]-~]*$",
  description: "A file below filters/ as the list of filter files shows it",
  "x-rule": "filter-file",
});

export const MatchedAddress = Type.String({
  minLength: 1,
  maxLength: 320,
  pattern: "^[!#-\\[\\]-~]+$",
  description: "A mail address, or a pattern: * stands for any letters, ? for one; * alone for every address",
  "x-rule": "address-pattern",
});

export const MatchedNet = Type.String({
  minLength: 3,
  maxLength: 50,
  pattern: "^[0-9A-Fa-f.:]+/[0-9]{1,3}$",
  description:
    "Address and bits, like 192.0.2.0/24; ::/0 is every address, 0.0.0.0/0 every address but those of IPv6",
  "x-rule": "net",
});
