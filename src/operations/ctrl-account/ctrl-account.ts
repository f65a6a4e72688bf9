import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { cryptedCell, isCryptedCell } from "../../settings/crypted-cell.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { guardCtrlAccounts } from "./guard.ts";

/** Of XMailCFG; a `#` would be part of the name, and all letters have to fit into XMail's line of 252 bytes. */
const NAME = "^[A-Za-z0-9_@.\\-]+$";

const CtrlAccountName = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: NAME,
  description: "Letters, digits, dot, hyphen, underscore and @; needs not be a mail account",
  "x-rule": "ctrl-account",
});

/** XMail takes a clear password that begins with # for a digest; the other signs are those XMailCFG forbids. */
const CtrlPassword = Type.String({
  minLength: 12,
  maxLength: 150,
  pattern: "^[!$-\\)+-;=?-\\[\\]-\\{\\}-~][!#-\\)+-;=?-\\[\\]-\\{\\}-~]*$",
  description:
    'Nobody has to remember it: 12 characters or more, without blanks and " * < > \\ |, not # in front',
  writeOnly: true,
  "x-rule": "ctrl-password",
});
const LEAST_LETTERS = 6;

/** `ctrlaccounts.tab`: who may administer this XMail. Each of them may do everything, reading all passwords included. */
export const ctrlAccount = rowOperations({
  noun: "ctrlAccount",
  one: "control account",
  many: "control accounts",
  http: "/ctrl-accounts",
  format: FILES.ctrlAccounts,
  key: {},
  fields: { name: CtrlAccountName, password: CtrlPassword },
  secrets: ["password"],
  switchable: false,
  errors: ["WOULD_LOCK_OUT"],
  target: () => SERVER,
  place: () => FILES.ctrlAccounts.path,
  read: ([name, password]) =>
    name !== undefined && password !== undefined && new RegExp(NAME).test(name) && isCryptedCell(password)
      ? { name, password }
      : null,
  write({ name, password }, was) {
    if (password === undefined)
      return [name, was?.[1] ?? failField("password", "required", "A password is missing.")];
    refuseWeak(name, password);
    return [name, cryptedCell(password), ...(was ?? []).slice(2)];
  },
  keyOf: ({ name }) => foldName(name),
  guard: (ctx, { before, after }) => guardCtrlAccounts(ctx, before, after),
});

function refuseWeak(name: string, password: string): void {
  const few = new Set(password.toLowerCase()).size < LEAST_LETTERS;
  if (few || password.toLowerCase().includes(name.toLowerCase())) {
    failField("password", "ctrl-password-weak", "This password is easily guessed.");
  }
}
