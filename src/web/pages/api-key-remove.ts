import { fail } from "../../errors/error.ts";
import { apiKeyList, apiKeyRemove } from "../../operations/api-key/api-key.ts";
import { definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { part } from "../paths.ts";
import type { KeyRow } from "../people/key-row.ts";

/** More keys than these nobody has. */
const MOST = 200;

export const apiKeyRemovePage = definePage<KeyRow>({
  path: "/api-keys/:id/remove",
  async load({ run, params }) {
    const { items } = await run(apiKeyList, { limit: MOST });
    return items.find(({ id }) => id === params["id"]) ?? fail("NOT_FOUND");
  },
  view({ id, name }, frame) {
    const { t } = frame;
    return {
      title: fillText(t.apiKeys.remove, { name }),
      body: confirmation(frame, {
        path: `/api-keys/${part(id)}/remove`,
        crumbs: [{ href: frame.link("/api-keys"), words: t.apiKeys.title }],
        title: fill(t.apiKeys.remove, { name }),
        words: t.apiKeys.removeText,
        button: t.apiKeys.removeButton,
        destroys: true,
        wayOut: { href: frame.link("/api-keys"), words: t.frame.cancel },
      }),
    };
  },
  async submit({ run, params }) {
    const { name } = await run(apiKeyRemove, { id: params["id"] });
    return { to: "/api-keys", flash: { tone: "ok", text: "apiKeyRemoved", values: { name } } };
  },
});
