import { mailDate } from "./dates.ts";

/** A message the server gave up on, with what its log says. */
interface Stuck {
  readonly cell: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly tries: readonly Date[];
  readonly reason: string;
}

const HOUR_MS = 3_600_000;
const FIRST = Date.UTC(2026, 10, 20, 8, 15, 0);

function after(hours: number): Date {
  return new Date(FIRST + hours * HOUR_MS);
}

const STUCK: readonly Stuck[] = [
  {
    cell: "0/1",
    from: "alice@example.com",
    to: "order@shop.example",
    subject: "Your order of last week",
    tries: [after(0), after(1), after(8)],
    reason: "450 4.2.0 mailbox busy, try again later",
  },
  {
    cell: "1/2",
    from: "hanako.sato@example.jp",
    to: "info@old-partner.example",
    subject: "Minutes of the meeting",
    tries: [after(20)],
    reason: "550 5.1.1 no such user",
  },
  {
    cell: "2/0",
    from: "",
    to: "newsletter@lists.example",
    subject: "Delivery failed",
    tries: [after(30), after(32)],
    reason: "417 Temporary delivery error",
  },
];

/** Frozen messages and their logs, by path below MailRoot. */
export function demoQueue(): Record<string, string> {
  const files: Record<string, string> = {};
  STUCK.forEach((stuck, i) => {
    const [sent = after(0)] = stuck.tries;
    const name = `${sent.getTime()}.7f0000000001.1a2b.${i + 1}.mail`;
    files[`spool/${stuck.cell}/froz/${name}`] = message(stuck, sent, i + 1);
    files[`spool/${stuck.cell}/slog/${name}`] = stuck.tries.map((time) => attempt(stuck, time)).join("");
  });
  return files;
}

function message({ from, to, subject }: Stuck, sent: Date, number: number): string {
  const lines = [
    `[192.0.2.10]:40001;[192.0.2.1]:25;${mailDate(sent)}`,
    "mail.example.com",
    `S${number.toString(16).toUpperCase()}`,
    `MAIL FROM:<${from}>`,
    `RCPT TO:<${to}>`,
    "<<MAIL-DATA>>",
    `From: <${from || "postmaster@example.com"}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${mailDate(sent)}`,
    "",
    "This message waits in the demo's queue of frozen mail.",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

function attempt({ from, to, reason }: Stuck, time: Date): string {
  const lines = [
    `[PeekTime] ${Math.floor(time.getTime() / 1000)} : ${mailDate(time)}`,
    "<<",
    "ErrCode   = -152",
    "ErrString = The other server did not take the message",
    `SMAIL SMTP-Send SMTP = "mail.example.com" From = "${from}" To = "${to}" Failed !`,
    `SMTP-Error = "${reason}"`,
    ">>",
  ];
  return lines.map((line) => `${line}\n`).join("");
}
