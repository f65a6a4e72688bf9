/** Variables of accounts and of the server that others keep secrets in. */
const SECRET_NAME = /passw|secret|token/i;
/** Says what XMail writes to its log, and is no secret itself. */
const NO_SECRET = "Pop3LogPasswd";

/** Whether the value of a variable may be a secret. */
export function isSecretVariable(name: string): boolean {
  return SECRET_NAME.test(name) && name !== NO_SECRET;
}
