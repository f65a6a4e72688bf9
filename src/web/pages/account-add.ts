import { accountAdd } from "../../operations/account/add.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { domainsToChoose } from "../parts/domain-choice.ts";
import { empty } from "../parts/empty.ts";
import { check, choice, choices, fieldWords, labelsOf, operationField } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { passwordFields } from "../parts/password-fields.ts";
import { visible } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { requireRepeated } from "../repeated-password.ts";

export interface AccountAddData {
  /** `null` when the name is typed. */
  readonly domains: readonly string[] | null;
  readonly domain: string;
  readonly kind: "user" | "list";
}

const PATH = "/add-account";

export const accountAddPage = definePage<AccountAddData>({
  path: PATH,
  blame: { ACCOUNT_EXISTS: "name", ALIAS_EXISTS: "name", DOMAIN_NOT_FOUND: "domain" },
  async load(ask) {
    const { query } = ask.visit;
    return {
      domains: await domainsToChoose(ask),
      domain: query.get("domain") ?? "",
      kind: query.get("kind") === "list" ? "list" : "user",
    };
  },
  view(data, frame) {
    const { t } = frame;
    const title = data.kind === "list" ? t.accountAdd.titleList : t.accountAdd.title;
    const crumbs = [{ href: frame.link("/accounts"), words: t.menu.accounts }];
    return {
      title,
      body: html`${pageHead(frame, { title, crumbs })}
${data.domains?.length === 0 ? noDomain(frame) : form(data, frame)}`,
    };
  },
  async submit({ run, visit }) {
    const { form } = visit;
    const input = inputFrom(form, ["domain", "name", "password"], ["kind", "realName"]);
    requireRepeated(accountAdd, input, form);
    const account = await run(accountAdd, input);
    return {
      to: accountPath(account),
      flash: { tone: "ok", text: "accountAdded", values: { name: `${account.name}@${account.domain}` } },
    };
  },
});

function form({ domains, domain, kind }: AccountAddData, frame: Frame): Html {
  const { t } = frame;
  const labels: Record<string, string> = {
    ...labelsOf(t, accountAdd),
    passwordAgain: t.password.again,
  };
  const chosen = frame.refusal?.values.get("kind") ?? kind;
  const box = (value: "user" | "list") =>
    check("radio", "kind", value, t.accountAdd.kinds[value], chosen === value);
  const words = fieldWords(t, accountAdd.name, "domain");
  return html`${refusalSummary(frame, labels)}
<form class="flow" method="post" action="${frame.link(PATH)}">
${choices(frame, "kind", labels["kind"] ?? "", [box("user"), box("list")])}
${operationField(frame, accountAdd, "name", { more: { autofocus: !frame.refusal } })}
${
  domains === null
    ? operationField(frame, accountAdd, "domain", { value: domain, more: { inputmode: "url" } })
    : choice(
        frame,
        "domain",
        words.label,
        [
          ...(domains.length > 1 ? [{ value: "", words: t.accountAdd.choose }] : []),
          ...domains.map((name) => ({ value: name, words: visible(name) })),
        ],
        { value: domain, help: words.help, required: true },
      )
}
${operationField(frame, accountAdd, "realName")}
${passwordFields(frame, accountAdd)}
${formEnd(frame, t.accountAdd.button, { href: frame.link("/accounts"), words: t.frame.cancel })}
</form>`;
}

function noDomain(frame: Frame): Html {
  const { t, may } = frame;
  return empty(t.accountAdd.noDomain, t.accountAdd.noDomainText, [
    may.reach("domain.add") &&
      html`<a class="btn primary" href="${frame.link("/add-domain")}">${t.domains.add}</a>`,
  ]);
}
