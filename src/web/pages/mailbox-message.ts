import type { Static } from "../../kernel/schema.ts";
import { messageGet } from "../../operations/message/get.ts";
import { messageAttachment, messageRaw } from "../../operations/message/raw.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame, type Params } from "../page.ts";
import { notice } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { mailPath, momentOr } from "../parts/mailbox-words.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { part } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/mailboxes/:domain/:name/:message";

export interface MailboxMessageData {
  readonly domain: string;
  readonly name: string;
  readonly mail: Static<typeof messageGet.output>;
}

/**
 * One message. Its HTML was made harmless by the operation, and stands in a frame without rights all the same: no script,
 * no address of ours, and the page's own policy, under which nothing is fetched.
 */
export const mailboxMessagePage = definePage<MailboxMessageData>({
  path: PATH,
  async load({ run, params: { domain = "", name = "", message = "" } }) {
    return { domain, name, mail: await run(messageGet, { domain, name, message }) };
  },
  back: backOf,
  view({ domain, name, mail }, frame) {
    const { t } = frame;
    const { subject, from, to, date } = headsOf(mail);
    const here = mailPath({ domain, name }, `/${part(mail.message)}`);
    const or = (text: string, none: string) => (text.trim() === "" ? none : shown(text));
    return {
      title: t.mailbox.message,
      body: html`${pageHead(frame, {
        title: or(subject, t.mailbox.noSubject),
        crumbs: [{ href: frame.link(mailPath({ domain, name })), words: shown(`${name}@${domain}`) }],
        actions: [
          frame.may.use("message.raw") &&
            html`<a class="btn" href="${frame.link(`${here}/raw`)}" download>${t.mailbox.raw}</a>`,
        ],
      })}
${mail.state !== "whole" && notice("warn", html`<p>${t.mailbox[mail.state]}</p>`)}
<article class="mail"><div class="mail-head">${facts([
        [t.mailbox.from, or(from, "–")],
        [t.mailbox.to, or(to, "–")],
        [t.mailbox.date, or(date, "–")],
        [t.mailbox.arrived, momentOr(frame, mail.arrived, "–")],
        [t.mailbox.size, bytes(mail.size)],
      ])}</div>
<div class="mail-body" tabindex="0" role="region" aria-label="${t.mailbox.text}">${mail.text.trim() === "" ? t.mailbox.noText : bodyText(mail.text)}</div></article>
${mail.html !== null && htmlPart(frame, mail)}
${mail.attachments.length > 0 && attachments(frame, here, mail)}
<section class="flow" aria-labelledby="headers"><h2 id="headers">${t.mailbox.headers}</h2>
${facts(
  mail.headers.map((one): readonly [Html, Html] => [shown(one.name), shown(one.value)]),
  true,
)}</section>`,
    };
  },
});

/** The whole file, to be kept; never shown by the browser. */
export const mailboxRawPage = definePage({
  path: `${PATH}/raw`,
  back: backOf,
  async file({ run, params: { domain = "", name = "", message = "" } }) {
    const { content } = await run(messageRaw, { domain, name, message });
    const called = safeName(`${name}-${message}`, "message");
    return { name: `${called}.eml`, type: "application/octet-stream", text: Buffer.from(content, "base64") };
  },
});

/** An attachment under a name that is safe to keep, as bytes of no kind. */
export const mailboxAttachmentPage = definePage({
  path: `${PATH}/attachments/:place`,
  back: backOf,
  async file({ run, params: { domain = "", name = "", message = "", place = "" } }) {
    const wanted = /^\d{1,3}$/.test(place) ? Number(place) : -1;
    const found = await run(messageAttachment, { domain, name, message, place: wanted });
    return {
      name: safeName(found.name, `attachment-${wanted + 1}`),
      type: "application/octet-stream",
      text: Buffer.from(found.content, "base64"),
    };
  },
});

function backOf({ domain = "", name = "" }: Params): string {
  return mailPath({ domain, name });
}

/** The last part of a path, letters of ASCII, no dot in front: what no system reads as anything but a name. */
export function safeName(name: string, otherwise: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(last)?.[0] ?? "";
  const plain = last.slice(0, last.length - ending.length).replace(/[^A-Za-z0-9.]+/g, "-");
  const stem = plain
    .replace(/^[.-]+/, "")
    .slice(0, 80)
    .replace(/[.-]+$/, "");
  return `${stem === "" ? otherwise : stem}${ending}`;
}

function headsOf({ headers }: MailboxMessageData["mail"]) {
  const first = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? "";
  return { subject: first("subject"), from: first("from"), to: first("to"), date: first("date") };
}

/** Line by line: what cannot be seen is written out, but for the ends of lines. */
function bodyText(text: string): Html {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n");
  return html`${lines.map((line) => html`${shown(line)}\n`)}`;
}

function htmlPart({ t }: Frame, mail: MailboxMessageData["mail"]): Html {
  const page = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><body>${mail.html}`;
  return html`<section class="flow" aria-labelledby="html"><h2 id="html">${t.mailbox.html}</h2>
<p class="small mute">${t.mailbox.htmlHelp} ${mail.leftOut > 0 && fillText(t.mailbox.leftOut, { count: count(mail.leftOut) })}</p>
<iframe class="mail-frame" sandbox="" referrerpolicy="no-referrer" title="${t.mailbox.frame}" srcdoc="${page}"></iframe>
${mail.links.length > 0 && html`<h3>${t.mailbox.links}</h3><p class="small mute">${t.mailbox.linksHelp}</p><ul class="lines">${mail.links.map((link) => html`<li><code>${shown(link)}</code></li>`)}</ul>`}</section>`;
}

type Attachment = MailboxMessageData["mail"]["attachments"][number] & { readonly place: number };

function attachments(frame: Frame, here: string, mail: MailboxMessageData["mail"]): Html {
  const { t } = frame;
  const rows = mail.attachments.map((one, place): Attachment => ({ ...one, place }));
  return html`<section class="flow" aria-labelledby="attachments"><h2 id="attachments">${t.mailbox.attachments}</h2>
<p class="small mute">${t.mailbox.attachmentHelp}</p>
${table<Attachment>(
  t.mailbox.attachments,
  [
    {
      label: t.mailbox.attachments,
      looks: "c-key c-wide",
      cell: ({ name }) => (name === "" ? t.mailbox.noName : shown(name)),
    },
    { label: t.mailbox.type, cell: ({ type }) => shown(type) },
    { label: t.mailbox.size, looks: "num", cell: ({ size }) => bytes(size) },
    {
      label: t.mailbox.download,
      looks: "c-act",
      cell: ({ place, name }) =>
        frame.may.use("message.attachment")
          ? html`<a class="btn" href="${frame.link(`${here}/attachments/${place}`)}" download>${t.mailbox.download} <span class="vh">${shown(name)}</span></a>`
          : null,
    },
  ],
  rows,
)}</section>`;
}
