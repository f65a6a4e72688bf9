import type { Static } from "../../kernel/schema.ts";
import { spoolGet, spoolRaw } from "../../operations/spool/look.ts";
import { type Html, html } from "../html.ts";
import { definePage } from "../page.ts";
import { emlFile } from "../parts/eml-file.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { nextWords, stateBadge } from "../parts/spool-words.ts";
import { part } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

export type QueueMessageData = Static<typeof spoolGet.output>;

/** One message: envelope, headers and tries. Its text is other people's. */
export const queueMessagePage = definePage<QueueMessageData>({
  path: "/queue/messages/:message",
  load: ({ run, params: { message = "" } }) => run(spoolGet, { message }),
  view(message, frame) {
    const { t } = frame;
    const { queue } = t;
    const { subject, from, to, auth, ip, number, size, since, status, tries, reason, kind, headers, log } =
      message;
    const or = (text: string, none: string) => (text === "" ? none : shown(text));
    return {
      title: queue.message,
      body: html`${pageHead(frame, {
        title: or(subject, queue.empty),
        lead: html`${stateBadge(t, status)} ${nextWords(frame, message)}`,
        crumbs: [{ href: frame.link("/queue"), words: queue.title }],
        actions: [
          frame.may.reach("spool.raw") &&
            html`<a class="btn" href="${frame.link(`/queue/messages/${part(message.message)}/mail.eml`)}">${queue.eml}</a>`,
        ],
      })}
${facts([
  [queue.from, or(from, "<>")],
  [queue.to, shown(to)],
  [queue.auth, or(auth, queue.nobody)],
  [queue.ip, or(ip, "–")],
  [queue.since, moment(frame, since)],
  [queue.size, bytes(size)],
  [queue.number, or(number, "–")],
  [queue.tries, count(tries)],
  reason !== "" && [queue.reason, html`${shown(reason)}<br>${queue.kinds[kind]}`],
  message.rest && [queue.next, queue.signalRest],
])}
<section class="flow" aria-labelledby="log"><h2 id="log">${queue.log}</h2>
${
  log.length === 0
    ? html`<p>${queue.noLog}</p>`
    : facts(
        log.map(({ at, failures }): readonly [Html, Html] => [
          moment(frame, at),
          html`${failures.map(({ reply, server }) => html`<p>${server !== "" && html`${shown(server)}: `}${shown(reply)}</p>`)}`,
        ]),
        true,
      )
}</section>
<section class="flow" aria-labelledby="headers"><h2 id="headers">${queue.headers}</h2>
${facts(
  headers.map(({ name, value }): readonly [Html, Html] => [shown(name), shown(value)]),
  true,
)}
<p class="small mute">${queue.noBody}</p></section>`,
    };
  },
});

/** The whole mail as a file, never as a page: it may hold anything. Asks why first. */
export const queueMessageFile = definePage<null>({
  path: "/queue/messages/:message/mail.eml",
  async file({ run, params: { message = "" } }) {
    return emlFile(await run(spoolRaw, { message }));
  },
});
