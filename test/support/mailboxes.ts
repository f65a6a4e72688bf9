import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { randomFrom } from "./random.ts";

export interface MailboxesOptions {
  /** The same number makes the same mailboxes, byte for byte (default 1). */
  readonly seed?: number;
  readonly accounts: number;
  readonly messages: number;
  readonly domains?: number;
}

/** What was written for one account. */
export interface WrittenMailbox {
  readonly domain: string;
  readonly name: string;
  readonly format: "Maildir" | "mailbox";
  bytes: number;
  messages: number;
  /** Bytes; 0: no limit. */
  readonly limit: number;
  /** Of the newest message, milliseconds since 1970; 0 without one. */
  newest: number;
}

/** 2026-11-01, as XMail names messages. */
const FIRST = 1_793_491_200_000;
const AT_ONCE = 64;

/**
 * Writes a MailRoot with people whose mailboxes hold so many messages in all: some hold most of them, many hold none, one
 * in five is a flat `mailbox`, one in three has a limit.
 */
export async function writeMailboxes(storage: Storage, options: MailboxesOptions): Promise<WrittenMailbox[]> {
  const { accounts, messages, domains = 2 } = options;
  const random = randomFrom(options.seed ?? 1);
  const domainOf = (n: number) => `office${n % domains}.example.com`;
  await writeMailRoot(storage, { domain: domainOf(0) });
  const people = Array.from(
    { length: accounts },
    (_, n): WrittenMailbox => ({
      domain: domainOf(n),
      name: `user${n}`,
      format: n % 5 === 4 ? "mailbox" : "Maildir",
      limit: n % 3 === 0 ? 20 * 1024 * (1 + (n % 7)) : 0,
      ...{ bytes: 0, messages: 0, newest: 0 },
    }),
  );
  const write = (path: string, text: string) => storage.write(storagePath(path), Buffer.from(text, "latin1"));
  await write("domains.tab", Array.from({ length: domains }, (_, n) => `"${domainOf(n)}"\n`).join(""));
  await write(
    "mailusers.tab",
    people
      .map(({ domain, name }, n) => `"${domain}"\t"${name}"\t"0b0a0908"\t${n + 1}\t"${name}"\t"U"\n`)
      .join(""),
  );
  let waiting: Promise<void>[] = [];
  const soon = async (work: Promise<void>) => {
    waiting.push(work);
    if (waiting.length < AT_ONCE) return;
    await Promise.all(waiting);
    waiting = [];
  };
  for (const { domain, name, limit, format } of people) {
    const folder = storagePath(`domains/${domain}/${name}`);
    await soon(write(`${folder}/user.tab`, `"RealName"\t"${name}"\n"MaxMBSize"\t"${limit / 1024}"\n`));
    await soon(storage.makeFolder(storagePath(folder, format === "mailbox" ? "mailbox" : "Maildir/new")));
  }
  for (let n = 0; n < messages; n++) {
    // Cubed: the first accounts hold most.
    const person = people[Math.floor(random() ** 3 * accounts)];
    if (!person) continue;
    const arrived = FIRST + n * 1000;
    const text = messageOf(n, Math.floor(random() * 2000) + (n % 500 === 0 ? 150_000 : 0));
    const inside = person.format === "mailbox" ? "mailbox" : "Maildir/new";
    const path = `domains/${person.domain}/${person.name}/${inside}/${arrived}.7fd1577fe6c0.72b3.${n.toString(16)}.mx1`;
    person.bytes += text.length;
    person.messages += 1;
    person.newest = arrived;
    await soon(write(path, text));
  }
  await Promise.all(waiting);
  return people;
}

/** As XMail 1.27 keeps it: header lines end in LF, the body in CRLF. */
function messageOf(n: number, length: number): string {
  return `Return-Path: <sender${n}@example.net>\nDelivered-To: user@example.com\nFrom: Sender ${n} <sender${n}@example.net>\nSubject: Minutes ${n}\nDate: Tue, 24 Nov 2026 08:33:54 -0000\n\n${"x".repeat(length)}\r\n`;
}
