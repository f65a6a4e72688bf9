import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { mailDate } from "./dates.ts";
import { inParallel } from "./in-parallel.ts";
import { randomFrom } from "./random.ts";

export interface DemoStorm {
  readonly seed: number;
  /** Whose password was guessed. */
  readonly account: string;
  /** Messages of spam, and of the account's owner, that wait. */
  readonly spam: number;
  readonly innocent: number;
  /** Messages of other people. */
  readonly others: number;
  /** How many folders the queue has on each of its two levels; 3, as the simulator has, if absent. */
  readonly split?: number;
  readonly now: Date;
}

type Whose = "spam" | "innocent" | "others";

export interface StormMessage {
  readonly whose: Whose;
  /** As the queue names it. */
  readonly id: string;
  /** Files by path below MailRoot. */
  readonly files: Readonly<Record<string, string>>;
}

const SPAM_SUBJECTS = [
  "Your parcel could not be delivered",
  "Final notice: confirm your account",
  "Re: invoice",
];
const OWN_SUBJECTS = ["Minutes of the Monday meeting", "Quotation for spring", "Thank you for your visit"];
const OTHER_SUBJECTS = ["Lunch on Friday?", "Draft of the contract", "Holiday plans"];
const REPLY = "450 4.7.1 too much mail from your address, try again later";
const MINUTE_MS = 60_000;

/** The queue after somebody guessed a password, as XMail's files hold it; the same one for the same seed. */
function demoStorm({ seed, account, spam, innocent, others, split = 3, now }: DemoStorm): StormMessage[] {
  const random = randomFrom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const from = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const [, domain = "example.com"] = account.split("@");
  const whose: Whose[] = [
    ...Array<Whose>(spam).fill("spam"),
    ...Array<Whose>(innocent).fill("innocent"),
    ...Array<Whose>(others).fill("others"),
  ];
  // Mixed, as they arrived.
  for (let at = whose.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [whose[at], whose[other]] = [whose[other] as Whose, whose[at] as Whose];
  }
  return whose.map((one, n): StormMessage => {
    const at = new Date(now.getTime() - MINUTE_MS - below(90 * MINUTE_MS));
    const name = `${at.getTime()}.7f18d7f26c0.72b3.${(n + 1).toString(16)}.mx1`;
    const [level1, level2] = [below(split), below(split)];
    const stage = random() < 0.85 ? "mess" : random() < 0.8 ? "rsnd" : "froz";
    const about = {
      spam: {
        from: `service${below(9000)}@parcel${below(40)}.example`,
        to: `user${below(90_000)}@far${below(300)}.example.net`,
        auth: account,
        ip: `203.0.113.${1 + below(14)}`,
        subject: `${from(SPAM_SUBJECTS)} ${10_000 + below(80_000)}`,
      },
      innocent: {
        from: account,
        to: `partner${below(9)}@customer.example.org`,
        auth: account,
        ip: "192.0.2.41",
        subject: from(OWN_SUBJECTS),
      },
      others: {
        from: `colleague${below(5)}@${domain}`,
        to: `friend${below(9)}@elsewhere.example.org`,
        auth: `colleague${below(5)}@${domain}`,
        ip: "192.0.2.42",
        subject: from(OTHER_SUBJECTS),
      },
    }[one];
    const cell = `spool/${level1}/${level2}`;
    const text = message({ ...about, at, number: n + 1 });
    return {
      whose: one,
      id: `${level1}_${level2}_${name}`,
      files: {
        [`${cell}/${stage}/${name}`]: text,
        ...(stage === "mess" ? {} : { [`${cell}/slog/${name}`]: attempt(at) }),
      },
    };
  });
}

/** Puts the storm into the queue of a MailRoot. */
export async function seedStorm(storage: Pick<Storage, "write">, storm: DemoStorm): Promise<StormMessage[]> {
  const messages = demoStorm(storm);
  const files = messages.flatMap(({ files: ofOne }) => Object.entries(ofOne));
  await inParallel(files, ([path, text]) => storage.write(storagePath(path), Buffer.from(text, "latin1")));
  return messages;
}

interface Told {
  readonly from: string;
  readonly to: string;
  readonly auth: string;
  readonly ip: string;
  readonly subject: string;
  readonly at: Date;
  readonly number: number;
}

function message({ from, to, auth, ip, subject, at, number }: Told): string {
  const id = `S${number.toString(16).toUpperCase()}`;
  const lines = [
    `[${ip}]:${40_000 + (number % 20_000)};[192.0.2.1]:25;${mailDate(at)}`,
    "mail.example.com",
    id,
    `MAIL FROM:<${from}>`,
    `RCPT TO:<${to}>`,
    "<<MAIL-DATA>>",
    `Received: from client.example ([${ip}]:${40_000 + (number % 20_000)})`,
    "\tby mail.example.com with [XMail 1.27 ESMTP Server]",
    `\tid <${id}> for <${to}> from <${from}>;`,
    `\t${mailDate(at)}`,
    `X-AuthUser: ${auth}`,
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${mailDate(at)}`,
    "",
    "This message was made up to practise on.",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

function attempt(at: Date): string {
  const time = new Date(at.getTime() + 2_000);
  const lines = [
    `[PeekTime] ${Math.floor(time.getTime() / 1000)} : ${mailDate(time)}`,
    "<<",
    "ErrCode   = -77",
    "ErrString = [RCPT TO:] not permitted by remote SMTP server",
    `SMTP-Error = "${REPLY}"`,
    'SMTP-Server = "203.0.113.250:25"',
    ">>",
  ];
  return lines.map((line) => `${line}\n`).join("");
}
