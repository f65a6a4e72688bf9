/** What is right, for each rule a field can break; `limit` is the rule's number, written out. */
type Rule = (limit: string) => string;

const sentences = {
  required: () => "Fill this in.",
  unknown: () => "This form has no such field.",
  object: () => "The form could not be read.",
  invalid: () => "This does not fit.",
  type: () => "This has the wrong form.",
  minLength: (limit: string) => `Needs ${limit} characters or more.`,
  maxLength: (limit: string) => `May have ${limit} characters at most.`,
  minimum: (limit: string) => `Must be ${limit} or more.`,
  maximum: (limit: string) => `Must be ${limit} or less.`,
  maxItems: (limit: string) => `Takes ${limit} entries at most.`,
  pattern: () => "This has characters that cannot be used here.",
  anyOf: () => "Choose one of the values offered.",
  const: () => "Choose one of the values offered.",
  additionalProperties: () => "This form has no such field.",
  "domain-name": () =>
    "Use letters, digits, dots and hyphens, like example.com. Write international names in their xn-- form.",
  "existing-domain": () => "Write the domain as the list of domains shows it.",
  "domain-pattern": () =>
    "Use letters, digits, dots and hyphens, and * or ? as wildcards, like *.example.com.",
  "account-name": () =>
    "Use letters, digits, hyphen and underscore, and single dots inside. Leave out the @ and the domain.",
  "existing-account": () => "Write the name as the list of accounts shows it.",
  "new-password": () => 'Use letters, digits and symbols, without blanks and " < >.',
  "alias-name": () =>
    "Use letters, digits, hyphen and underscore, single dots inside, and * or ? as wildcards. Leave out the @.",
  "existing-alias": () => "Write the alias as the list of aliases shows it.",
  "alias-target": () => "Write the name of an account, or its full address like hana@example.com.",
  address: () => "Write a full mail address, like hana@example.com.",
  "variable-name": () => "Begin with a letter or digit; then letters, digits, dot, hyphen and underscore.",
  "one-line": () => "Use one line of text without control characters.",
  "entry-id": () => "Open the list again: the entry has changed.",
  "sender-pattern": () => "Write an address, or a pattern like *@example.com, without blanks.",
  "change-id": () => "Open the change from the history.",
  day: () => "Write a day like 2026-11-24.",
  "operation-name": () => "Write the name of an operation like account.add, or account.* for all of them.",
  guessable: () => "Do not use the name of the account or its domain.",
  retype: () => "Type this again: it is kept for ten minutes only.",
  again: () => "The two passwords are not the same.",
  "full-address": () => "Give the full address, because the domain is a pattern.",
  cursor: () => "This page of the list is gone. Start again at its beginning.",
  twice: () => "This variable is named twice.",
  reserved: () => "xmailcfg keeps this variable itself; it changes when you suspend or resume.",
  switch: () => "Must be 1 for on or 0 for off.",
  kilobytes: () => "Must be a whole number of kB, 0 for no limit.",
  permissions: () => "Must be letters of M R V T Z S, or 0 for none.",
  confirm: (limit: string) => `Type ${limit}, or keep it.`,
  suspended: () => "This is stopped while the account is suspended: resume it first.",
  spelling: (limit: string) => `XMail writes this name with other capitals: ${limit}.`,
  backslash: () => "This must not end in a backslash.",
  "removal-sign": () => "This text means “delete” to XMail. Use another one.",
} satisfies Record<string, Rule>;

/** Widened, so that every rule may be called with a limit. */
export const rules: Record<keyof typeof sentences, Rule> = sentences;
