import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { DomainAliasRow } from "../../xmail/domain-aliases.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { domainAliasFor } from "../../xmail/resolution.ts";
import { rulingOf } from "../access/ruling.ts";
import { isSuspended } from "../account/services.ts";
import { customFileFor } from "./custom-file.ts";
import { isLocalDomain, lookUp } from "./finding-accounts.ts";
import { accountAt, type Journey, lineAt, say } from "./journey.ts";
import { mayPost } from "./posting.ts";

/** Who it is for, once `RCPT TO` was taken. */
export type Destination =
  | { readonly to: "account"; readonly account: AccountRow }
  | { readonly to: "commandAlias"; readonly file: string }
  | { readonly to: "elsewhere"; readonly domain: string };

const KB = 1024;

/** `RCPT TO`; `null`: refused. */
export async function destination(journey: Journey): Promise<Destination | null> {
  const { ctx, recipient } = journey;
  const aliased = domainAliasFor(await ctx.xmail.domainAliases.list(ctx), recipient.domain);
  // Asked before anything else, accounts included.
  const file = await commandAliasOf(journey, aliased?.real ?? recipient.domain);
  if (file !== null) {
    say(journey, "commandAliasFound", { file }, { alias: addressOf(recipient) });
    return { to: "commandAlias", file };
  }
  const local = await isLocalDomain(ctx, recipient.domain);
  await sayDomain(journey, local, aliased);
  if (!local && !aliased) {
    return (await mayRelay(journey)) ? { to: "elsewhere", domain: recipient.domain } : null;
  }
  const account = await accountFor(journey, aliased);
  if (!account) {
    say(journey, "recipientUnknown", { file: FILES.accounts.path }, { address: addressOf(recipient) }, 550);
    return null;
  }
  return (await takesMail(journey, account)) ? { to: "account", account } : null;
}

async function commandAliasOf({ ctx, recipient }: Journey, domain: string): Promise<string | null> {
  // What can be no file name can be no command alias.
  if (!/^[^\\/:\0-\x1f]{1,200}$/.test(recipient.name) || /^\.*$/.test(recipient.name)) return null;
  const path = pathOf(FILES.commandAlias, { domain, alias: foldName(recipient.name) });
  return (await ctx.xmail.files.read(path, ctx)) === null ? null : path;
}

async function sayDomain(journey: Journey, local: boolean, aliased: DomainAliasRow | null): Promise<void> {
  const { ctx, recipient } = journey;
  const { domain } = recipient;
  if (local) {
    const file = FILES.domains.path;
    return say(journey, "domainLocal", { file, line: await lineAt(ctx, file, domain) }, { domain });
  }
  const file = FILES.domainAliases.path;
  if (!aliased) return say(journey, "domainElsewhere", { file: FILES.domains.path }, { domain });
  const line = await lineAt(ctx, file, aliased.alias, aliased.real);
  say(journey, "domainAliased", { file, line }, { alias: aliased.alias, domain: aliased.real });
}

/** In the domain as it is written, and then in the one it is an alias of. */
async function accountFor(journey: Journey, aliased: DomainAliasRow | null): Promise<AccountRow | null> {
  const { ctx, recipient } = journey;
  const domains = [recipient.domain, ...(aliased ? [aliased.real] : [])];
  for (const domain of domains) {
    const { account, alias } = await lookUp(ctx, { domain, name: recipient.name });
    const isLast = domain === domains.at(-1);
    if (!alias && account) {
      say(journey, "accountFound", await accountAt(ctx, account), { account: addressOf(account) });
      return account;
    }
    if (!alias) {
      if (!isLast) continue;
      const values = { address: `${recipient.name}@${domain}` };
      say(journey, "accountNone", { file: FILES.accounts.path }, values);
      say(journey, "aliasNone", { file: FILES.aliases.path }, values);
      continue;
    }
    const file = FILES.aliases.path;
    const at = { file, line: await lineAt(ctx, file, alias.domain, alias.alias) };
    const values = { alias: `${alias.alias}@${alias.domain}`, target: alias.target };
    say(journey, account ? "aliasFound" : "aliasDangling", at, values);
    if (account) return account;
  }
  return null;
}

async function takesMail(journey: Journey, account: AccountRow): Promise<boolean> {
  const { ctx } = journey;
  const file = `${await ctx.xmail.accounts.folder(account, ctx)}/user.tab`;
  const [variables = new Map<string, string>()] = await ctx.xmail.accounts.variables([account], ctx);
  const values = { account: addressOf(account) };
  const line = (name: string) => lineAt(ctx, file, name);
  if (Number.parseInt(variables.get("ReceiveEnable") ?? "1", 10) === 0) {
    const at = { file, line: await line("ReceiveEnable") };
    say(journey, isSuspended(variables) ? "suspended" : "receivesNot", at, values, 550);
    return false;
  }
  say(journey, "receives", { file, line: await line("ReceiveEnable") }, values);
  if (account.kind === "list") return mayPost(journey, account, variables);
  const limit = Number.parseInt(variables.get("MaxMBSize") ?? "0", 10) * KB;
  if (!(limit > 0)) return true;
  const [usage] = await ctx.xmail.accounts.usage([account], ctx);
  const used = usage?.bytes ?? 0;
  const full = used >= limit;
  say(
    journey,
    full ? "mailboxFull" : "mailboxRoom",
    { file, line: await line("MaxMBSize") },
    { used: String(Math.ceil(used / KB)), limit: String(limit / KB) },
    full ? 552 : null,
  );
  return !full;
}

async function mayRelay(journey: Journey): Promise<boolean> {
  const { ctx, recipient, permissions, peer } = journey;
  if (permissions.includes("R")) {
    say(journey, "relaySignedIn", { file: null }, { account: journey.signedIn ?? "" });
    return true;
  }
  const custom = await customFileFor(ctx, recipient.domain);
  if (custom !== null) {
    say(journey, "relayCustom", { file: custom });
    return true;
  }
  const { file, decides } = await rulingOf(ctx, "relay", FILES.relays.path, peer);
  if (decides) say(journey, "relayAddress", { file, line: decides.line }, { range: decides.name });
  else say(journey, "relayDenied", { file }, {}, 550);
  return decides !== null;
}
