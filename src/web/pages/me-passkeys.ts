import { fail, failField } from "../../errors/error.ts";
import { meGet } from "../../operations/me/get.ts";
import { meAddPasskey, meRemovePasskey } from "../../operations/me/passkeys.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { type PasskeyAsk, passkeyButton } from "../parts/passkey-button.ts";
import { fill, fillText } from "../parts/shown.ts";
import { part } from "../paths.ts";
import { signInEnrolled } from "../sign-in-by.ts";

const PATH = "/me/passkeys";

/** `null` where browsers make no passkeys. */
export const mePasskeysPage = definePage<PasskeyAsk | null>({
  path: PATH,
  enrols: true,
  async load({ visit, options }) {
    const { principal, browser } = visit;
    const asked = principal && (await options.stepUp?.askToMakePasskey(visit, principal));
    if (!asked) return null;
    return { how: "make", options: asked.options, challenge: browser.conceal(asked.challenge, PATH) };
  },
  view(asked, frame) {
    const { t } = frame;
    return {
      title: t.mePasskeys.title,
      body: html`${pageHead(frame, {
        title: t.mePasskeys.title,
        crumbs: frame.me === null ? [] : [{ href: frame.link("/me"), words: t.me.title }],
        lead: t.mePasskeys.lead,
      })}
${refusalSummary(frame, labelsOf(t, meAddPasskey))}
${
  asked
    ? html`<form class="flow" method="post" action="${frame.link(PATH)}">
${operationField(frame, meAddPasskey, "name")}
<div class="form-end">${token(frame)}${passkeyButton(asked, t.mePasskeys, { primary: true })}</div>
</form>`
    : notice("info", html`<p>${t.mePasskeys.nowhere}</p>`)
}
<p><a href="${frame.link("/me/app")}">${t.mePasskeys.useApp}</a></p>`,
    };
  },
  async submit({ run, visit, options }) {
    const { form, browser } = visit;
    const name = form.get("name")?.trim() ?? "";
    const challenge = browser.unveil(form.get("challenge") ?? "", PATH);
    const made =
      challenge === null
        ? null
        : await options.stepUp?.madePasskey(visit, challenge, form.get("credential") ?? "");
    if (!made) return failField("", "no-passkey", "The browser made no passkey that can be kept.");
    const { id, publicKey, counter, transports } = made;
    await run(meAddPasskey, { id, name, publicKey, counter, transports: [...transports] });
    await signInEnrolled(visit, options);
    return { to: "/me", flash: { tone: "ok", text: "passkeyAdded", values: { name } } };
  },
});

export const mePasskeyRemovePage = definePage<{ id: string; name: string }>({
  path: `${PATH}/:id/remove`,
  async load({ run, params }) {
    const { passkeys } = await run(meGet, {});
    return passkeys.find(({ id }) => id === params["id"]) ?? fail("NOT_FOUND");
  },
  view({ id, name }, frame) {
    const { t } = frame;
    return {
      title: fillText(t.mePasskeys.removeTitle, { name }),
      body: confirmation(
        { ...frame, reviews: false },
        {
          path: `${PATH}/${part(id)}/remove`,
          crumbs: [{ href: frame.link("/me"), words: t.me.title }],
          title: fill(t.mePasskeys.removeTitle, { name }),
          words: t.mePasskeys.removeText,
          button: t.me.remove,
          destroys: true,
          wayOut: { href: frame.link("/me"), words: t.frame.cancel },
        },
      ),
    };
  },
  async submit({ run, params }) {
    await run(meRemovePasskey, { id: params["id"] });
    return { to: "/me", flash: { tone: "ok", text: "passkeyRemoved" } };
  },
});
