import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import {
  domainDefaultAdd,
  domainDefaultGet,
  domainDefaultRemove,
  domainDefaultSet,
} from "../../operations/account-default/domain.ts";
import { accountDefaultGet, accountDefaultSet } from "../../operations/account-default/server.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { defaultsChanges, defaultsForm, defaultsTable } from "../parts/defaults-form.ts";
import { flashOf, notice } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { domainPath } from "../paths.ts";

export type DefaultsData = Static<typeof accountDefaultGet.output>;
export type DomainDefaultsData = Static<typeof domainDefaultGet.output>;

const PATH = "/account-defaults";

/** `userdef.tab` of the server. */
export const accountDefaultsPage = definePage<DefaultsData>({
  path: PATH,
  load: ({ run }) => run(accountDefaultGet, {}),
  view(data, frame) {
    const { t } = frame;
    const may = frame.may.use(accountDefaultSet.name);
    return {
      title: t.defaults.title,
      body: html`${pageHead(frame, { title: t.defaults.title, lead: t.defaults.lead })}
${flashOf(frame)}
${may ? defaultsForm(frame, PATH, data) : defaultsTable(frame, data.variables)}`,
    };
  },
  async submit({ run, visit }) {
    const changes = defaultsChanges(visit.form);
    if (changes.set.length + changes.unset.length === 0) return { to: PATH };
    await run(accountDefaultSet, changes);
    return { to: PATH, flash: { tone: "ok", text: "defaultsSaved" } };
  },
});

/** `userdef.tab` of a domain, or that it has none. */
export const domainDefaultsPage = definePage<DomainDefaultsData>({
  path: "/domains/:domain/defaults",
  load: ({ run, params }) => run(domainDefaultGet, params),
  view(data, frame) {
    const { t, may } = frame;
    const { domain, own, variables } = data;
    const target = domainTarget(domain);
    const path = domainPath(domain, "/defaults");
    const title = fillText(t.defaults.domainTitle, { name: domain });
    const mayRemove = own && may.reach(domainDefaultRemove.name, target);
    return {
      title,
      body: html`${pageHead(frame, {
        title,
        lead: t.defaults.lead,
        crumbs: [{ href: frame.link(domainPath(domain)), words: shown(domain) }],
        actions: [
          !own &&
            may.reach(domainDefaultAdd.name, target) &&
            postButton(frame, path, t.defaults.add, { looks: "btn primary", fields: { add: "1" } }),
          mayRemove && html`<a class="btn" href="${frame.link(`${path}/remove`)}">${t.defaults.remove}</a>`,
        ],
      })}
${flashOf(frame)}
${notice("info", html`<p>${own ? t.defaults.domainOwn : t.defaults.domainServer}</p>`)}
${own && may.reach(domainDefaultSet.name, target) ? defaultsForm(frame, path, data) : defaultsTable(frame, variables)}`,
    };
  },
  async submit({ run, visit, params }) {
    const domain = params["domain"] ?? "";
    const to = domainPath(domain, "/defaults");
    if (visit.form.has("add")) {
      await run(domainDefaultAdd, { domain });
      return { to, flash: { tone: "ok", text: "defaultsAdded", values: { name: domain } } };
    }
    const changes = defaultsChanges(visit.form);
    if (changes.set.length + changes.unset.length === 0) return { to };
    await run(domainDefaultSet, { domain, ...changes });
    return { to, flash: { tone: "ok", text: "defaultsSaved" } };
  },
});

export const domainDefaultsRemovePage = definePage<DomainDefaultsData>({
  path: "/domains/:domain/defaults/remove",
  load: ({ run, params }) => run(domainDefaultGet, params),
  view({ domain }, frame) {
    const { t } = frame;
    const path = domainPath(domain, "/defaults");
    const title = fillText(t.defaults.removeQuestion, { name: domain });
    return {
      title,
      body: confirmation(frame, {
        crumbs: [{ href: frame.link(path), words: fillText(t.defaults.domainTitle, { name: domain }) }],
        title,
        words: t.defaults.removeText,
        path: `${path}/remove`,
        button: t.defaults.remove,
        wayOut: { href: frame.link(path), words: t.frame.cancel },
        destroys: true,
      }),
    };
  },
  async submit({ run, params }) {
    const domain = params["domain"] ?? "";
    await run(domainDefaultRemove, { domain });
    return {
      to: domainPath(domain, "/defaults"),
      flash: { tone: "ok", text: "defaultsRemoved", values: { name: domain } },
    };
  },
});
