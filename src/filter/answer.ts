import { wordsOf } from "../settings/encoded-words.ts";
import type { Header } from "./header.ts";

export interface AnswerParts {
  /** The account: who answers. */
  readonly address: string;
  /** Sender of the mail that is answered, checked by `silenceFor`. */
  readonly to: string;
  /** Empty: `Auto:` and the subject of the mail. */
  readonly subject: string;
  /** Lines end in LF. */
  readonly text: string;
  readonly header: Header;
  readonly now: Date;
  /** Left of the `@` of the Message-ID: never the same twice. */
  readonly id: string;
}

/** Letters of another's subject that are repeated. */
const LONGEST_SUBJECT = 150;
/** References that are repeated: the first, which begins the thread, and the last ones. */
const MOST_REFERENCES = 20;
const MESSAGE_ID = /<[!#-;=?-~]{1,200}>/g;
const LINE = 78;

/**
 * The answer as RFC 3834 section 3 asks for it. Of the mail it repeats message ids and the subject, and those only as what
 * they are known to be; a field that would be more than one is refused.
 */
export function answerTo({ address, to, subject, text, header, now, id }: AnswerParts): string {
  const answered = header.all("message-id").flatMap(idsIn).slice(0, 1);
  const fields: [string, string][] = [
    ["From", address],
    ["To", to],
    ["Subject", subjectText(subject === "" ? `Auto: ${header.subject}` : subject)],
    ["Date", now.toUTCString().replace("GMT", "+0000")],
    ["Message-ID", `<${id}@${address.slice(address.lastIndexOf("@") + 1)}>`],
  ];
  if (answered.length > 0) {
    fields.push(["In-Reply-To", answered.join(FOLD)], ["References", threadOf(header, answered).join(FOLD)]);
  }
  fields.push(
    ["Auto-Submitted", "auto-replied"],
    ["X-Auto-Response-Suppress", "All"],
    ["MIME-Version", "1.0"],
    ["Content-Type", "text/plain; charset=UTF-8"],
  );
  const lines = `${text.trimEnd()}\n`.replace(/\r\n?|\n/g, "\r\n");
  const plain = /^[\t\r\n\x20-\x7e]*$/.test(lines) && lines.split("\r\n").every((one) => one.length <= LINE);
  fields.push(["Content-Transfer-Encoding", plain ? "7bit" : "base64"]);
  const body = plain ? lines : `${wrapped(Buffer.from(lines).toString("base64"))}\r\n`;
  return `${fields.map(([name, value]) => field(name, value)).join("")}\r\n${body}`;
}

const FOLD = "\r\n ";

/** One field, folded at most where we folded it: the last gate before a line of somebody else's. */
function field(name: string, value: string): string {
  if (!/^[\x20-\x7e]*(?:\r\n [\x21-\x7e][\x20-\x7e]*)*$/.test(value)) {
    throw new Error(`${name} of the answer is more than one field`);
  }
  return `${name}: ${value}\r\n`;
}

/** Plain where it can be read as nothing else, and RFC 2047 words where not. */
function subjectText(text: string): string {
  const line = [
    ...text
      .toWellFormed()
      .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
      .trim(),
  ]
    .slice(0, LONGEST_SUBJECT)
    .join("")
    .trim();
  return /^[\x20-\x7e]*$/.test(line) && !line.includes("=?") ? line : wordsOf(line).join(FOLD);
}

/** RFC 5322, section 3.6.4. */
function threadOf(header: Header, answered: readonly string[]): string[] {
  const references = header.all("references").flatMap(idsIn);
  const replied = header.all("in-reply-to").flatMap(idsIn);
  const before = references.length > 0 ? references : replied.length === 1 ? replied : [];
  const all = [...before, ...answered];
  return all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)];
}

function idsIn(value: string): string[] {
  return value.match(MESSAGE_ID) ?? [];
}

function wrapped(base64: string): string {
  return (base64.match(/.{1,76}/g) ?? []).join("\r\n");
}
