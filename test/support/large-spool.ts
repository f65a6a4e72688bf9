import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { seedStorm } from "../../src/simulator/demo-storm.ts";

/** Messages that are made up, and written, together: all of them would not fit in memory. */
const AT_ONCE = 10_000;
/** As XMail has it, unless it is started otherwise. */
const SPLIT = 23;
const STORM = { account: "carol@example.com", split: SPLIT } as const;

/**
 * Fills the queue of a MailRoot: three of five messages are spam of one account. The same for the same seed; paths of the
 * spam, below the MailRoot. Written past our own storage, which would make each file safe from a power cut.
 */
export async function writeLargeSpool(
  mailRoot: string,
  { messages, seed, now }: { readonly messages: number; readonly seed: number; readonly now: Date },
): Promise<readonly string[]> {
  const made = new Set<string>();
  const spam: string[] = [];
  const storage = {
    async write(path: string, bytes: Uint8Array) {
      const here = join(mailRoot, path);
      const folder = dirname(here);
      if (!made.has(folder)) mkdirSync(folder, { recursive: true });
      made.add(folder);
      writeFileSync(here, bytes);
    },
  };
  for (let done = 0; done < messages; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, messages - done);
    const ofSpam = Math.floor(count * 0.6);
    const storm = { ...STORM, spam: ofSpam, innocent: 0, others: count - ofSpam, seed: seed + done, now };
    for (const { whose, files } of await seedStorm(storage, storm))
      if (whose === "spam") spam.push(...Object.keys(files));
  }
  return spam;
}
