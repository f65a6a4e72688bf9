import { failField } from "../../errors/error.ts";

/** A rule for the value of one variable that XMail reads; others hold any text. Source: files.md, user.tab. */
interface VariableRule {
  readonly rule: string;
  readonly says: string;
  readonly pattern: RegExp;
}

/** The value by which `uservarsset` deletes a variable. */
const REMOVAL_SIGN = ".|rm";

const SWITCH: VariableRule = { rule: "switch", says: "0 for off or 1 for on", pattern: /^[01]$/ };
const KILOBYTES: VariableRule = {
  rule: "kilobytes",
  says: "a whole number of kB, 0 for no limit",
  pattern: /^(?:0|[1-9][0-9]{0,9})$/,
};
const PERMISSIONS: VariableRule = {
  rule: "permissions",
  says: "letters of M R V T Z S, or 0 for none",
  pattern: /^(?:[MRVTZS]+|0)$/,
};
const LIST_SENDER: VariableRule = {
  rule: "address",
  says: "a mail address",
  pattern: /^[!#-;=?A-~]+@[A-Za-z0-9.\-_]+$/,
};

const RULES: Readonly<Record<string, VariableRule>> = {
  ReceiveEnable: SWITCH,
  PopEnable: SWITCH,
  Pop3ScanCur: SWITCH,
  ClosedML: SWITCH,
  UseReplyTo: SWITCH,
  DisableEmitAuthUser: SWITCH,
  MaxMBSize: KILOBYTES,
  MaxMessageSize: KILOBYTES,
  SmtpPerms: PERMISSIONS,
  ListSender: LIST_SENDER,
};

/** Variables XMail does not read pass with any value; a misspelt value of one it reads would silently mean "off". */
export function refuseWrongVariable(name: string, value: string): void {
  const known = Object.keys(RULES).find((other) => other.toLowerCase() === name.toLowerCase());
  if (known !== undefined && known !== name) {
    failField("set", "spelling", `${name}: XMail reads this variable as ${known} only.`, known);
  }
  const rule = known === undefined ? undefined : RULES[known];
  if (rule && !rule.pattern.test(value)) failField("set", rule.rule, `${name} must be ${rule.says}.`);
  refuseUnwritable("set", value);
}

/** What one of the two ways to XMail cannot carry is refused in both, before anything is done. */
export function refuseUnwritable(field: string, value: string): void {
  if (value.endsWith("\\")) failField(field, "backslash", `${field} must not end in a backslash.`);
  if (value === REMOVAL_SIGN) failField(field, "removal-sign", `${field}: ${value} means "delete" to XMail.`);
}
