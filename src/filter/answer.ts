import { FOLD, type MailField, mailDate, mailOf, subjectText } from "../post/mail-fields.ts";
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

/**
 * The answer as RFC 3834 section 3 asks for it. Of the mail it repeats message ids and the subject, and those only as what
 * they are known to be.
 */
export function answerTo({ address, to, subject, text, header, now, id }: AnswerParts): string {
  const answered = header.all("message-id").flatMap(idsIn).slice(0, 1);
  const fields: MailField[] = [
    ["From", address],
    ["To", to],
    ["Subject", subjectText(subject === "" ? `Auto: ${header.subject}` : subject, LONGEST_SUBJECT)],
    ["Date", mailDate(now)],
    ["Message-ID", `<${id}@${address.slice(address.lastIndexOf("@") + 1)}>`],
  ];
  if (answered.length > 0) {
    fields.push(["In-Reply-To", answered.join(FOLD)], ["References", threadOf(header, answered).join(FOLD)]);
  }
  fields.push(["Auto-Submitted", "auto-replied"], ["X-Auto-Response-Suppress", "All"]);
  return mailOf(fields, text);
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
