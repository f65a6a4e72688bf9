import { hasCode } from "../../errors/error.ts";
import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { accountFactors } from "../../operations/account/factors.ts";
import { accountGet } from "../../operations/account/get.ts";
import { accountSetVariables } from "../../operations/account/set-variables.ts";
import { aliasList } from "../../operations/alias/list.ts";
import type { AuditRow } from "../../operations/audit/rows.ts";
import { sameName } from "../../xmail/names.ts";
import { changesOf, requireSameState, settingOf, wantedSettings } from "../account-settings.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { accountState, fillOf } from "../parts/account-state.ts";
import { bar } from "../parts/bar.ts";
import { dangerZone } from "../parts/danger-zone.ts";
import { notice } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { looksInto, looksPanel } from "../parts/mailbox-looks.ts";
import { moment } from "../parts/moment.ts";
import { openSettings, settingLabel, settingsForm } from "../parts/settings-form.ts";
import { fill, fillText, shown, visible } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

type Account = Static<typeof accountGet.output>;
type Factors = Static<typeof accountFactors.output>;

export interface AccountData {
  readonly account: Account;
  /** Aliases that lead to it; `null` when the person may not see aliases. */
  readonly aliases: readonly { readonly alias: string; readonly domain: string }[] | null;
  /** Who opened its mail; absent when the person may not know. */
  readonly looks?: readonly AuditRow[] | null;
  /** What its owner is asked for after his password; absent when the person may not know. */
  readonly factors?: Factors | null;
}

export const accountPage = definePage<AccountData>({
  path: "/accounts/:domain/:name",
  async load(ask) {
    const account = await ask.run(accountGet, ask.params);
    const looks = account.kind === "user" ? await looksInto(ask, account) : null;
    return { account, aliases: await aliasesOf(ask, account), looks, factors: await factorsOf(ask, account) };
  },
  view({ account, aliases, looks, factors = null }, frame) {
    const { t, may } = frame;
    const mine = domainTarget(account.domain);
    return {
      title: visible(account.address),
      body: html`${accountHead(frame, account, "settings")}
<div class="split">
<div class="flow">${
        may.reach("account.setVariables", mine)
          ? settingsForm(frame, account)
          : notice("info", html`<p>${t.settings.readOnly}</p>`)
      }</div>
<div class="flow">${nowPanel(frame, account, factors)}${aliases && aliasPanel(frame, account, aliases)}${looks && looksPanel(frame, account, looks)}</div>
</div>
${dangers(frame, account, factors)}`,
    };
  },
  editable: ({ account }, t) =>
    openSettings(account).map((setting) => ({
      name: setting,
      label: settingLabel(t, setting),
      value: settingOf(account.variables, setting) ?? "",
    })),
  wanted: wantedSettings,
  async submit({ run, params, visit }) {
    const account = await run(accountGet, params);
    requireSameState(visit.form, account.suspended);
    const { set, unset } = changesOf(visit.form, openSettings(account));
    const to = accountPath(account);
    if (set.length === 0 && unset.length === 0) return { to, flash: { tone: "ok", text: "unchanged" } };
    const { domain, name } = account;
    await run(accountSetVariables, { domain, name, set, unset });
    return { to, flash: { tone: "ok", text: "saved", values: { name: account.address } } };
  },
});

/** More than these are behind a link. */
const MOST_ALIASES = 50;

async function aliasesOf({ run, may }: Ask, { address }: Account): Promise<AccountData["aliases"]> {
  if (!may.use("alias.list")) return null;
  try {
    const { items } = await run(aliasList, { search: address, limit: MOST_ALIASES });
    return items.filter(({ target }) => sameName(target, address));
  } catch (error) {
    // A name longer than a search may be: the account is still worth showing.
    if (hasCode(error, "INVALID_INPUT")) return null;
    throw error;
  }
}

/** Not known where nobody but the host keeps people. */
async function factorsOf({ run, may }: Ask, { domain, name, kind }: Account): Promise<Factors | null> {
  if (kind !== "user" || !may.reach("account.factors", domainTarget(domain))) return null;
  return run(accountFactors, { domain, name }).catch((error: unknown) => {
    if (hasCode(error, "BAD_CONFIG")) return null;
    throw error;
  });
}

function factorWords({ t }: Frame, { totp, passkeys }: Factors): string {
  const words = [totp && t.person.totp, passkeys > 0 && t.person.passkeys(passkeys)].filter(
    (one) => one !== false,
  );
  return words.length === 0 ? t.person.noFactor : words.join(t.listComma);
}

function nowPanel(frame: Frame, account: Account, factors: Factors | null): Html {
  const { t } = frame;
  const { mailbox, services, kind, lastLogin } = account;
  const full = fillOf(account);
  const able = [
    services.receive && t.account.receive,
    kind === "user" && services.pop && t.account.pop,
    kind === "user" && services.send && t.account.send,
  ].filter((word) => word !== false);
  return html`<section class="panel" aria-labelledby="now"><h2 id="now">${t.account.now}</h2>${facts([
    [t.account.state, accountState(t, account)],
    [t.account.type, t.accounts.types[kind]],
    [t.account.services, able.length === 0 ? t.account.nothing : able.join(t.listComma)],
    kind === "user" && [
      t.account.mailbox,
      mailbox.limitBytes === null
        ? html`${bytes(mailbox.bytes)}, ${t.account.noLimit}`
        : html`${fillText(t.accounts.ofLimit, { used: bytes(mailbox.bytes), limit: bytes(mailbox.limitBytes) })}${bar(full ?? 0)}`,
    ],
    kind === "user" && [t.account.messages, count(mailbox.messages)],
    kind === "user" && [
      t.account.lastSignIn,
      lastLogin
        ? fill(t.account.from, { when: moment(frame, lastLogin.at), address: lastLogin.address })
        : t.account.never,
    ],
    factors !== null && [t.person.factors, factorWords(frame, factors)],
  ])}</section>`;
}

function aliasPanel(frame: Frame, account: Account, aliases: NonNullable<AccountData["aliases"]>): Html {
  const { t, may } = frame;
  const add = may.reach("alias.add", domainTarget(account.domain));
  return html`<section class="panel" aria-labelledby="aliases"><h2 id="aliases">${t.account.aliases}</h2>${
    aliases.length === 0
      ? html`<p class="mute small">${t.account.noAliases}</p>`
      : html`<ul class="lines">${aliases.map(({ alias, domain }) => html`<li>${shown(`${alias}@${domain}`)}</li>`)}</ul>`
  }<p class="row small">${add && html`<a href="${frame.link("/add-alias", { domain: account.domain, target: account.name })}">${t.account.addAlias}</a>`}${
    aliases.length > 0 &&
    html`<a href="${frame.link("/aliases", { search: account.address })}">${t.account.allAliases}</a>`
  }</p></section>`;
}

function dangers(frame: Frame, account: Account, factors: Factors | null): Html | null {
  const { t, may } = frame;
  const mine = domainTarget(account.domain);
  const here = accountPath(account);
  return dangerZone(t.account.danger, [
    !account.suspended &&
      may.reach("account.suspend", mine) && {
        title: t.account.suspendTitle,
        words: t.account.suspendText,
        action: html`<a class="btn danger" href="${frame.link(`${here}/suspend`)}">${t.account.suspend}</a>`,
      },
    factors !== null &&
      (factors.totp || factors.passkeys > 0) &&
      may.reach("account.resetFactors", mine) && {
        title: t.person.factorsTitle,
        words: t.person.factorsText,
        action: html`<a class="btn danger" href="${frame.link(`${here}/reset-factors`)}">${t.person.factorsTitle}</a>`,
      },
    may.reach("account.remove", mine) && {
      title: t.account.removeTitle,
      words: t.account.removeText,
      action: html`<a class="btn danger" href="${frame.link(`${here}/remove`)}">${t.account.remove}</a>`,
    },
  ]);
}
