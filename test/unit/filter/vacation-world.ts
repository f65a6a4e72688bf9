import { answerVacation } from "../../../src/filter/vacation.ts";
import { VACATION_FILE, type VacationText, vacationBytes } from "../../../src/settings/vacation-text.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";

export const AWAY: VacationText = {
  subject: "",
  text: "I am away.\n",
  from: null,
  until: null,
  days: 7,
};
const HANA = "hana@example.com";
export const NOW = new Date("2026-08-03T10:00:00Z");

/** A spool file as XMail writes it; each line of `header` is one line. */
export function spoolFile(
  header: readonly string[],
  { sender = "ken@elsewhere.example", recipient = HANA, body = "Hello.\r\n" } = {},
): Buffer {
  return Buffer.from(
    [
      "[192.0.2.10]:60439;[192.0.2.1]:25;Tue, 24 Nov 2026 08:33:54 -0000",
      "mx1.example.com",
      "S2C",
      `mail FROM:<${sender}> size=200`,
      `RCPT TO:<${recipient}>`,
      "<<MAIL-DATA>>",
      ...header,
      "",
      body,
    ].join("\r\n"),
  );
}

export interface VacationWorld {
  readonly account: Storage;
  readonly spool: Storage;
  /** What XMail would find in its drop folder. */
  dropped(): Promise<string[]>;
  answer(spooled: Uint8Array, now?: Date): ReturnType<typeof answerVacation>;
}

export async function vacationWorld(text: Partial<VacationText> = {}): Promise<VacationWorld> {
  const [account, spool] = [memory(), memory()];
  await account.write(storagePath(VACATION_FILE), vacationBytes({ ...AWAY, ...text }));
  return {
    account,
    spool,
    async dropped() {
      const entries = await spool.list(storagePath("local")).catch(() => []);
      return Promise.all(
        entries.map(async ({ name }) => Buffer.from(await spool.read(storagePath("local", name))).toString()),
      );
    },
    answer: (spooled, now = NOW) =>
      answerVacation({ spooled, address: HANA, account, spool, now, host: "mx1" }),
  };
}
