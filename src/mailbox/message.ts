import type { Attachment, Email } from "postal-mime";
import { fail } from "../errors/error.ts";
import type { MessagePart, OpenedMessage } from "../xmail/mailboxes.ts";
import { headersIn } from "./head.ts";
import { lighter } from "./lighter.ts";
import { safeHtml } from "./safe-html.ts";

/** Bytes of a message that are looked at to show it. */
export const SHOWN_BYTES = 16 * 1024 * 1024;
/** Lines that are taken apart to show a message, and for an attachment. */
const SHOWN_LINES = 40_000;
const ATTACHMENT_LINES = 200_000;
/** Letters of its text that are shown, and attachments that are named. */
const LONGEST_TEXT = 200_000;
const MOST_ATTACHMENTS = 200;

type Content = Omit<OpenedMessage, "id" | "size" | "arrived">;

/** A message taken apart for people; `isCut` when `bytes` are not all of it. */
export async function readMessage(bytes: Uint8Array, isCut: boolean): Promise<Content> {
  const headers = headersIn(bytes);
  const light = lighter(bytes, SHOWN_LINES);
  const mail = await takenApart(light.bytes);
  if (!mail) {
    const nothing = { text: "", html: null, links: [], leftOut: 0, attachments: [] };
    return { headers, ...nothing, state: "broken" };
  }
  const { text = "", html } = mail;
  const safe = html === undefined ? null : await safeHtml(html);
  const isLong = safe?.isCut || text.length > LONGEST_TEXT || mail.attachments.length > MOST_ATTACHMENTS;
  return {
    headers,
    text: text.slice(0, LONGEST_TEXT).toWellFormed(),
    html: safe?.html ?? null,
    links: safe?.links ?? [],
    leftOut: safe?.leftOut ?? 0,
    attachments: mail.attachments.slice(0, MOST_ATTACHMENTS).map(partOf),
    state: isCut || light.isCut || isLong ? "cut" : "whole",
  };
}

/** One attachment, whole; `null` where there is none at this place. `STORAGE_UNSUPPORTED` where its end is out of reach. */
export async function attachmentIn(
  bytes: Uint8Array,
  place: number,
  isCut = false,
): Promise<(MessagePart & { readonly content: Uint8Array }) | null> {
  const light = lighter(bytes, ATTACHMENT_LINES);
  const all = (await takenApart(light.bytes))?.attachments ?? [];
  const found = all[place];
  if (!found) return null;
  if ((isCut || light.isCut) && place === all.length - 1)
    fail("STORAGE_UNSUPPORTED", "This attachment is too large to be taken out: take the whole message.");
  return { ...partOf(found), content: contentOf(found) };
}

/** `null` for what was built to wear a reader out: parts in parts without end, headers without end. */
async function takenApart(bytes: Uint8Array): Promise<Email | null> {
  const { default: PostalMime } = await import("postal-mime");
  try {
    return await PostalMime.parse(bytes, { attachmentEncoding: "arraybuffer" });
  } catch {
    return null;
  }
}

function partOf(attachment: Attachment): MessagePart {
  const { filename, mimeType } = attachment;
  return {
    name: (filename ?? "").slice(0, 500).toWellFormed(),
    type: mimeType.slice(0, 200).toWellFormed(),
    size: contentOf(attachment).byteLength,
  };
}

function contentOf({ content }: Attachment): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : new Uint8Array(content);
}
