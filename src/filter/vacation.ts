import { randomUUID } from "node:crypto";
import { dropMail } from "../post/local-drop.ts";
import { VACATION_FILE, vacationIn } from "../settings/vacation-text.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { answerTo } from "./answer.ts";
import { takeSender } from "./answered-senders.ts";
import { headerIn } from "./header.ts";
import { isAway, type Silence, silenceFor } from "./may-answer.ts";
import { spooledMail } from "./spooled-mail.ts";

export interface VacationMail {
  /** Beginning of the spool file, long enough for the whole header. */
  readonly spooled: Uint8Array;
  /** Of the account. */
  readonly address: string;
  /** The account's folder, with the text and the senders that were answered. */
  readonly account: Storage;
  /** XMail's `spool`, which takes the answer. */
  readonly spool: Storage;
  readonly now: Date;
  /** Name of this machine. */
  readonly host: string;
}

/** `null` when the mail was answered, else why not. Rejects, and has answered nothing then, when a file cannot be used. */
export async function answerVacation(mail: VacationMail): Promise<Silence | null> {
  const { address, account, spool, now, host } = mail;
  const vacation = vacationIn(await account.read(storagePath(VACATION_FILE)));
  if (!isAway(vacation, dayOf(now))) return "not-now";
  const spooled = spooledMail(mail.spooled);
  if (spooled === null) return "malformed";
  const { sender: to } = spooled;
  const header = await headerIn(spooled.head).catch(() => null);
  if (header === null) return "malformed";
  const silence = silenceFor(spooled, header, address);
  if (silence !== null) return silence;
  const id = randomUUID();
  const text = answerTo({ address, to, subject: vacation.subject, text: vacation.text, header, now, id });
  const taken = await takeSender(account, to, vacation.days, now);
  if (taken !== "taken") return taken;
  await dropMail(spool, { to, mail: text, now, id, host });
  return null;
}

/** On the clock of this machine, as people there read it. */
function dayOf(now: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
