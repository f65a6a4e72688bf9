import { failField } from "../errors/error.ts";

/**
 * What XMail itself refuses in names, and what would lead out of the folder a name becomes. What a *good* name is,
 * operations decide; these rules only keep the files in order.
 */
const ACCOUNT = /^[^\s\0-\x1f\x7f@,()<>[\]:;\\"/.]+(?:\.[^\s\0-\x1f\x7f@,()<>[\]:;\\"/.]+)*$/;
const DOMAIN = /^[^\s\0-\x1f\x7f@,()<>:;\\"/.]+(?:\.[^\s\0-\x1f\x7f@,()<>:;\\"/.]+)*$/;
/** XMail's own limits; longer ones crash it. */
const LONGEST_ACCOUNT = 64;
const LONGEST_DOMAIN = 255;
const LONGEST_PASSWORD = 200;

export function checkAccountName(name: string): void {
  check("name", name, ACCOUNT, LONGEST_ACCOUNT);
}

export function checkDomainName(domain: string): void {
  check("domain", domain, DOMAIN, LONGEST_DOMAIN);
}

export function checkPassword(password: string): void {
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) {
    failField("password", "maxLength", `password has more than ${LONGEST_PASSWORD} bytes.`, LONGEST_PASSWORD);
  }
}

/** A name or a pattern over names; XMail checks nothing here. */
export function checkPattern(field: string, pattern: string): void {
  check(field, pattern, /^[^\0-\x1f\x7f]+$/, LONGEST_DOMAIN);
}

function check(field: string, value: string, rule: RegExp, limit: number): void {
  if (value === "") failField(field, "required", `${field} is empty.`);
  if (Buffer.byteLength(value) > limit) {
    failField(field, "maxLength", `${field} has more than ${limit} bytes.`, limit);
  }
  if (!rule.test(value)) failField(field, "pattern", `${field} has letters that XMail does not take.`);
}
