import type { Static } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import type { accountList } from "../../operations/account/list.ts";
import { type Html, html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { accountPath } from "../paths.ts";
import { empty } from "./empty.ts";
import { flashOf } from "./flash.ts";
import { pageHead } from "./page-head.ts";
import { shown } from "./shown.ts";
import { table } from "./table.ts";

type Lists = Static<typeof accountList.output>["items"];

/** Where people land who look after no domain: the owner of a mailbox, or who runs mailing lists. */
export function landing(frame: Frame, lists: Lists | null): Screen {
  const { t } = frame;
  return {
    title: t.overview.title,
    body: html`${pageHead(frame, { title: t.overview.title })}
${flashOf(frame)}
${mailboxPanel(frame)}
${lists && listsOf(frame, lists)}`,
  };
}

function mailboxPanel(frame: Frame): Html | null {
  const { t, mailbox, may } = frame;
  if (!mailbox) return null;
  const here = accountPath(mailbox);
  const on = accountTarget(mailbox);
  const links = [
    { path: here, words: t.landing.mailboxOpen, shows: true },
    { path: `${here}/password`, words: t.landing.password, shows: may.reach("account.setPassword", on) },
    { path: `${here}/forwarding`, words: t.landing.forwarding, shows: may.reach("forwarding.get", on) },
    { path: `${here}/vacation`, words: t.landing.vacation, shows: may.reach("vacation.get", on) },
  ].filter(({ shows }) => shows);
  return html`<section class="flow" aria-labelledby="mailbox"><h2 id="mailbox">${t.landing.mailbox}</h2><p>${shown(`${mailbox.name}@${mailbox.domain}`)}</p><ul class="lines">${links.map(
    ({ path, words }) => html`<li><a href="${frame.link(path)}">${words}</a></li>`,
  )}</ul></section>`;
}

function listsOf(frame: Frame, lists: Lists): Html {
  const { t } = frame;
  if (lists.length === 0) return empty(t.landing.noLists, t.landing.noListsText);
  return html`<section class="flow" aria-labelledby="lists"><h2 id="lists">${t.landing.lists}</h2><div class="framed">${table(
    t.landing.lists,
    [
      {
        label: t.landing.list,
        looks: "c-key",
        cell: (row: Lists[number]) =>
          html`<a href="${frame.link(accountPath(row, "/members"))}">${shown(row.address)}</a>`,
      },
      { label: t.accounts.name, cell: (row) => shown(row.realName) },
    ],
    lists,
  )}</div></section>`;
}
