import { accountPage } from "../../../src/web/pages/account.ts";
import { accountAddPage } from "../../../src/web/pages/account-add.ts";
import { accountFactorsPage } from "../../../src/web/pages/account-factors.ts";
import { accountPasswordPage } from "../../../src/web/pages/account-password.ts";
import { accountRemovePage } from "../../../src/web/pages/account-remove.ts";
import { accountSuspendPage } from "../../../src/web/pages/account-suspend.ts";
import { accountVariablesPage } from "../../../src/web/pages/account-variables.ts";
import { accountsPage } from "../../../src/web/pages/accounts.ts";
import { aliasAddPage } from "../../../src/web/pages/alias-add.ts";
import { aliasRemovePage } from "../../../src/web/pages/alias-remove.ts";
import { aliasesPage } from "../../../src/web/pages/aliases.ts";
import { checkPage } from "../../../src/web/pages/check.ts";
import { domainPage } from "../../../src/web/pages/domain.ts";
import { domainAliasAddPage } from "../../../src/web/pages/domain-alias-add.ts";
import { domainAliasRemovePage } from "../../../src/web/pages/domain-alias-remove.ts";
import { domainAliasesPage } from "../../../src/web/pages/domain-aliases.ts";
import { domainRemovePage } from "../../../src/web/pages/domain-remove.ts";
import { domainsPage } from "../../../src/web/pages/domains.ts";
import { mailRoutePage } from "../../../src/web/pages/mail-route.ts";
import { overviewPage } from "../../../src/web/pages/overview.ts";
import { signInPage } from "../../../src/web/pages/sign-in.ts";
import { account, HOLDINGS, listed } from "./gallery-data.ts";
import { type Exhibit, exhibit, MASTER, refused } from "./gallery-frame.ts";

/** What hostile names, values and letters have been known to hold. `alert` would show that one came through. */
export const ATTACKS: readonly string[] = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)' x='",
  "javascript:alert(1)",
  "</title><script>alert(1)</script>",
  "</textarea></select><script>alert(1)</script>",
  "<!--<script>alert(1)//-->",
  '<a href="javascript:alert(1)">x</a>',
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;img src=x onerror=alert(1)&#62;",
  "{{constructor.constructor('alert(1)')()}}",
  "$" + "{alert(1)}",
  "{name}{target}{text}",
  "line\r\nSet-Cookie: owned=1\r\n\r\n<script>alert(1)</script>",
  "nul\u0000<b>x</b>",
  "\u202egpj.exe\u202c moc.elpmaxe@anah",
  "\u2066isolate\u2069\u200f\u061c\ufeff\u00ad",
  "\u2028\u2029 separators",
  "\ud800 lone surrogate",
  "//evil.example/%2f..",
  "\\\\evil.example\\share",
  "data:text/html,<script>alert(1)</script>",
  "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
  "<form action=//evil.example><button>Sign in",
  "<style>*{display:none}</style>",
  "שלום عليكم <bdo dir=rtl>x</bdo>",
  "=cmd|' /C calc'!A0",
];

/** Every page with `text` in every place that holds text from outside: tables, files, addresses, forms, cookies. */
export function hostileGallery(text: string): Exhibit[] {
  const row = account(1, {
    name: text,
    domain: text,
    address: `${text}@${text}`,
    realName: text,
    lastLogin: { at: "2026-11-24T00:00:00Z", address: text },
    suspended: false,
    services: { receive: true, pop: true, send: true },
    variables: [
      { name: "RealName", value: text },
      { name: "MaxMBSize", value: text },
      { name: text, value: text },
    ],
  });
  const list = { ...row, kind: "list" as const, variables: [{ name: "ListSender", value: text }] };
  const domain = { domain: text, accounts: 1, lists: 1, aliases: 1 };
  const alias = { domain: text, alias: text, target: `${text}@${text}`, kind: "exact" } as const;
  const query = { search: text, domain: text, kind: text, sort: text, order: text, cursor: text };
  const typed = Object.fromEntries(
    [
      "domain",
      "name",
      "alias",
      "target",
      "realName",
      "kind",
      "confirm",
      "variable",
      "value",
      "address",
      "next",
    ]
      .concat(["mailboxLimit", "mailboxLimitUnit", "messageLimit", "permissions", "right", "listSender"])
      .map((field) => [field, text]),
  );
  const refusal = refused(
    "INVALID_INPUT",
    Object.keys(typed).map((field) => ({ field, rule: "confirm", limit: text })),
    typed,
  );
  const setting = {
    actor: { ...MASTER, name: text },
    here: `/accounts?search=${encodeURIComponent(wellFormed(text))}`,
    flash: { tone: "ok", text: "aliasAdded", values: { name: text, target: text } },
  } as const;
  const typedBack = { ...setting, refusal };
  const step = (asks: "domain" | "domain-alias" | "account" | "alias") => ({ asks, found: text });
  return [
    exhibit(
      "check",
      checkPage,
      {
        failures: 1,
        warnings: 0,
        findings: [
          {
            part: "mailRoot",
            step: "open",
            outcome: "failure",
            found: "storageFailed",
            values: [{ name: "reason", value: text }],
          },
          { part: "ctrl", step: "reach", outcome: "ok", found: text, values: [] },
        ],
      },
      setting,
    ),
    exhibit(
      "overview",
      overviewPage,
      {
        status: {
          reachable: false,
          version: text,
          problem: text,
          mode: "ctrl",
          transport: "clear",
          storage: { kind: text, host: text },
          counts: null,
        },
        domains: null,
      },
      setting,
    ),
    exhibit("domains", domainsPage, listed([domain], query, { next: text, previous: text }), setting),
    exhibit("domains-none", domainsPage, listed([], query), setting),
    exhibit("domain", domainPage, { domain: text, holdings: HOLDINGS }, setting),
    exhibit("domain-remove", domainRemovePage, { domain: text, holdings: HOLDINGS }, typedBack),
    exhibit("accounts", accountsPage, listed([row], query, { next: text, previous: text }), setting),
    exhibit("accounts-none", accountsPage, listed([], query), setting),
    exhibit("account-add", accountAddPage, { domains: [text, text], domain: text, kind: "user" }, typedBack),
    exhibit("account-add-typed", accountAddPage, { domains: null, domain: text, kind: "user" }, setting),
    exhibit("account", accountPage, { account: row, aliases: [alias] }, setting),
    exhibit("account-typed", accountPage, { account: row, aliases: [alias] }, typedBack),
    exhibit("account-list", accountPage, { account: list, aliases: [alias] }, setting),
    exhibit("account-password", accountPasswordPage, row, setting),
    exhibit("account-variables", accountVariablesPage, row, typedBack),
    exhibit("account-suspend", accountSuspendPage, row, setting),
    exhibit("account-reset-factors", accountFactorsPage, row, setting),
    exhibit("account-remove", accountRemovePage, row, typedBack),
    exhibit("aliases", aliasesPage, listed([alias], query, { next: text, previous: text }), setting),
    exhibit("aliases-none", aliasesPage, listed([], query), setting),
    exhibit("alias-add", aliasAddPage, { domain: text, target: text, domains: [text] }, typedBack),
    exhibit("alias-remove", aliasRemovePage, { domain: text, alias: text, target: text }, setting),
    exhibit(
      "mail-route",
      mailRoutePage,
      {
        address: text,
        route: {
          address: text,
          steps: [step("domain"), step("domain-alias"), step("account"), step("alias")],
          reaches: `${text}@${text}`,
        },
      },
      setting,
    ),
    exhibit("mail-route-typed", mailRoutePage, { address: text, route: null }, typedBack),
    exhibit("domain-aliases", domainAliasesPage, listed([{ alias: text, domain: text }], query), setting),
    exhibit("domain-aliases-none", domainAliasesPage, listed([], query), setting),
    exhibit("domain-alias-add", domainAliasAddPage, { domain: text, domains: [text] }, typedBack),
    exhibit("domain-alias-remove", domainAliasRemovePage, { domain: text, alias: text }, setting),
    exhibit("sign-in", signInPage, { next: text }, { ...typedBack, actor: null }),
  ];
}

/** A lone surrogate cannot stand in an address: whoever made one made it with the replacement letter. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, "\ufffd");
}
