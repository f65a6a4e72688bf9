import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { accountPath, domainPath, part } from "../paths.ts";
import { shown, visible } from "./shown.ts";

interface Place {
  readonly href: string;
  readonly needs: string;
}

/** Pages of tables that a server has once. */
const TABLES: Readonly<Record<string, readonly [href: string, needs: string]>> = {
  "server.tab": ["/server-settings", "serverSetting.list"],
  "domains.tab": ["/domains", "domain.list"],
  "aliasdomain.tab": ["/domain-aliases", "domainAlias.list"],
  "mailusers.tab": ["/accounts", "account.list"],
  "aliases.tab": ["/aliases", "alias.list"],
  "extaliases.tab": ["/external-aliases", "externalAlias.list"],
  "pop3links.tab": ["/pop-links", "popLink.list"],
  "smtp.ipmap.tab": ["/access", "smtpAccess.list"],
  "pop3.ipmap.tab": ["/access", "pop3Access.list"],
  "ctrl.ipmap.tab": ["/access", "ctrlAccess.list"],
  "finger.ipmap.tab": ["/access", "fingerAccess.list"],
  "smtprelay.tab": ["/relay-rules", "relay.list"],
  "spammers.tab": ["/banned-addresses", "spammer.list"],
  "spam-address.tab": ["/banned-senders", "spamAddress.list"],
  "smtp.ipprop.tab": ["/smtp-exceptions", "ipProperty.list"],
  "smtp.hnprop.tab": ["/smtp-exceptions", "hostProperty.list"],
  "smtpfwd.tab": ["/forwarding-rules", "forward.list"],
  "smtpgw.tab": ["/source-routes", "sourceRoute.list"],
  "smtpauth.tab": ["/sending-accounts", "smtpAccount.list"],
  "smtpextauth.tab": ["/sign-in-programs", "smtpCheck.list"],
  "filters.in.tab": ["/filters-in", "filterIn.list"],
  "filters.out.tab": ["/filters-out", "filterOut.list"],
  "filters.post-rcpt.tab": ["/filters-post-rcpt", "filterPostRcpt.list"],
  "filters.pre-data.tab": ["/filters-pre-data", "filterPreData.list"],
  "filters.post-data.tab": ["/filters-post-data", "filterPostData.list"],
  "ctrlaccounts.tab": ["/ctrl-accounts", "ctrlAccount.list"],
};

/** `smtprelay.tab:3`, as a link to the page where it is changed, or else to the file itself. */
export function placeLink(frame: Frame, file: string, line: number | null): Html {
  const text = html`<span class="mono">${shown(line === null ? file : `${file}:${line}`)}</span>`;
  const place = placeOf(file);
  if (place && frame.may.use(place.needs)) return html`<a href="${frame.link(place.href)}">${text}</a>`;
  if (!frame.may.reach("file.get") || !/\.tab$/.test(file)) return text;
  return html`<a href="${frame.link("/files/view", { path: visible(file) })}">${text}</a>`;
}

function placeOf(file: string): Place | null {
  const known = Object.hasOwn(TABLES, file) ? TABLES[file] : undefined;
  if (known) return { href: known[0], needs: known[1] };
  const [, domain = "", name = "", rest = ""] = /^domains\/([^/]+)\/(?:([^/]+)\/)?([^/]+)$/.exec(file) ?? [];
  // Account folders are named as the accounts, where XMail made them.
  if (name !== "" && rest === "mailproc.tab") {
    return { href: accountPath({ domain, name }, "/steps"), needs: "mailStep.list" };
  }
  if (name !== "" && rest === "mlusers.tab") {
    return { href: accountPath({ domain, name }, "/members"), needs: "member.list" };
  }
  if (name !== "") return { href: accountPath({ domain, name }), needs: "account.get" };
  if (rest === "mailproc.tab") return { href: domainPath(domain, "/steps"), needs: "domainMailStep.list" };
  const [, home = "", alias = ""] = /^cmdaliases\/([^/]+)\/(.+)\.tab$/.exec(file) ?? [];
  if (alias !== "") {
    return {
      href: domainPath(home, `/command-aliases/${part(alias)}/steps`),
      needs: "commandAliasStep.list",
    };
  }
  const custom = /^custdomains\/(.*)\.tab$/.exec(file)?.[1];
  if (custom === undefined) return null;
  const custDomain = custom === "" ? "*" : custom;
  return { href: `/custom-domains/${part(custDomain)}/steps`, needs: "customDomainStep.list" };
}
