import { Type } from "../../kernel/schema.ts";
import { Count, fields, oneOf } from "../fields.ts";
import { addressOrNone, dayField, oneLine, plainText } from "../people/fields.ts";

/** Any letters, but no half of one, and no dots alone: the name stands in addresses of pages, where those lead elsewhere. */
const NAME = "[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*[^.\\s\\u0000-\\u001f\\u007f\\ud800-\\udfff]";

export const WhichGroup = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: `^${NAME}[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$`,
  description: "The group's id, or its name",
  "x-rule": "group",
});

export const GroupName = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: `^${NAME}[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$`,
  description: "What the group is called, in any letters",
  "x-rule": "group-name",
});

export const GroupKey = fields({ group: WhichGroup });
export const GroupNamed = fields({ id: Type.String(), name: Type.String() });

/** Set is what is given; text fields are emptied by an empty text. */
export const groupFields = {
  validFrom: Type.Optional(dayField("First day of the group; empty for at once")),
  validUntil: Type.Optional(dayField("Last day of the group; empty for no end")),
  list: Type.Optional(addressOrNone("The group's own mailing list, on this server")),
  responsible: Type.Optional(oneLine(200, "Who answers for the group")),
  responsibleEmail: Type.Optional(addressOrNone("Where whoever answers for it gets mail; anywhere")),
  responsiblePhone: Type.Optional(oneLine(50, "Telephone of whoever answers for it")),
  memo: Type.Optional(plainText(2000, "For administrators")),
};

/** Days of one membership. */
export const memberDays = {
  validFrom: Type.Optional(dayField("First day in the group; empty for at once")),
  validUntil: Type.Optional(dayField("Last day in the group; empty for no end")),
};

/** Whom a step for many reaches. */
export const Whom = oneOf(["current", "over", "all"], {
  description: "Members whose days are now, members whose days are over, or all members; current, if absent",
});

/** What became of the accounts of a step for many. */
export const Outcome = fields({
  ...GroupNamed.properties,
  changed: Count,
  already: Type.Integer({ minimum: 0, description: "Accounts that were so before" }),
  gone: Type.Integer({ minimum: 0, description: "Members whose account is not on this server any more" }),
});
