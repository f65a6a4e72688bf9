import type { Static } from "../../kernel/schema.ts";
import { serviceExplain } from "../../operations/service/explain.ts";
import {
  serviceFetchNow,
  serviceFlushQueue,
  serviceRestart,
  serviceStop,
} from "../../operations/service/orders.ts";
import { serviceStatus } from "../../operations/service/status.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { confirmation } from "../parts/confirm.ts";
import { operationField } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { formEnd, postButton } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { fetchPage } from "../rows/fetch-page.ts";

export interface ServiceData {
  readonly status: Static<typeof serviceStatus.output>;
  readonly start: Static<typeof serviceExplain.output>;
}

const PATH = "/service";

export const servicePage = definePage<ServiceData>({
  path: PATH,
  load: async ({ run }) => ({
    status: await run(serviceStatus, {}),
    start: await run(serviceExplain, {}),
  }),
  view({ status, start }, frame) {
    const { t } = frame;
    const words = t.service;
    return {
      title: words.title,
      body: html`${pageHead(frame, { title: words.title, lead: words.lead })}
${flashOf(frame)}
${facts([
  [words.state, stateOf(status, frame)],
  status.version !== null && [words.version, shown(status.version)],
])}
${refusalSummary(frame, {})}
${orders(status, frame)}
<section class="flow" aria-labelledby="start"><h2 id="start">${words.start}</h2><p class="mute">${words.startLead}</p>
${
  status.startLine === null
    ? notice("info", html`<p>${words.startUnknown}</p>`)
    : facts([[words.line, html`<span class="mono">${shown(start.line)}</span>`]])
}
<p><a class="btn" href="${frame.link(`${PATH}/start`)}">${words.compose}</a></p></section>`,
    };
  },
});

function stateOf({ reachable, mode }: ServiceData["status"], { t }: Frame): Html {
  if (mode === "tab") return badge("held", t.service.stopped);
  return reachable ? badge("ok", t.service.running) : badge("bad", t.service.silent);
}

function orders({ orders: can, restart }: ServiceData["status"], frame: Frame): Html {
  const { t, may } = frame;
  const words = t.service;
  const way = (path: string, label: string, looks = "btn") =>
    html`<a class="${looks}" href="${frame.link(path)}">${label}</a>`;
  const given: readonly (readonly [Html, string] | false)[] = [
    can &&
      may.use(serviceFetchNow.name) && [
        postButton(frame, `${PATH}/fetch`, words.fetch, { review: false }),
        words.fetchText,
      ],
    can && may.use(serviceFlushQueue.name) && [way(`${PATH}/flush`, asks(words.flush)), words.flushText],
    restart &&
      may.use(serviceRestart.name) && [way(`${PATH}/restart`, asks(words.restart)), words.restartText],
    can && may.use(serviceStop.name) && [way(`${PATH}/stop`, asks(words.stop), "btn danger"), words.stopText],
  ];
  const shownOrders = given.filter((one) => one !== false);
  return html`<section class="flow" aria-labelledby="orders"><h2 id="orders">${words.orders}</h2>
${
  shownOrders.length > 0 &&
  html`<div class="acts">${shownOrders.map(([button, text]) => html`<div><p>${text}</p>${button}</div>`)}</div>`
}
${!restart && html`<p class="mute">${words.restartNone}</p>`}</section>`;
}

/** A question follows. */
function asks(words: string): string {
  return `${words}…`;
}

export const serviceFetchPage = fetchPage(PATH);

export const serviceFlushPage = definePage<null>({
  path: `${PATH}/flush`,
  load: async () => null,
  view(_, frame) {
    const { t } = frame;
    const words = t.service;
    return {
      title: words.flush,
      body: html`${pageHead(frame, {
        title: words.flush,
        lead: words.flushText,
        crumbs: [{ href: frame.link(PATH), words: words.title }],
      })}
${refusalSummary(frame, { recipients: t.fields.recipients.label })}
<form class="flow" method="post" action="${frame.link(`${PATH}/flush`)}">
${operationField(frame, serviceFlushQueue, "recipients")}
${formEnd(frame, words.flush, { href: frame.link(PATH), words: t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, visit }) {
    const recipients = (visit.form.get("recipients") ?? "").trim();
    await run(serviceFlushQueue, { recipients });
    return { to: PATH, flash: { tone: "ok", text: "queueFlushed", values: { name: recipients } } };
  },
});

export const serviceStopPage = questionPage("stop");
export const serviceRestartPage = questionPage("restart");

function questionPage(verb: "stop" | "restart") {
  const path = `${PATH}/${verb}`;
  return definePage<null>({
    path,
    load: async () => null,
    view(_, frame) {
      const words = frame.t.service;
      const stops = verb === "stop";
      return {
        title: stops ? words.stopQuestion : words.restartQuestion,
        body: confirmation(frame, {
          crumbs: [{ href: frame.link(PATH), words: words.title }],
          title: stops ? words.stopQuestion : words.restartQuestion,
          words: stops ? words.stopText : words.restartText,
          path,
          typed: verb,
          button: stops ? words.stop : words.restart,
          wayOut: { href: frame.link(PATH), words: frame.t.frame.cancel },
          destroys: true,
        }),
      };
    },
    async submit({ run, visit }) {
      const confirm = (visit.form.get("confirm") ?? "").trim();
      await run(verb === "stop" ? serviceStop : serviceRestart, { confirm });
      const text = verb === "stop" ? "serviceStopped" : "serviceRestarted";
      return { to: PATH, flash: { tone: "ok", text } };
    },
  });
}
