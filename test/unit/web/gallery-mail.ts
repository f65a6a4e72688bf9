import type { AnyPage, Params } from "../../../src/web/page.ts";
import {
  commandAliasAddPage,
  commandAliasesPage,
  commandAliasRemovePage,
} from "../../../src/web/pages/command-aliases.ts";
import {
  customDomainAddPage,
  customDomainRemovePage,
  customDomainsPage,
} from "../../../src/web/pages/custom-domains.ts";
import {
  externalAliasAddPage,
  externalAliasesPage,
  externalAliasRemovePage,
} from "../../../src/web/pages/external-aliases.ts";
import { forwardingPage } from "../../../src/web/pages/forwarding.ts";
import {
  accountStepPages,
  commandAliasStepPages,
  customDomainStepPages,
  domainStepPages,
  STEP_SCREENS,
} from "../../../src/web/pages/mail-steps.ts";
import {
  memberAddPage,
  memberChangePage,
  memberRemovePage,
  membersPage,
} from "../../../src/web/pages/members.ts";
import { membersAddManyPage } from "../../../src/web/pages/members-add-many.ts";
import {
  popLinkAddPage,
  popLinkChangePage,
  popLinkRemovePage,
  popLinksPage,
} from "../../../src/web/pages/pop-links.ts";
import { vacationPage } from "../../../src/web/pages/vacation.ts";
import type { RowScreens } from "../../../src/web/rows/row-screens.ts";
import { account, LONG_DOMAIN, LONG_NAME, pageWith, rows } from "./gallery-data.ts";
import { type Exhibit, exhibit, KEEPER, refused } from "./gallery-frame.ts";
import { rowExhibits } from "./gallery-rows.ts";

const DOMAIN = "example.com";
const HANA: Params = { domain: DOMAIN, name: "hana" };
const NEWS: Params = { domain: DOMAIN, name: "news" };

const forwards = [
  { step: "redirect", addresses: ["hana@home.example", `${LONG_NAME}@${LONG_DOMAIN}`.slice(0, 320)] },
  { step: "smtprelay", servers: ["mx1.example.com:587,NeedTLS=2", "mx2.example.com"], random: true },
  {
    step: "filter",
    priority: 0,
    timeout: 60,
    program: "/usr/local/libexec/mail/a-program-with-a-long-name",
    arguments: ["@@FILE", "--recipient=$(RCPT)", "--a-very-long-option-without-blanks=".padEnd(90, "x")],
  },
];
const stored = { step: "mailbox" };

function stepExhibits(
  name: string,
  screens: RowScreens,
  pages: readonly AnyPage[],
  entries: readonly Readonly<Record<string, unknown>>[],
  params: Params,
): Exhibit[] {
  const program = pages.at(-1);
  if (!program) throw new Error(`${name}: the form for programs is missing`);
  const filter = { id: "213cac89f6a9", line: 1, on: true, entry: entries.at(-1) ?? null, text: "" };
  const hidden = { ...filter, entry: { ...entries.at(-1), program: "***", arguments: [] } };
  const listed = (items: readonly unknown[]) => ({
    query: {},
    page: pageWith([...items]),
    params,
    more: null,
  });
  return [
    ...rowExhibits(name, screens, pages, entries, params),
    exhibit(`${name}/warned`, pages[0] as AnyPage, {
      ...listed([filter, { ...filter, id: "213cac89f6b0", entry: stored }]),
      more: ["nobody@example.com"],
    }),
    exhibit(`${name}/lost`, pages[0] as AnyPage, listed([filter])),
    exhibit(`${name}/delegate`, pages[0] as AnyPage, listed([hidden]), {
      actor: { ...KEEPER, grants: [{ allow: ["*"], on: { kind: "domain", domain: DOMAIN } }] },
    }),
    exhibit(`${name}-add-program/new`, program, params),
    exhibit(`${name}-add-program/refused`, program, params, {
      refusal: refused("INVALID_INPUT", [{ field: "program", rule: "full-path" }], { program: "scan" }),
    }),
  ];
}

const member = (n: number) => ({
  address: n % 7 === 3 ? `${LONG_NAME}${n}@elsewhere.example` : `member${n}@elsewhere.example`,
  rights: ["RW", "R", "RA"][n % 3] ?? "RW",
});
const list = (items: readonly unknown[], params: Params = {}, more: unknown = null, query = {}) =>
  ({ query, page: pageWith([...items]), params, more }) as never;

const link = (n: number) => ({
  domain: n === 2 ? "?example.com,old.example" : DOMAIN,
  name: n === 2 ? "masq" : `hana${n}`,
  host: n === 3 ? `${LONG_DOMAIN.slice(0, 200)}:995` : "pop.provider.example:995",
  remoteName: `hana${n}@provider.example`,
  signIn: "CLR",
  tls: n % 2 ? "POP3S" : "none",
  leave: n % 2 === 1,
  unknown: [],
  on: n !== 1,
});
const one = { domain: DOMAIN, name: "hana", host: "pop.provider.example", remoteName: "hana" };
const report = {
  added: 12_034,
  already: 1,
  wrong: 2,
  report: [
    { line: 3, text: "member1@elsewhere.example", outcome: "already" },
    { line: 9, text: "no address at all".padEnd(120, "x"), outcome: "no-address" },
    { line: 12, text: "member1@elsewhere.example;ALL", outcome: "no-rights" },
  ],
} as const;

const HERE = {
  on: false,
  subject: "",
  text: "",
  from: null,
  until: null,
  days: 7,
  available: true,
};
const AWAY = {
  ...HERE,
  on: true,
  subject: "不在のお知らせ",
  text: "8月15日まで休みます。\nI am away until August 15.\n\nHana",
  from: "2026-08-01",
  until: "2026-08-15",
};

export const MAIL: readonly Exhibit[] = [
  ...stepExhibits("account-steps", STEP_SCREENS.account, accountStepPages, [stored, ...forwards], HANA),
  ...stepExhibits("domain-steps", STEP_SCREENS.domain, domainStepPages, [stored, ...forwards], {
    domain: DOMAIN,
  }),
  ...stepExhibits("command-alias-steps", STEP_SCREENS.commandAlias, commandAliasStepPages, forwards, {
    domain: DOMAIN,
    alias: "orders",
  }),
  ...stepExhibits("custom-domain-steps", STEP_SCREENS.customDomain, customDomainStepPages, forwards, {
    domain: ".example.net",
  }),
  exhibit("vacation/off", vacationPage, { account: account(1), vacation: HERE }),
  exhibit("vacation/on", vacationPage, { account: account(1), vacation: AWAY }),
  exhibit("vacation/long", vacationPage, {
    account: account(1),
    vacation: {
      ...AWAY,
      subject: "件名".repeat(75),
      text: `${"x".repeat(300)}\n${"長い行です。".repeat(300)}`,
    },
  }),
  exhibit("vacation/unavailable", vacationPage, {
    account: account(1),
    vacation: { ...HERE, available: false },
  }),
  exhibit("vacation/still-on", vacationPage, {
    account: account(1),
    vacation: { ...AWAY, available: false },
  }),
  exhibit(
    "vacation/refused",
    vacationPage,
    { account: account(1), vacation: HERE },
    {
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: "text", rule: "required" },
          { field: "until", rule: "day-before" },
          { field: "days", rule: "minimum", limit: 1 },
        ],
        { on: "true", text: "", from: "2026-08-31", until: "2026-08-01", days: "0" },
      ),
    },
  ),
  exhibit(
    "vacation/delegate",
    vacationPage,
    { account: account(1), vacation: AWAY },
    {
      actor: {
        ...KEEPER,
        grants: [{ allow: ["account.get", "vacation.get"], on: { kind: "domain", domain: DOMAIN } }],
      },
    },
  ),
  exhibit("forwarding/none", forwardingPage, {
    account: account(1),
    forwarding: { addresses: [], keepCopy: true, simple: true },
    dead: [],
  }),
  exhibit("forwarding/some", forwardingPage, {
    account: account(1),
    forwarding: { addresses: ["hana@home.example", "nobody@example.com"], keepCopy: true, simple: true },
    dead: ["nobody@example.com"],
  }),
  exhibit("forwarding/not-simple", forwardingPage, {
    account: account(1),
    forwarding: { addresses: [], keepCopy: false, simple: false },
    dead: [],
  }),
  exhibit(
    "forwarding/refused",
    forwardingPage,
    { account: account(1), forwarding: { addresses: [], keepCopy: true, simple: true }, dead: [] },
    {
      refusal: refused("INVALID_INPUT", [{ field: "keepCopy", rule: "kept-or-forwarded" }], {
        addresses: "",
      }),
    },
  ),
  exhibit("members/none", membersPage, list([], NEWS, account(1, { kind: "list" }))),
  exhibit("members/many", membersPage, list(rows(50, member), NEWS, account(1, { kind: "list" }))),
  exhibit("members/no-match", membersPage, list([], NEWS, account(1, { kind: "list" }), { search: "zz" })),
  exhibit("member-add/new", memberAddPage, { params: NEWS, values: { rights: "RW" } }),
  exhibit(
    "member-add/refused",
    memberAddPage,
    { params: NEWS, values: {} },
    {
      refusal: refused("LIST_MEMBER_EXISTS", [{ field: "address", rule: "LIST_MEMBER_EXISTS" }], {
        address: "a@b.example",
      }),
    },
  ),
  exhibit("member-change/one", memberChangePage, {
    params: { ...NEWS, address: member(3).address },
    values: { rights: "R" },
  }),
  exhibit("member-remove/one", memberRemovePage, { ...NEWS, address: member(3).address }),
  exhibit("members-add-many/new", membersAddManyPage, {
    params: NEWS,
    report: null,
    typed: {},
    tried: false,
  }),
  exhibit("members-add-many/tried", membersAddManyPage, {
    params: NEWS,
    report: { ...report, report: [...report.report] },
    typed: { lines: ["a@b.example", "no address"], rights: "RW" },
    tried: true,
  }),
  exhibit("members-add-many/added", membersAddManyPage, {
    params: NEWS,
    report: { added: 1, already: 0, wrong: 0, report: [] },
    typed: {},
    tried: false,
  }),
  exhibit("pop-links/none", popLinksPage, list([])),
  exhibit("pop-links/some", popLinksPage, list(rows(5, link))),
  exhibit("pop-links/fetches", popLinksPage, list(rows(5, link), {}, true)),
  exhibit("pop-link-add/new", popLinkAddPage, { params: {}, values: { signIn: "CLR", tls: "FSTLS" } }),
  exhibit(
    "pop-link-add/refused",
    popLinkAddPage,
    { params: {}, values: {} },
    { refusal: refused("INVALID_INPUT", [{ field: "domain", rule: "link-rule" }], { domain: "?" }) },
  ),
  exhibit("pop-link-change/one", popLinkChangePage, {
    params: one,
    values: { ...one, tls: "STLS", signIn: "APOP" },
  }),
  exhibit("pop-link-remove/one", popLinkRemovePage, one),
  exhibit("external-aliases/none", externalAliasesPage, list([])),
  exhibit(
    "external-aliases/some",
    externalAliasesPage,
    list(rows(3, (n) => ({ local: `hana${n}@${DOMAIN}`, remote: `${LONG_NAME}${n}@provider.example` }))),
  ),
  exhibit("external-alias-add/new", externalAliasAddPage, { params: {}, values: {} }),
  exhibit("external-alias-remove/one", externalAliasRemovePage, { remote: "hana@provider.example" }),
  exhibit("command-aliases/none", commandAliasesPage, list([], { domain: DOMAIN })),
  exhibit(
    "command-aliases/some",
    commandAliasesPage,
    list(
      rows(3, (n) => ({ alias: n === 2 ? LONG_NAME : `orders${n}`, steps: n, takes: n === 1 })),
      { domain: DOMAIN },
    ),
  ),
  exhibit("command-alias-add/new", commandAliasAddPage, { domain: DOMAIN }),
  exhibit("command-alias-remove/one", commandAliasRemovePage, { domain: DOMAIN, alias: "orders" }),
  exhibit("custom-domains/none", customDomainsPage, list([])),
  exhibit(
    "custom-domains/some",
    customDomainsPage,
    list(
      ["*", ".example.net", LONG_DOMAIN].map((domain, entries) => ({ domain, entries })),
      {},
      { domain: "a.example.net", local: false, applies: ".example.net", tried: [] },
    ),
  ),
  exhibit("custom-domain-add/new", customDomainAddPage, null),
  exhibit("custom-domain-remove/one", customDomainRemovePage, { domain: ".example.net" }),
];
