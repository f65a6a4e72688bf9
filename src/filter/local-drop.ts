import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

export interface Drop {
  /** Recipient of the envelope; the sender is the null sender, so that nothing ever comes back. */
  readonly to: string;
  readonly mail: string;
  readonly now: Date;
  /** Makes the name one that nobody else takes. */
  readonly id: string;
  readonly host: string;
}

/**
 * Gives a mail to XMail by its drop folder (XMail's manual, "XMail local mailer"): made whole in `temp`, then moved, so that
 * XMail never reads a part of it. `spool` is the folder of that name.
 */
export async function dropMail(spool: Storage, { to, mail, now, id, host }: Drop): Promise<void> {
  const machine = host.replace(/[^A-Za-z0-9.-]/g, "-").slice(0, 60);
  const name = `${Math.floor(now.getTime() / 1000)}-${id}.${machine}`;
  const file = storagePath("temp", name);
  await spool.write(file, Buffer.from(`mail from:<>\r\nrcpt to:<${to}>\r\n\r\n${mail}`, "latin1"));
  await spool.move(file, storagePath("local", name));
}
