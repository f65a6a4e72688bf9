import { randomUUID } from "node:crypto";
import { fail } from "../errors/error.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { isPlainAddress, type Letter, type Post } from "../xmail/post.ts";
import { dropMail } from "./local-drop.ts";
import { mailDate, mailOf, subjectText } from "./mail-fields.ts";

const SPOOL = storagePath("spool");
/** In the names of files that XMail takes: who left them there. */
const US = "xmailcfg";
/** Characters of a subject: more would be no line any more. */
const LONGEST_SUBJECT = 200;

/** The post over a MailRoot. */
export function postOver(mailRoot: () => Promise<Storage>): Post {
  return {
    async send(letter, options) {
      for (const address of [letter.from, letter.to]) {
        if (!isPlainAddress(address)) fail("INVALID_INPUT", "This is no address that can be written to.");
      }
      const storage = await mailRoot();
      if (!storage.can.move || !storage.can.binary) {
        fail("STORAGE_UNSUPPORTED", "The way to the files of XMail cannot hand over a mail.");
      }
      const id = randomUUID();
      await dropMail(storage, {
        spool: SPOOL,
        to: letter.to,
        mail: letterText(letter, id),
        now: letter.at,
        id,
        host: US,
        ...(options?.signal ? { signal: options.signal } : {}),
      });
    },
  };
}

/** `id` is the left half of the Message-ID: never the same twice. */
export function letterText({ from, to, subject, text, at }: Letter, id: string): string {
  return mailOf(
    [
      ["From", from],
      ["To", to],
      ["Subject", subjectText(subject, LONGEST_SUBJECT)],
      ["Date", mailDate(at)],
      ["Message-ID", `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`],
    ],
    text,
  );
}
