import { type AppError, fail, hasCode } from "../errors/error.ts";

/** XMail's error numbers that a control session can see, with a text of our own: only the number has a meaning. */
const TEXTS = {
  9: "Account table is missing",
  10: "File cannot be made",
  12: "No such user",
  13: "User exists already",
  17: "Directory cannot be made",
  18: "Directory cannot be removed",
  19: "File cannot be opened",
  24: "Password is wrong",
  25: "Alias table is missing",
  26: "Alias exists already",
  28: "No such alias",
  33: "Path in a mail address",
  40: "Not an IP address",
  43: "POP3 link table is missing",
  44: "POP3 link exists already",
  46: "No such POP3 link",
  50: "User is no mailing list",
  51: "Member file is missing or unusable",
  52: "Member exists already",
  53: "No such member",
  58: "Domain table is missing",
  59: "Domain is not handled here",
  66: "External alias table is missing",
  67: "External alias exists already",
  69: "No such external alias",
  97: "System call failed",
  103: "Bad control command",
  104: "Domain is in the table already",
  105: "Bad controller login",
  106: "Controller accounts are missing",
  116: "User has no mail processing file",
  120: "Domain has no processing file",
  129: "Server too busy, retry later",
  130: "Server does not like your address",
  132: "Bad mail address",
  154: "Unable to read a file",
  157: "No such record",
  161: "No such lock",
  164: "File cannot be moved",
  204: "Domain alias table is missing",
  205: "Domain alias exists already",
  206: "No such domain alias",
  211: "No such directory to list",
  214: "Bad relative path",
  216: "Name does not respect RFC 822",
  231: "Exists already",
  242: "TLS is active already",
  249: "TLS is switched off",
  260: "Bad host name",
} as const;

export type RefusalNumber = keyof typeof TEXTS;

/** Ends the command with this error number. */
export function refuse(number: RefusalNumber): never {
  return fail("XMAIL_REFUSED", TEXTS[number], { internal: { number } });
}

/** `-NNNNN text`, without the line end. */
export function refusalLine(number: RefusalNumber): string {
  return `-${String(number).padStart(5, "0")} ${TEXTS[number]}`;
}

/** The number `refuse` was called with; `null` for any other error. */
export function refusalOf(error: unknown): RefusalNumber | null {
  if (!hasCode(error, "XMAIL_REFUSED")) return null;
  const { number } = (error as AppError).internal;
  return typeof number === "number" && number in TEXTS ? (number as RefusalNumber) : null;
}
