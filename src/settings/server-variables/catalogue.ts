import { POP3, SMTP, TLS } from "./connections.ts";
import { BOUNCES, DELIVERY, LIMITS } from "./delivery.ts";
import { DNS, IDENTITY } from "./naming.ts";
import type { ServerVariable } from "./variable.ts";

/** Every variable that XMail 1.27 reads from `server.tab`, in the order of its groups. */
export const SERVER_VARIABLES: readonly ServerVariable[] = [
  ...IDENTITY,
  ...DELIVERY,
  ...LIMITS,
  ...SMTP,
  ...POP3,
  ...TLS,
  ...BOUNCES,
  ...DNS,
];

const BY_NAME = new Map(SERVER_VARIABLES.map((one) => [one.name, one]));
const SMTP_CONFIG = "SmtpConfig";

/** `SmtpConfig-<address>` and `SmtpConfig-<address>,<port>` are like `SmtpConfig`. Names are case-sensitive. */
export function serverVariable(name: string): ServerVariable | null {
  const known = BY_NAME.get(name);
  if (known) return known;
  const general = isListener(name) ? BY_NAME.get(SMTP_CONFIG) : undefined;
  return general ? { ...general, name } : null;
}

function isListener(name: string): boolean {
  return /^SmtpConfig-[0-9A-Fa-f.:]+(?:,[0-9]{1,5})?$/.test(name);
}

/** How XMail spells a name that was written in other letters; `null` when it is right or nothing of XMail's. */
export function rightSpelling(name: string): string | null {
  if (serverVariable(name)) return null;
  const folded = name.toLowerCase();
  const known = SERVER_VARIABLES.find((one) => one.name.toLowerCase() === folded)?.name;
  const listener = /^smtpconfig-(.+)$/i.exec(name);
  return known ?? (listener ? `${SMTP_CONFIG}-${listener[1]}` : null);
}
