import { domainAliasRemove } from "../../operations/domain-alias/remove.ts";
import { definePage, type Params } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { domainAliasRemovePath } from "../paths.ts";

export const domainAliasRemovePage = definePage<Params>({
  path: "/domain-aliases/:domain/:alias/remove",
  load: async ({ params }) => params,
  view({ domain = "", alias = "" }, frame) {
    const { t } = frame;
    return {
      title: fillText(t.domainAliasRemove.title, { name: alias }),
      body: confirmation(frame, {
        path: domainAliasRemovePath(domain, alias),
        crumbs: [{ href: frame.link("/domain-aliases"), words: t.menu.domainAliases }],
        title: fill(t.domainAliasRemove.title, { name: alias }),
        words: fill(t.domainAliasRemove.text, { target: domain }),
        button: t.domainAliasRemove.button,
        destroys: true,
        wayOut: { href: frame.link("/domain-aliases"), words: t.confirm.keep },
      }),
    };
  },
  async submit({ run, params }) {
    const { alias } = await run(domainAliasRemove, params);
    return {
      to: "/domain-aliases",
      flash: { tone: "ok", text: "domainAliasRemoved", values: { name: alias } },
    };
  },
});
