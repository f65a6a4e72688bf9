import type { Static } from "../../kernel/schema.ts";
import { accessExplain } from "../../operations/access/explain.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Frame } from "../page.ts";
import { operationField } from "./field.ts";
import { fill, fillText } from "./shown.ts";

type Explanation = Static<typeof accessExplain.output>;
type Ruling = Explanation["rulings"][number];
type Service = "smtp" | "pop3" | "ctrl" | "finger";

/** What is asked of which service; `fields` are those that people fill in. */
export interface Question {
  readonly service: Service;
  readonly fields: readonly ("address" | "host")[];
}

/** The answer to the question in the address of the page; `null` when there is none. */
export async function answerTo(ask: Ask, { service, fields }: Question): Promise<Explanation | null> {
  const { visit, params } = ask;
  if (!visit.query.has("address")) return null;
  const { domain, name } = params;
  const account = domain !== undefined && name !== undefined ? { domain, name } : {};
  const [required, ...optional] = fields;
  const input = inputFrom(visit.query, required === undefined ? [] : [required], optional);
  return ask.run(accessExplain, { ...input, ...account, service } as never);
}

/** Which rule decides about a client? With the answer, if it was asked. */
export function accessQuestion(
  frame: Frame,
  path: string,
  { fields }: Question,
  explanation: Explanation | null,
): Html | null {
  const { t, may } = frame;
  if (!may.use(accessExplain.name)) return null;
  const asked = new URLSearchParams(frame.here.split("?")[1] ?? "");
  const value = (name: string) => (explanation ? (asked.get(name) ?? "") : "");
  return html`<section class="panel" aria-labelledby="question"><h2 id="question">${t.access.ask}</h2>
<form class="flow" method="get" action="${frame.link(path)}">
${fields.map((name) =>
  operationField(frame, accessExplain, name, {
    value: name === "address" && explanation ? explanation.address : value(name),
    more: { spellcheck: "false", autocapitalize: "none" },
  }),
)}
<div class="form-end"><button class="btn">${t.access.button}</button></div>
</form>
${explanation && answer(explanation, frame)}</section>`;
}

function answer(explanation: Explanation, frame: Frame): Html {
  const { t } = frame;
  const { decision, address, rulings, whiteListed, relays } = explanation;
  const smtp = rulings.some(({ table }) => table === "relay");
  const tone = { allow: "ok", deny: "bad", authenticated: "warn", delay: "warn" }[decision];
  const admitted = smtp && decision !== "deny";
  return html`<div class="flash is-${tone}" role="status"><span class="dot is-${tone}" aria-hidden="true"></span><div><p><strong>${fill(t.access.decisions[decision], { address })}</strong>${
    decision === "delay" && html` (${fillText(t.access.seconds, { seconds: String(explanation.seconds) })})`
  }</p>${whiteListed && html`<p>${t.access.whiteListed}</p>`}${admitted && html`<p>${relays ? t.access.relays : t.access.noRelay}</p>`}</div></div>
${rulings.map((ruling) => html`<div><h3 class="small">${t.access.tables[ruling.table]}</h3>${rulingWords(ruling, frame)}</div>`)}`;
}

function rulingWords(ruling: Ruling, frame: Frame): Html {
  const { t } = frame;
  const { decides, file, lost, unknown } = ruling;
  return html`${
    decides
      ? html`<p>${fill(t.access.decides, { name: decides.name, says: saysWords(ruling.table, decides.says, frame) })}</p><p class="small mute">${fill(t.access.place, { file, line: String(decides.line) })}</p>`
      : html`<p class="mute">${t.access.none}</p>`
  }${lost.map(
    (rule) =>
      html`<p class="small">${fill(t.access.lost, { name: rule.name, line: String(rule.line), says: saysWords(ruling.table, rule.says, frame) })}</p>`,
  )}${unknown.map((line) => html`<p class="small">${fillText(t.access.unknown, { line: String(line) })}</p>`)}`;
}

function saysWords(table: Ruling["table"], says: string, { t }: Frame): string {
  const { says: words, seconds } = t.access;
  if (table === "spammer") {
    const code = Number(says);
    return code > 0
      ? words.cut
      : code === 0
        ? words.authenticated
        : fillText(seconds, { seconds: String(-code) });
  }
  return says === "allow" ? words.allow : says === "deny" ? words.deny : says;
}
