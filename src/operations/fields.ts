import { type TSchema, type TUnsafe, Type } from "../kernel/schema.ts";

/**
 * The fields of all operations: each rule stands here once. Forms, API, CLI and docs read them off. Patterns must
 * compile under the `v` flag (they become `<input pattern>`); `x-rule` names the sentence in `web/text/`.
 *
 * Two kinds of names: the strict one for what we make (XMailCFG's rules, features 3.5, 3.6, 3.9), and the wide one
 * for what XMail or an editor made before us and must stay manageable. The wide one excludes what can be no part of a
 * path or of a CTRL command, and names of dots alone, which every URL parser resolves away.
 */
export const DomainName = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern:
    "^(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?$",
  description: "Letters, digits, dots and hyphens, like example.com; international names in their xn-- form",
  "x-rule": "domain-name",
});

export const ExistingDomain = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^\\.*[!#-\\-0-9:-@A-Z\\^-~_][!#-.0-9:-@A-Z\\^-~_]*$",
  description: "A domain as the list of domains shows it",
  "x-rule": "existing-domain",
});

export const AccountName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9_\\-]+(?:\\.[A-Za-z0-9_\\-]+)*$",
  description: "Letters, digits, hyphen, underscore, and single dots inside; the part before the @",
  "x-rule": "account-name",
});

export const ExistingAccount = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^\\.*[!#-\\-0-9:-\\[\\]-~][!#-.0-9:-\\[\\]-~]*$",
  description: "An account's name as the list of accounts shows it",
  "x-rule": "existing-account",
});

/** XMailCFG forbids `" < >`; blanks and letters above ASCII cannot be typed in every mail program. */
export const NewPassword = Type.String({
  minLength: 8,
  maxLength: 200,
  pattern: "^[!#-;=?-~]+$",
  description: 'Letters, digits and symbols, without blanks and " < >; long ones are the best defence',
  writeOnly: true,
  "x-rule": "new-password",
});

export const AliasName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9_\\-*?]+(?:\\.[A-Za-z0-9_\\-*?]+)*$",
  description:
    "Like an account's name; * stands for any letters, ? for one; a single * catches all other mail",
  "x-rule": "alias-name",
});

export const ExistingAlias = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: "^\\.*[!#-\\-0-~][!#-.0-~]*$",
  description: "An alias as the list of aliases shows it",
  "x-rule": "existing-alias",
});

/** A domain, or a pattern over domains: `*`, `*.example.com`. */
export const DomainPattern = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: "^[A-Za-z0-9*?\\-]+(?:\\.[A-Za-z0-9*?\\-]+)*$",
  description: "A domain; * stands for any letters, ? for one, as in *.example.com",
  "x-rule": "domain-pattern",
});

export const ExistingDomainPattern = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^\\.*[!#-\\-0-~][!#-.0-~]*$",
  description: "A domain or pattern as the list shows it",
  "x-rule": "existing-domain",
});

/** `name`, or `name@domain`. */
export const AliasTarget = Type.String({
  minLength: 1,
  maxLength: 320,
  pattern: "^[!#-.0-9:-?A-\\[\\]-~]+(?:@[A-Za-z0-9.\\-_]+)?$",
  description: "An existing account: its name, or its full address when it is in another domain",
  "x-rule": "alias-target",
});

export const Address = Type.String({
  minLength: 3,
  maxLength: 320,
  pattern: "^[!#-.0-9:-?A-\\[\\]-~]+@[A-Za-z0-9.\\-_]+$",
  description: "A mail address, like hana@example.com",
  "x-rule": "address",
});

export const VariableName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9][A-Za-z0-9_.\\-]*$",
  description: "Letters, digits, dot, hyphen and underscore",
  "x-rule": "variable-name",
});

export const ExistingVariableName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "A variable's name as the account shows it",
  "x-rule": "one-line",
});

/** One line of text; more than XMail's line of 2,046 bytes would be cut when read, and half of a character would be lost. */
export const VariableValue = Type.String({
  maxLength: 400,
  pattern: "^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$",
  description: "One line of text",
  "x-rule": "one-line",
});

export const Search = Type.String({
  maxLength: 200,
  description: "Part of the name or address; upper and lower case are alike",
});

export const Count = Type.Integer({ minimum: 0 });
export const Bytes = Type.Integer({ minimum: 0, description: "Bytes" });
export const Moment = Type.String({ description: "ISO 8601, UTC" });

/** Nullable, in the form OpenAPI 3.1 and our validator both take. */
export function orNull<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

/** An object that carries nothing but the named fields: every input and output is one. */
export function fields<P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of some words. */
export function oneOf<const T extends readonly string[]>(
  words: T,
  notes: { readonly description?: string } = {},
): TUnsafe<T[number]> {
  return Type.Union(
    words.map((word) => Type.Literal(word)),
    notes,
  ) as unknown as TUnsafe<T[number]>;
}

export const Nothing = fields({});

export const DomainKey = fields({ domain: ExistingDomain });
export const AccountKey = fields({ domain: ExistingDomain, name: ExistingAccount });
