import { failField } from "../../errors/error.ts";

/** A rule for the value of one variable that XMail reads; others hold any text. Source: files.md, user.tab. */
interface VariableRule {
  readonly rule: string;
  readonly says: string;
  readonly pattern: RegExp;
}

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
  pattern: /^[^\s@"<>]+@[A-Za-z0-9.\-_]+$/,
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
export function refuseWrongValue(name: string, value: string): void {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule && !rule.pattern.test(value)) failField("set", rule.rule, `${name} must be ${rule.says}.`);
}
