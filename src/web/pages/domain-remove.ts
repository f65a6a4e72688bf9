import type { Static } from "../../kernel/schema.ts";
import { domainGet } from "../../operations/domain/get.ts";
import { domainRemove } from "../../operations/domain/remove.ts";
import type { Words } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { domainPath } from "../paths.ts";
import { bytes } from "../text/format.ts";
import { requireTyped } from "../typed-confirmation.ts";

type Domain = Static<typeof domainGet.output>;

export const domainRemovePage = definePage<Domain>({
  path: "/domains/:domain/remove",
  load: ({ run, params }) => run(domainGet, { domain: params["domain"] }),
  view({ domain, holdings }, frame) {
    const { t } = frame;
    const here = domainPath(domain);
    const lost = losses(holdings, frame);
    return {
      title: fillText(t.domainRemove.title, { name: domain }),
      body: confirmation(frame, {
        path: `${here}/remove`,
        crumbs: [
          { href: frame.link("/domains"), words: t.menu.domains },
          { href: frame.link(here), words: shown(domain) },
        ],
        title: fill(t.domainRemove.title, { name: domain }),
        words: t.domainRemove.text,
        effects: { title: t.confirm.losses, lines: lost.length > 0 ? lost : [t.confirm.nothing] },
        typed: domain,
        button: t.domainRemove.button,
        destroys: true,
        wayOut: { href: frame.link(here), words: t.confirm.keep },
      }),
    };
  },
  async submit({ run, params, visit }) {
    const { domain } = await run(domainGet, { domain: params["domain"] });
    requireTyped(visit.form, domain);
    await run(domainRemove, { domain });
    return { to: "/domains", flash: { tone: "ok", text: "domainRemoved", values: { name: domain } } };
  },
});

function losses(holdings: Domain["holdings"], { t }: Frame): Words[] {
  const { accounts, lists, aliases, domainAliases, externalAliases, popLinks, messages } = holdings;
  const { commandAliases, ownSteps, foreignAliases } = holdings;
  return [
    accounts > 0 && t.confirm.accounts(accounts),
    messages > 0 && t.confirm.mail(messages, bytes(holdings.bytes)),
    lists > 0 && t.confirm.lists(lists),
    aliases > 0 && t.confirm.aliases(aliases),
    domainAliases > 0 && t.confirm.domainAliases(domainAliases),
    externalAliases > 0 && t.confirm.externalAliases(externalAliases),
    popLinks > 0 && t.confirm.popLinks(popLinks),
    commandAliases > 0 && t.confirm.commandAliases(commandAliases),
    ownSteps && t.confirm.ownSteps,
    foreignAliases > 0 && t.confirm.foreignAliases(foreignAliases),
  ].filter((line) => line !== false);
}
