import { spammerRebuild } from "../../operations/access/rebuild-spammers.ts";
import { spammer } from "../../operations/access/spammer.ts";
import { html } from "../html.ts";
import { accessScreens } from "../parts/access-screens.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import { rowPages } from "../rows/row-pages.ts";
import { count } from "../text/format.ts";

const PATH = "/banned-addresses";

export const bannedAddresses = accessScreens({
  operations: spammer,
  path: PATH,
  words: "spammer",
  columns: ["range", "action", "delaySeconds"],
  question: { service: "smtp", fields: ["address"] },
  actions: ({ t, may, link }) => [
    may.reach("spammer.rebuild") &&
      html`<a class="btn" href="${link(`${PATH}/rebuild`)}">${t.access.rebuild}</a>`,
  ],
});

/** Bans by what the logs show, looked at before it is written. */
export const rebuildBansPage = plainFormPage({
  operation: spammerRebuild,
  path: `${PATH}/rebuild`,
  fields: ["days", "tries", "mode", "spare"],
  title: ({ t }) => t.access.rebuild,
  lead: ({ t }) => t.access.rebuildText,
  button: ({ t }) => t.access.rebuild,
  crumbs: ({ t, link }) => [{ href: link(PATH), words: t.access.tables.spammer }],
  back: () => PATH,
  load: async () => ({ days: 7, tries: 50, mode: "replace" }),
  done: (_, output) => {
    const { added, removed, spared } = output as { added: unknown[]; removed: unknown[]; spared: number };
    return {
      to: PATH,
      flash: {
        tone: "ok",
        text: "bansRebuilt",
        values: { added: count(added.length), removed: count(removed.length), spared: count(spared) },
      },
    };
  },
});

export const bannedAddressPages = rowPages(bannedAddresses);
