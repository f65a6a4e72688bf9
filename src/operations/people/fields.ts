import { ROLES } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { fields, oneOf } from "../fields.ts";

/** The fields of people: what they sign in with, when and from where they may, and who they are. */
export const WhichPerson = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9][A-Za-z0-9._@\\-]*$",
  description: "The person's id, or the name he or she signs in with",
  "x-rule": "person",
});

export const PersonKey = fields({ person: WhichPerson });
export const PersonNamed = fields({ id: Type.String(), name: Type.String() });

export const RoleChoice = oneOf(ROLES, { description: "What somebody may do here" });

export const LoginName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9][A-Za-z0-9._@\\-]*$",
  description: "What the person signs in with: letters, digits, dot, hyphen, underscore and @",
  "x-rule": "login-name",
});

/** Longer than for a mailbox: whoever has it has all that is the person's. */
export const LoginPassword = Type.String({
  minLength: 12,
  maxLength: 200,
  description: "12 characters or more; a few words in a row are the best",
  writeOnly: true,
});

/** Set is what is given; text fields are emptied by an empty text. */
export const personFields = {
  signInAlias: Type.Optional(
    Type.String({
      maxLength: 64,
      pattern: "^(?:[A-Za-z0-9_\\-]{5,64})?$",
      description: "Another name to sign in with: 5 letters, digits, hyphens and underscores or more",
      "x-rule": "sign-in-alias",
    }),
  ),
  validFrom: Type.Optional(dayField("First day of signing in; empty for at once")),
  validUntil: Type.Optional(dayField("Last day of signing in; empty for no end")),
  networks: Type.Optional(
    Type.Array(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: "^[^\\u0000-\\u001f\\u007f]+$",
        description: "An address, or address/bits: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32",
        "x-rule": "ip-range",
      }),
      { maxItems: 50, description: "Where the person may come from; without any, from everywhere" },
    ),
  ),
  sessionSeconds: Type.Optional(
    Type.Integer({
      minimum: 60,
      maximum: 86_400,
      description: "Seconds without a request after which a sign-in ends; 3600 if absent",
    }),
  ),
  language: Type.Optional(
    Type.Union([Type.Literal(""), Type.Literal("en"), Type.Literal("ja")], {
      description: "Language of the panel; empty for the one of the browser",
    }),
  ),
  fullName: Type.Optional(oneLine(200, "Full name")),
  email: Type.Optional(addressOrNone("Where the person gets mail")),
  phone: Type.Optional(oneLine(50, "Telephone")),
  postalAddress: Type.Optional(oneLine(300, "Address for letters")),
  memo: Type.Optional(plainText(2000, "For masters only")),
};

export function dayField(description: string) {
  return Type.String({
    maxLength: 10,
    pattern: "^(?:\\d{4}-\\d\\d-\\d\\d)?$",
    description: `${description}; like 2026-11-24, on the clock of this machine`,
    "x-rule": "day",
  });
}

export function oneLine(maxLength: number, description: string) {
  return Type.String({
    maxLength,
    pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    description,
    "x-rule": "one-line",
  });
}

export function plainText(maxLength: number, description: string) {
  return Type.String({
    maxLength,
    pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$",
    description,
    "x-rule": "plain-text",
    "x-text": true,
  });
}

export function addressOrNone(description: string) {
  return Type.String({
    maxLength: 320,
    pattern: "^(?:[!#-.0-9:-?A-\\[\\]-~]+@[A-Za-z0-9.\\-_]+)?$",
    description,
    "x-rule": "address",
  });
}
