import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

export interface Drop {
  /** Folder `spool` in the storage; the storage itself is it, if absent. */
  readonly spool?: StoragePath;
  /** Recipient of the envelope; the sender is the null sender, so that nothing ever comes back. */
  readonly to: string;
  readonly mail: string;
  readonly now: Date;
  /** Makes the name one that nobody else takes. */
  readonly id: string;
  readonly host: string;
  readonly signal?: AbortSignal;
}

/**
 * Gives a mail to XMail by its drop folder (XMail's manual, "XMail local mailer"): made whole in `temp`, then moved, so that
 * XMail never reads a part of it.
 */
export async function dropMail(
  storage: Storage,
  { spool, to, mail, now, id, host, ...call }: Drop,
): Promise<void> {
  const machine = host.replace(/[^A-Za-z0-9.-]/g, "-").slice(0, 60);
  const name = `${Math.floor(now.getTime() / 1000)}-${id}.${machine}`;
  const inSpool = (folder: string) =>
    spool === undefined ? storagePath(folder, name) : storagePath(spool, folder, name);
  const bytes = Buffer.from(`mail from:<>\r\nrcpt to:<${to}>\r\n\r\n${mail}`, "latin1");
  await storage.write(inSpool("temp"), bytes, call);
  try {
    await storage.move(inSpool("temp"), inSpool("local"));
  } catch (error) {
    // Nobody would ever look at it there.
    await storage.remove(inSpool("temp")).catch(() => undefined);
    throw error;
  }
}
