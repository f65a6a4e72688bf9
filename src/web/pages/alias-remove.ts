import { fail } from "../../errors/error.ts";
import { aliasList } from "../../operations/alias/list.ts";
import { aliasRemove } from "../../operations/alias/remove.ts";
import { sameName } from "../../xmail/names.ts";
import { type Ask, definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { aliasRemovePath } from "../paths.ts";

export interface AliasRemoveData {
  readonly alias: string;
  readonly domain: string;
  /** `null` when it is not among the first that match. */
  readonly target: string | null;
}

export const aliasRemovePage = definePage<AliasRemoveData>({
  path: "/aliases/:domain/:alias/remove",
  load: (ask) => aliasOf(ask),
  view({ alias, domain, target }, frame) {
    const { t } = frame;
    const name = `${alias}@${domain}`;
    return {
      title: fillText(t.aliasRemove.title, { name }),
      body: confirmation(frame, {
        path: aliasRemovePath(domain, alias),
        crumbs: [{ href: frame.link("/aliases", { domain }), words: t.menu.aliases }],
        title: fill(t.aliasRemove.title, { name }),
        words: target === null ? t.aliasRemove.textUnknown : fill(t.aliasRemove.text, { target }),
        button: t.aliasRemove.button,
        destroys: true,
        wayOut: { href: frame.link("/aliases", { domain }), words: t.confirm.keep },
      }),
    };
  },
  async submit({ run, params }) {
    const { domain, alias } = await run(aliasRemove, params);
    return {
      to: "/aliases",
      query: { domain },
      flash: { tone: "ok", text: "aliasRemoved", values: { name: `${alias}@${domain}` } },
    };
  },
});

const MOST = 200;

async function aliasOf({ run, may, params }: Ask): Promise<AliasRemoveData> {
  const { domain = "", alias = "" } = params;
  if (!may.use("alias.list")) return { domain, alias, target: null };
  const { items, total } = await run(aliasList, { domain, search: `${alias}@${domain}`, limit: MOST });
  const row = items.find((known) => sameName(known.alias, alias));
  if (!row && total <= MOST) fail("ALIAS_NOT_FOUND");
  return { domain, alias, target: row?.target ?? null };
}
