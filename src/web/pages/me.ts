import type { Static } from "../../kernel/schema.ts";
import { meGet } from "../../operations/me/get.ts";
import { meEndSessions, meSetLanguage } from "../../operations/me/set.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { choice } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { postButton, token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { part } from "../paths.ts";
import { LANGUAGE_COOKIE } from "../text/language.ts";

type Me = Static<typeof meGet.output>;

/** Who one is, and how one signs in. */
export const mePage = definePage<Me>({
  path: "/me",
  load: ({ run }) => run(meGet, {}),
  view(me, frame) {
    const { t } = frame;
    return {
      title: t.me.title,
      body: html`${pageHead(frame, { title: t.me.title })}
${flashOf(frame)}${refusalSummary(frame, {})}
${facts(whoPairs(me, frame))}
<section class="flow" aria-labelledby="factors"><h2 id="factors" class="sec">${t.me.factors}</h2><p>${t.me.factorsText}${me.demanded && html` <strong>${t.me.demanded}</strong>`}</p>
${factorNotices(me, frame)}
<div class="acts">${app(me, frame)}${passkeys(me, frame)}${recovery(me, frame)}</div></section>
<section class="flow" aria-labelledby="more"><h2 id="more" class="sec">${t.me.rest}</h2>
<div class="acts">${ofPerson(me, frame)}${keys(frame)}
${act(t.me.everywhere, t.me.everywhereText, postButton(frame, "/me/sign-out-everywhere", t.me.everywhere, { looks: "btn danger", review: false }))}</div></section>`,
    };
  },
});

export const meLanguagePage = definePage({
  path: "/me/language",
  back: () => "/me",
  async submit({ run, visit }) {
    const language = visit.form.get("language") ?? "";
    await run(meSetLanguage, { language });
    if (language !== "") visit.browser.prefer(LANGUAGE_COOKIE, language);
    return { to: "/me", flash: { tone: "ok", text: "languageSet" } };
  },
});

export const meEverywherePage = definePage({
  path: "/me/sign-out-everywhere",
  back: () => "/me",
  async submit({ run, visit }) {
    await run(meEndSessions, {});
    visit.browser.signOut();
    return { to: "/sign-in", flash: { tone: "ok", text: "signedOutEverywhere" } };
  },
});

function whoPairs(me: Me, frame: Frame): Parameters<typeof facts>[0] {
  const { t } = frame;
  const { name, fullName, role, lastSignInAt, validUntil, networks } = me;
  return [
    [
      t.signIn.name,
      html`${shown(name)}${fullName !== "" && html` <span class="mute">${shown(fullName)}</span>`}`,
    ],
    [t.me.role, t.me.roles[role]],
    role !== "owner" && [t.me.lastSignIn, lastSignInAt === "" ? t.me.never : moment(frame, lastSignInAt)],
    validUntil !== "" && [t.me.validUntil, validUntil],
    networks.length > 0 && [t.me.networks, html`<span class="mono">${networks.join(t.listComma)}</span>`],
  ];
}

function factorNotices(me: Me, { t }: Frame): Html | null {
  const has = me.authenticator || me.passkeys.length > 0;
  if (!has) return notice(me.demanded ? "bad" : "info", html`<p>${t.me.none}</p>`);
  return me.recoveryLeft === 0 ? notice("warn", html`<p>${t.me.noRecovery}</p>`) : null;
}

function app({ authenticator }: Me, frame: Frame): Html {
  const { t } = frame;
  const words = authenticator ? t.me.setUpAgain : t.me.setUp;
  return act(
    t.me.app,
    authenticator ? t.me.appOn : t.me.appOff,
    html`<a class="btn" href="${frame.link("/me/app")}">${words}</a>${
      authenticator && html` <a class="btn danger" href="${frame.link("/me/app/remove")}">${t.me.remove}</a>`
    }`,
  );
}

function passkeys(me: Me, frame: Frame): Html {
  const { t } = frame;
  return html`${act(
    t.me.passkeys,
    me.passkeys.length === 0 ? t.me.noPasskeys : String(me.passkeys.length),
    html`<a class="btn" href="${frame.link("/me/passkeys")}">${t.me.addPasskey}</a>`,
  )}${me.passkeys.map(({ id, name, createdAt, lastUsedAt }) =>
    act(
      shown(name),
      html`${t.me.made}: ${moment(frame, createdAt)} · ${t.me.lastUsed}: ${lastUsedAt === "" ? t.me.never : moment(frame, lastUsedAt)}`,
      html`<a class="btn danger" href="${frame.link(`/me/passkeys/${part(id)}/remove`)}">${t.me.remove}</a>`,
    ),
  )}`;
}

function recovery(me: Me, frame: Frame): Html | false {
  const { t } = frame;
  if (!me.authenticator && me.passkeys.length === 0) return false;
  return act(
    t.me.recovery,
    t.me.recoveryLeft(me.recoveryLeft),
    html`<a class="btn" href="${frame.link("/me/codes")}">${t.me.newCodes}</a>`,
  );
}

/** Owners of accounts have the password and the language of their mailbox. */
function ofPerson(me: Me, frame: Frame): Html | false {
  const { t } = frame;
  if (me.role === "owner") return false;
  return html`${act(
    t.me.password,
    t.me.passwordText,
    html`<a class="btn" href="${frame.link("/me/password")}">${t.me.changePassword}</a>`,
  )}<div><form class="row" method="post" action="${frame.link("/me/language")}">${choice(
    frame,
    "language",
    t.me.language,
    [
      { value: "", words: t.me.languages.browser },
      { value: "en", words: t.me.languages.en },
      { value: "ja", words: t.me.languages.ja },
    ],
    { value: me.language },
  )}${token(frame)}<button class="btn">${t.me.save}</button></form></div>`;
}

function keys(frame: Frame): Html | false {
  const { t, may } = frame;
  if (!may.use("apiKey.list")) return false;
  return act(
    t.me.keys,
    t.me.keysText,
    html`<a class="btn" href="${frame.link("/api-keys")}">${t.me.keysLink}</a>`,
  );
}

function act(title: string | Html, words: string | Html, action: Html): Html {
  return html`<div><div><h3>${title}</h3><p>${words}</p></div><div class="row">${action}</div></div>`;
}
