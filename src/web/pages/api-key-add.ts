import type { Static } from "../../kernel/schema.ts";
import { apiKeyAdd } from "../../operations/api-key/api-key.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { shown } from "../parts/shown.ts";
import { inputOfForm } from "../schema-input.ts";

const PATH = "/add-api-key";
const WHAT = ["allow", "domains", "accounts", "dryRunOnly"] as const;
const WHERE = ["validUntil", "networks"] as const;

export interface ApiKeyAddData {
  /** What was just made: the key stands on this page and nowhere else. */
  readonly made: Static<typeof apiKeyAdd.output> | null;
}

/** A new key, for oneself; the answer is the one page that shows it. */
export const apiKeyAddPage = definePage<ApiKeyAddData>({
  path: PATH,
  load: async () => ({ made: null }),
  view({ made }, frame) {
    const { t } = frame;
    const title = made ? t.apiKeys.made : t.apiKeys.add;
    return {
      title,
      body: html`${pageHead(frame, {
        title,
        crumbs: [{ href: frame.link("/api-keys"), words: t.apiKeys.title }],
      })}
${made ? shownOnce(frame, made) : form(frame)}`,
    };
  },
  async answer({ run, visit }) {
    return { made: await run(apiKeyAdd, inputOfForm(apiKeyAdd, ["name", ...WHAT, ...WHERE], visit.form)) };
  },
});

function form(frame: Frame): Html {
  const { t } = frame;
  const fields = (names: readonly string[]) => names.map((name) => schemaField(frame, apiKeyAdd, name));
  return html`${refusalSummary(frame, labelsOf(t, apiKeyAdd))}
<form class="flow" method="post" action="${frame.link(PATH)}">
${fields(["name"])}
<fieldset class="sec"><legend>${t.apiKeys.what}</legend>${fields(WHAT)}</fieldset>
<fieldset class="sec"><legend>${t.apiKeys.where}</legend>${fields(WHERE)}</fieldset>
<div class="form-end">${token(frame)}<button class="btn primary">${t.apiKeys.add}</button><a class="btn" href="${frame.link("/api-keys")}">${t.frame.cancel}</a></div>
</form>`;
}

function shownOnce(frame: Frame, { key, name }: Static<typeof apiKeyAdd.output>): Html {
  const { t } = frame;
  return html`${notice("ok", html`<p><strong>${shown(name)}</strong>: ${t.apiKeys.once}</p>`)}
<p><code class="key">${key}</code></p>
<p>${t.apiKeys.how}</p>
<p><code class="key">Authorization: Bearer ${key}</code></p>
<p><a class="btn primary" href="${frame.link("/api-keys")}">${t.apiKeys.done}</a></p>`;
}
