import type { Static } from "../../kernel/schema.ts";
import { serviceExplain } from "../../operations/service/explain.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill } from "../parts/shown.ts";
import type { Text } from "../text/en.ts";

export type StartData = Static<typeof serviceExplain.output> | null;
type Switch = NonNullable<StartData>["switches"][number];

const PATH = "/service/start";

/** A form that only asks: all switches, and the texts that a start line becomes. */
export const serviceStartPage = definePage<StartData>({
  path: PATH,
  async load({ run, visit }) {
    const now = await run(serviceExplain, {});
    const line = lineFrom(visit.query, now.switches);
    return line === null ? now : run(serviceExplain, { line });
  },
  refused: () => null,
  view(data, frame) {
    const { t } = frame;
    const words = t.service;
    return {
      title: words.start,
      body: html`${pageHead(frame, {
        title: words.start,
        lead: words.composeLead,
        crumbs: [{ href: frame.link("/service"), words: words.title }],
      })}
${refusalSummary(frame, { line: words.line }, { changes: false })}
${data && texts(data, frame)}${data && composer(data, frame)}`,
    };
  },
});

/** `null` when nothing was filled in yet. */
function lineFrom(query: URLSearchParams, switches: readonly Switch[]): string | null {
  if (!query.has("compose")) return null;
  return switches
    .flatMap(({ flag, takes, many }) => {
      const given = (query.get(flag) ?? "").trim();
      if (given === "") return [];
      if (takes === "nothing") return [flag];
      const values = many ? given.split(/\s+/) : [given.replace(/\s+/g, "")];
      return values.map((value) => `${flag} ${value}`);
    })
    .join(" ");
}

function texts(data: NonNullable<StartData>, { t }: Frame): Html {
  const words = t.service;
  const block = (title: string, text: string) =>
    html`<h2>${title}</h2><div class="framed diff"><pre tabindex="0" role="region" aria-label="${title}">${text}</pre></div>`;
  return html`<section class="flow">${
    data.strange.length > 0 &&
    notice("warn", html`<p>${fill(words.strange, { text: data.strange.join(" ") })}</p>`)
  }${block(words.line, data.line === "" ? words.notGiven : data.line)}${block(words.environment, data.environment)}${block(words.systemd, data.systemd)}${block(words.registry, data.registry.replaceAll("\r", ""))}</section>`;
}

function composer({ switches }: NonNullable<StartData>, frame: Frame): Html {
  const { t } = frame;
  const words = t.service;
  const groups: Readonly<Record<string, string>> = words.groups;
  return html`<form class="flow" method="get" action="${frame.link(PATH)}"><input type="hidden" name="compose" value="1">
${Object.entries(groups).map(
  ([group, title]) =>
    html`<fieldset class="sec"><legend>${title}</legend>${switches
      .filter((one) => one.group === group)
      .map((one) => switchField(one, t))}</fieldset>`,
)}
<div class="form-end"><button class="btn primary">${words.composeButton}</button></div></form>`;
}

function switchField({ flag, takes, standard, many, given }: Switch, t: Text): Html {
  const words = t.service;
  const id = `f-${flag}`;
  const label = html`<span class="mono">${flag}</span> ${meaning(flag, t)}${standard !== null && ` (${words.standard.replace("{value}", standard)})`}`;
  if (takes === "nothing") {
    return html`<label class="check"><input class="tick" type="checkbox" name="${flag}" value="1"${given.length > 0 && html` checked`}><span>${label}</span></label>`;
  }
  const value = many ? given.join(" ") : (given.at(-1) ?? "");
  return html`<div class="field"><label for="${id}">${label}</label><div class="control"><input id="${id}" name="${flag}" maxlength="200" autocomplete="off" spellcheck="false"${takes === "number" && html` inputmode="numeric" class="short num"`}${value !== "" && html` value="${value}"`}></div></div>`;
}

function meaning(flag: string, t: Text): string {
  const words: Readonly<Record<string, string>> = t.service.switches;
  const common = { "-": "off", "6": "ipv6", p: "port", I: "listen" } as Readonly<Record<string, string>>;
  return words[flag] ?? words[common[flag.slice(2)] ?? ""] ?? flag;
}
