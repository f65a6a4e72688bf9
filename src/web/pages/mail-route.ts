import type { Static } from "../../kernel/schema.ts";
import { aliasExplain } from "../../operations/alias/explain.ts";
import { mailExplain } from "../../operations/mail/explain.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { field, fieldWords, labelsOf, operationField, schemaAttributes } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { mailJourney } from "../parts/mail-journey.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";

type Route = Static<typeof aliasExplain.output>;
type Step = Route["steps"][number];

export interface MailRouteData {
  readonly address: string;
  /** `null` before anything was asked. */
  readonly route: Route | null;
  /** What was asked about a whole mail, and the answer. */
  readonly mail?: Mail | null;
}

interface Mail {
  readonly sender: string;
  readonly client: string;
  readonly account: string;
  readonly told: Static<typeof mailExplain.output> | null;
}

const PATH = "/mail-route";
/** Beside the recipient; the client is what makes it a whole mail. */
const WHOLE = ["sender", "client", "account"] as const;

export const mailRoutePage = definePage<MailRouteData>({
  path: PATH,
  async load({ run, visit }) {
    const typed = typedIn(visit.query);
    if (!visit.query.has("address")) return { address: "", route: null };
    const input = inputFrom(visit.query, ["address"]);
    // Refuses what is no address, in the words of this form.
    const route = await run(aliasExplain, input);
    const { address = "" } = input;
    if (typed.client === "") return { address, route };
    const mail = { ...inputFrom(visit.query, [], WHOLE), recipient: address };
    return { address, route, mail: { ...typed, told: await run(mailExplain, mail) } };
  },
  refused: ({ visit }) => ({
    address: visit.query.get("address") ?? "",
    route: null,
    mail: { ...typedIn(visit.query), told: null },
  }),
  view({ address, route, mail = null }, frame) {
    const { t } = frame;
    return {
      title: t.mailRoute.title,
      body: html`${pageHead(frame, { title: t.mailRoute.title, lead: t.mailRoute.lead })}
${refusalSummary(frame, { ...labelsOf(t, mailExplain), ...labelsOf(t, aliasExplain) }, { changes: false })}
<form class="flow" method="get" action="${frame.link(PATH)}">
${operationField(frame, aliasExplain, "address", {
  value: address,
  more: { inputmode: "email", autofocus: route === null && !frame.refusal },
})}
${frame.may.reach(mailExplain.name) && wholeMail(frame, mail)}
<div class="form-end"><button class="btn primary">${t.mailRoute.button}</button></div>
</form>
${mail?.told ? mailJourney(frame, mail.told, address) : route && answer(route, frame)}`,
    };
  },
});

function typedIn(query: URLSearchParams): Omit<Mail, "told"> {
  const { sender = "", client = "", account = "" } = inputFrom(query, [], WHOLE);
  return { sender, client, account };
}

/** Server's business: tables of all domains are asked. */
function wholeMail(frame: Frame, mail: Mail | null): Html {
  const { mailJourney: words } = frame.t;
  return html`<fieldset class="sec"><legend>${words.whole}<small>${words.wholeText}</small></legend>
${WHOLE.map((name) => {
  const { label, help } = fieldWords(frame.t, mailExplain.name, name);
  return field(frame, name, label, {
    help,
    value: mail?.[name] ?? "",
    more: schemaAttributes(mailExplain, name),
  });
})}</fieldset>`;
}

function answer(route: Route, frame: Frame): Html {
  const { t } = frame;
  const { address, reaches, steps } = route;
  const local = steps.some(({ asks }) => asks === "account");
  const tone = reaches !== null ? "ok" : "warn";
  const sentence = reaches !== null ? t.mailRoute.reaches : local ? t.mailRoute.nobody : t.mailRoute.notHere;
  const words = reaches !== null ? null : local ? t.mailRoute.nobodyText : t.mailRoute.notHereText;
  return html`<section class="verdict" aria-labelledby="answer" aria-live="polite">
<div class="verdict-line is-${tone}"><h2 id="answer">${fill(sentence, { address, target: accountLink(reaches ?? "", frame) })}</h2></div>
${words !== null && html`<div class="finding"><span class="dot is-warn" aria-hidden="true"></span><div><p>${words}</p></div></div>`}
</section>
<section class="flow" aria-labelledby="steps"><h2 id="steps">${t.mailRoute.steps}</h2>
<ol class="steps">${steps.map(
    (step) =>
      html`<li${step.found !== null && html` class="done"`}><span>${stepWords(step, frame)}</span><small>${t.mailRoute.asks[step.asks]}</small></li>`,
  )}</ol></section>`;
}

function stepWords({ asks, found }: Step, { t }: Frame): Html | string {
  const words = t.mailRoute;
  switch (asks) {
    case "domain":
      return found === null ? words.domainNot : fill(words.domainFound, { found });
    case "account":
      return found === null ? words.accountNot : fill(words.accountFound, { found });
    case "alias":
      return found === null ? words.aliasNot : fill(words.aliasFound, { found });
    case "domain-alias": {
      if (found === null) return words.domainAliasNot;
      const at = found.indexOf(" = ");
      return fill(words.domainAliasFound, { alias: found.slice(0, at), domain: found.slice(at + 3) });
    }
  }
}

function accountLink(address: string, frame: Frame): Html {
  const at = address.lastIndexOf("@");
  const name = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (at < 1 || !frame.may.reach("account.get", { kind: "account", domain, name })) return shown(address);
  return html`<a href="${frame.link(accountPath({ domain, name }))}">${shown(address)}</a>`;
}
