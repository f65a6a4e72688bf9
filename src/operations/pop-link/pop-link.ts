import { fail } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { isAccountLink, type PopLink, type PopLinkKey } from "../../xmail/pop-links.ts";
import { ExistingDomain, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import {
  LinkKey,
  linkKey,
  linkOptions,
  optionsOf,
  PopLinkRow,
  RemotePassword,
  reachOf,
  refuseOddRule,
  wordsOf,
} from "./fields.ts";

type Row = Static<typeof PopLinkRow>;
const AT = "/pop-links/{domain}/{name}/{host}/{remoteName}";

export const popLinkList = defineOperation({
  name: "popLink.list",
  summary: "List the mailboxes elsewhere that XMail fetches mail from",
  effect: "read",
  input: fields({
    domain: Type.Optional(ExistingDomain),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(PopLinkRow),
  errors: [],
  http: "GET /pop-links",
  each: reachOf,
  async handler(ctx, { domain, search, cursor, limit }) {
    const wanted = searchFor(search);
    const rows = (await ctx.xmail.popLinks.list(ctx))
      .filter((link) => domain === undefined || sameName(link.domain, domain))
      .filter((link) => ctx.sees(reachOf(link)))
      .filter((link) => wanted(`${link.name}@${link.domain} ${link.remoteName}@${link.host}`))
      .map(rowOf);
    return cutPage(rows, (row) => identityOf(row), { cursor, limit });
  },
});

export const popLinkAdd = defineOperation({
  name: "popLink.add",
  summary: "Fetch mail from a mailbox elsewhere",
  effect: "write",
  input: fields({ ...linkKey, password: RemotePassword, ...linkOptions }),
  output: PopLinkRow,
  errors: ["POP_LINK_EXISTS", "ACCOUNT_NOT_FOUND"],
  http: "POST /pop-links",
  target: reachOf,
  async handler(ctx, { domain, name, host, remoteName, password, ...options }) {
    const key = { domain, name, host, remoteName };
    refuseOddRule(key);
    // XMail would take it, and never fetch.
    if (isAccountLink(key) && (await ctx.xmail.accounts.get(key, ctx)) === null) fail("ACCOUNT_NOT_FOUND");
    const link = { ...key, options: wordsOf(options), password: new Secret(password) };
    await ctx.xmail.popLinks.add(link, ctx);
    return rowOf({ ...link, enabled: true });
  },
});

export const popLinkChange = defineOperation({
  name: "popLink.change",
  summary: "Change how mail is fetched from a mailbox elsewhere",
  effect: "write",
  input: fields({ ...linkKey, password: Type.Optional(RemotePassword), ...linkOptions }),
  output: PopLinkRow,
  errors: ["POP_LINK_NOT_FOUND"],
  http: `PUT ${AT}`,
  target: reachOf,
  async handler(ctx, { domain, name, host, remoteName, password, ...options }) {
    const link = await find(ctx, { domain, name, host, remoteName });
    const words = wordsOf(options, optionsOf(link.options).unknown);
    await ctx.xmail.popLinks.change(
      link,
      { options: words, ...(password === undefined ? {} : { password: new Secret(password) }) },
      ctx,
    );
    return rowOf({ ...link, options: words });
  },
});

export const popLinkTurn = defineOperation({
  name: "popLink.turn",
  summary: "Stop fetching mail from a mailbox elsewhere, or fetch it again",
  effect: "write",
  input: fields({ ...linkKey, on: Type.Boolean({ description: "On or off" }) }),
  output: PopLinkRow,
  errors: ["POP_LINK_NOT_FOUND", "ACCOUNT_NOT_FOUND"],
  http: `POST ${AT}/turn`,
  target: reachOf,
  async handler(ctx, { on, ...key }) {
    const link = await find(ctx, key);
    await ctx.xmail.popLinks.turn(link, on, ctx);
    return rowOf({ ...link, enabled: on });
  },
});

export const popLinkRemove = defineOperation({
  name: "popLink.remove",
  summary: "Remove a link to a mailbox elsewhere; what was fetched stays, and so does what is there",
  effect: "destroy",
  input: LinkKey,
  output: LinkKey,
  errors: ["POP_LINK_NOT_FOUND"],
  http: `DELETE ${AT}`,
  target: reachOf,
  async handler(ctx, key) {
    await ctx.xmail.popLinks.remove(key, ctx);
    return key;
  },
});

async function find(ctx: Context, key: PopLinkKey): Promise<PopLink> {
  const links = await ctx.xmail.popLinks.list(ctx);
  return links.find((link) => identityOf(link) === identityOf(key)) ?? fail("POP_LINK_NOT_FOUND");
}

function identityOf({ domain, name, host, remoteName }: PopLinkKey): string {
  return foldName([domain, name, host, remoteName].join("\0"));
}

function rowOf({ domain, name, host, remoteName, options, enabled }: PopLink): Row {
  return { domain, name, host, remoteName, ...optionsOf(options), on: enabled };
}
