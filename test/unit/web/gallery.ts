import { AppError } from "../../../src/errors/error.ts";
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
import { domainAddPage } from "../../../src/web/pages/domain-add.ts";
import { domainAliasAddPage } from "../../../src/web/pages/domain-alias-add.ts";
import { domainAliasRemovePage } from "../../../src/web/pages/domain-alias-remove.ts";
import { domainAliasesPage } from "../../../src/web/pages/domain-aliases.ts";
import { domainRemovePage } from "../../../src/web/pages/domain-remove.ts";
import { domainsPage } from "../../../src/web/pages/domains.ts";
import { mailRoutePage } from "../../../src/web/pages/mail-route.ts";
import { overviewPage } from "../../../src/web/pages/overview.ts";
import { signInPage } from "../../../src/web/pages/sign-in.ts";
import { failureScreen } from "../../../src/web/parts/failure.ts";
import { type CheckPart, type Found, outcomeOf, stepOf } from "../../../src/xmail/check.ts";
import { AUDIT_EXHIBITS, OPENED } from "./gallery-audit.ts";
import { CHANGES_EXHIBITS, LAST_CHANGES } from "./gallery-changes.ts";
import {
  account,
  HOLDINGS,
  LONG_DOMAIN,
  LONG_NAME,
  listed,
  NO_HOLDINGS,
  pageWith,
  rows,
} from "./gallery-data.ts";
import { DOOR_EXHIBITS } from "./gallery-doors.ts";
import { type Exhibit, exhibit, exhibitOf, KEEPER, NEWCOMER, READER, refused } from "./gallery-frame.ts";
import { GROUP_EXHIBITS } from "./gallery-groups.ts";
import { HEALTH } from "./gallery-health.ts";
import { LOG_EXHIBITS } from "./gallery-logs.ts";
import { MAILBOX_EXHIBITS } from "./gallery-mailboxes.ts";
import { ME_EXHIBITS } from "./gallery-me.ts";
import { PEOPLE_EXHIBITS } from "./gallery-people.ts";
import { QUEUE_EXHIBITS } from "./gallery-queue.ts";
import { RESCUE_EXHIBITS } from "./gallery-rescue.ts";
import { SERVER_PAGES } from "./gallery-server.ts";
import { TABLES } from "./gallery-tables.ts";
import { watchExhibits } from "./gallery-watch.ts";

const ok = (text: string, values = {}) => ({ tone: "ok", text, values }) as const;
const ONE_PAGE_OF_MANY = { total: 41_077, first: 51, next: "next", previous: "previous" };

const COUNTS = { domains: 214, accounts: 48_210, lists: 63, aliases: 3904, domainAliases: 18 };
const STATUS = {
  reachable: true,
  version: "XMail 1.27",
  problem: null,
  mode: "ctrl+files",
  transport: "tls",
  storage: { kind: "sftp", host: "mail.example.com" },
  counts: COUNTS,
} as const;

const domainRow = (n: number) => ({
  domain: `${["mail", "shop", "office", "lab"][n % 4]}${n}.example.${["com", "jp", "co.jp"][n % 3]}`,
  accounts: (n * 613) % 1300,
  lists: n % 7,
  aliases: (n * 91) % 400,
});
const aliasRow = (n: number) =>
  ({
    domain: "example.com",
    alias: n === 19 ? "*" : n > 15 ? `sales-${n}-*` : `info${n}`,
    target: n % 4 === 0 ? "hana@example.jp" : `u${n}@example.com`,
    kind: n === 19 ? "catch-all" : n > 15 ? "pattern" : "exact",
  }) as const;
const domainAliasRow = (n: number) => ({
  alias: n === 3 ? "*.example.net" : `example${n}.net`,
  domain: "example.com",
});

const HANA = account(1, { name: "hana", domain: "example.com", realName: "花田 はな", suspended: false });
const LIST = account(2, {
  name: "staff",
  domain: "example.com",
  kind: "list",
  realName: "",
  suspended: false,
  mailbox: { bytes: 0, messages: 0, limitBytes: null },
  lastLogin: null,
  variables: [
    { name: "ClosedML", value: "1" },
    { name: "ListSender", value: "hana@example.com" },
  ],
});
const LONG = account(4, { name: LONG_NAME, domain: LONG_DOMAIN, realName: "名前".repeat(60) });
const steps = {
  domain: { asks: "domain", found: "example.com" },
  noDomain: { asks: "domain", found: null },
  domainAlias: { asks: "domain-alias", found: "example.net = example.com" },
  noDomainAlias: { asks: "domain-alias", found: null },
  account: { asks: "account", found: "hana@example.com" },
  noAccount: { asks: "account", found: null },
  alias: { asks: "alias", found: "inf*@example.com" },
  noAlias: { asks: "alias", found: null },
} as const;

const overview: Exhibit[] = [
  exhibit("overview/fine", overviewPage, { status: STATUS, recovered: [], domains: null }),
  exhibit("overview/interrupted", overviewPage, {
    status: STATUS,
    unfinished: true,
    recovered: (["finished", "rolledBack", "setAside"] as const).map((outcome) => ({
      at: new Date(2026, 10, 24, 9, 30).toISOString(),
      outcome,
      files: ["mailusers.tab", `domains/example.com/${"verylongname".repeat(6)}/user.tab`],
      note: outcome === "setAside" ? ".xmailcfg/change-unfinished-1.json" : null,
    })),
    domains: null,
  }),
  exhibit("overview/empty", overviewPage, {
    status: {
      ...STATUS,
      counts: { domains: 0, accounts: 0, lists: 0, aliases: 0, domainAliases: 0 },
      transport: "loopback",
    },
    domains: null,
  }),
  exhibit("overview/clear-line", overviewPage, {
    status: { ...STATUS, mode: "ctrl", transport: "clear", storage: null },
    domains: null,
  }),
  exhibit("overview/stopped", overviewPage, {
    status: {
      ...STATUS,
      reachable: false,
      version: null,
      mode: "tab",
      transport: "files",
      storage: { kind: "local", host: null },
    },
    domains: null,
  }),
  exhibit("overview/unreachable", overviewPage, {
    status: {
      ...STATUS,
      reachable: false,
      version: null,
      problem: "XMAIL_UNREACHABLE",
      transport: "clear",
      counts: null,
    },
    domains: null,
  }),
  exhibit("overview/files-out-of-reach", overviewPage, {
    status: { ...STATUS, problem: "STORAGE_FAILED", storage: { kind: "smb", host: "files" }, counts: null },
    domains: null,
  }),
  exhibit(
    "overview/own-domains",
    overviewPage,
    { status: null, domains: pageWith(rows(3, domainRow)) },
    { actor: KEEPER },
  ),
  exhibit("overview/no-permission", overviewPage, { status: null, domains: null }, { actor: NEWCOMER }),
  ...watchExhibits(STATUS, LAST_CHANGES),
];

const told = (part: CheckPart, found: Found, values: Record<string, string> = {}) => ({
  part,
  step: stepOf({ found }),
  outcome: outcomeOf({ found }),
  found,
  values: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const report = (findings: readonly ReturnType<typeof told>[]) => ({
  failures: findings.filter(({ outcome }) => outcome === "failure").length,
  warnings: findings.filter(({ outcome }) => outcome === "warning").length,
  findings: [...findings],
});
const ctrlFine = [
  told("ctrl", "ctrlAnswers"),
  told("ctrl", "signedIn"),
  told("ctrl", "lineEncrypted"),
  told("ctrl", "versionKnown", { version: "XMail 1.27" }),
  told("ctrl", "ctrlLists", { count: "214" }),
  told("ctrl", "clockEqual"),
];
const storageFine = (part: CheckPart, kind: string) => [
  told(part, "storageOpens", { kind }),
  told(part, "mayRead"),
  told(part, "canAllNeeded"),
  told(part, "mayWrite"),
  told(part, "bytesEqual"),
  told(part, "renamed"),
  told(part, "cleaned"),
  told(part, "clockEqual"),
];
const allFine = report([
  told("configuration", "secretsHidden"),
  ...ctrlFine,
  ...storageFine("mailRoot", "sftp"),
  told("mailRoot", "looksLikeMailRoot"),
  told("mailRoot", "sameMailRoot"),
  ...storageFine("state", "local"),
  told("state", "stateHidden"),
  told("state", "hasAdministrators", { count: "2" }),
]);

const check: Exhibit[] = [
  exhibit("check/before", checkPage, null),
  exhibit("check/fine", checkPage, allFine),
  exhibit(
    "check/warning",
    checkPage,
    report([
      told("configuration", "secretShown", { field: "xmail.ctrl.password", mode: "644" }),
      ...ctrlFine,
      told("state", "storageOpens", { kind: "smb" }),
      told("state", "clockDiffers", { seconds: "3605" }),
    ]),
  ),
  exhibit(
    "check/failures",
    checkPage,
    report([
      told("ctrl", "ctrlAnswers"),
      told("ctrl", "signInRefused"),
      told("mailRoot", "storageOpens", { kind: "sftp" }),
      told("mailRoot", "mayRead"),
      told("mailRoot", "lacksNeeded", { capability: "atomicReplace" }),
      told("mailRoot", "mayWrite"),
      told("mailRoot", "bytesDiffer"),
      told("mailRoot", "renameFailed", { code: "STORAGE_DENIED" }),
      told("mailRoot", "scratchLeft", { files: `.xmailcfg/check-${"0123456789abcdef".repeat(4)}.txt` }),
      told("mailRoot", "clockDiffers", { seconds: "3605" }),
      told("mailRoot", "notMailRoot", { missing: "server.tab, domains" }),
      told("mailRoot", "notCompared"),
      told("state", "storageFailed", { reason: `state.smb: ${LONG_DOMAIN} does not answer.` }),
    ]),
  ),
  exhibit("check/one-connection", checkPage, report([...ctrlFine])),
  exhibit("check/refused", checkPage, null, { refusal: refused("STORAGE_FAILED", []) }),
  exhibit("check/no-permission", checkPage, null, { actor: READER }),
];

const domains: Exhibit[] = [
  exhibit("domains/empty", domainsPage, listed([])),
  exhibit("domains/one", domainsPage, listed(rows(1, domainRow)), {
    flash: ok("domainRemoved", { name: "example.org" }),
  }),
  exhibit("domains/many", domainsPage, listed(rows(50, domainRow), {}, { total: 214, next: "next" })),
  exhibit("domains/no-match", domainsPage, listed([], { search: "tanakka" }), {
    here: "/domains?search=tanakka",
  }),
  exhibit(
    "domains/too-long",
    domainsPage,
    listed([{ domain: LONG_DOMAIN, accounts: 1_234_567, lists: 12_345, aliases: 123_456 }]),
  ),
  exhibit("domains/refused", domainsPage, listed([], { search: "x".repeat(201) }), {
    refusal: refused("INVALID_INPUT", [{ field: "search", rule: "maxLength", limit: 200 }]),
  }),
  exhibit("domains/no-permission", domainsPage, listed(rows(3, domainRow)), { actor: READER }),
  exhibit("domain-add/new", domainAddPage, undefined),
  exhibit("domain-add/refused", domainAddPage, undefined, {
    refusal: refused("INVALID_INPUT", [{ field: "domain", rule: "domain-name" }], {
      domain: "例え.テスト_",
    }),
  }),
  exhibit("domain-add/exists", domainAddPage, undefined, {
    refusal: refused("DOMAIN_EXISTS", [{ field: "domain", rule: "DOMAIN_EXISTS" }], {
      domain: "example.com",
    }),
  }),
  exhibit(
    "domain/full",
    domainPage,
    { domain: "example.com", holdings: HOLDINGS },
    { here: "/domains/example.com" },
  ),
  exhibit(
    "domain/new",
    domainPage,
    { domain: "example.com", holdings: NO_HOLDINGS },
    { here: "/domains/example.com", flash: ok("domainAdded", { name: "example.com" }) },
  ),
  exhibit("domain/too-long", domainPage, { domain: LONG_DOMAIN, holdings: HOLDINGS }),
  exhibit(
    "domain/no-permission",
    domainPage,
    { domain: "example.com", holdings: HOLDINGS },
    { actor: READER },
  ),
  exhibit("domain-remove/full", domainRemovePage, { domain: "example.com", holdings: HOLDINGS }),
  exhibit("domain-remove/empty", domainRemovePage, { domain: "example.com", holdings: NO_HOLDINGS }),
  exhibit(
    "domain-remove/wrong-name",
    domainRemovePage,
    { domain: "example.com", holdings: HOLDINGS },
    {
      refusal: refused("INVALID_INPUT", [{ field: "confirm", rule: "confirm", limit: "example.com" }], {
        confirm: "example.co",
      }),
    },
  ),
];

const accounts: Exhibit[] = [
  exhibit("accounts/empty", accountsPage, listed([])),
  exhibit("accounts/one", accountsPage, listed([HANA])),
  exhibit("accounts/many", accountsPage, listed(rows(50, account), {}, ONE_PAGE_OF_MANY)),
  exhibit(
    "accounts/filtered",
    accountsPage,
    listed(
      rows(50, (n) => account(n, { domain: "example.com" })),
      { search: "a", domain: "example.com", sort: "kind", order: "descending" },
      { total: 1204, next: "next" },
    ),
    { here: "/accounts?search=a&domain=example.com&sort=kind&order=descending" },
  ),
  exhibit("accounts/no-match", accountsPage, listed([], { search: "tanakka" })),
  exhibit("accounts/beyond-the-end", accountsPage, listed([], { cursor: "x" }, { total: 12 })),
  exhibit("accounts/too-long", accountsPage, listed([LONG, HANA, account(3, { domain: LONG_DOMAIN })])),
  exhibit("accounts/refused", accountsPage, listed([], { domain: "exa mple" }), {
    refusal: refused("INVALID_INPUT", [{ field: "domain", rule: "existing-domain" }]),
  }),
  exhibit(
    "accounts/lists",
    accountsPage,
    listed([LIST, { ...LIST, name: "all", address: "all@example.com" }], { kind: "list" }),
    { here: "/accounts?kind=list" },
  ),
  exhibit("accounts/no-lists", accountsPage, listed([], { kind: "list" }), { here: "/accounts?kind=list" }),
  exhibit("accounts/no-permission", accountsPage, listed(rows(4, account)), { actor: READER }),
  exhibit("account-add/new", accountAddPage, {
    domains: ["example.com", "example.jp", "example.co.jp"],
    domain: "example.jp",
    kind: "user",
  }),
  exhibit("account-add/typed-domain", accountAddPage, { domains: null, domain: "", kind: "list" }),
  exhibit("account-add/no-domain", accountAddPage, { domains: [], domain: "", kind: "user" }),
  exhibit(
    "account-add/refused",
    accountAddPage,
    { domains: ["example.com", "example.jp"], domain: "example.jp", kind: "user" },
    {
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: "name", rule: "account-name" },
          { field: "password", rule: "minLength", limit: 8 },
        ],
        { name: "hana hanada", domain: "example.com", kind: "list", realName: "花田 はな" },
      ),
    },
  ),
  exhibit(
    "account-add/busy",
    accountAddPage,
    { domains: ["example.com"], domain: "", kind: "user" },
    { refusal: refused("XMAIL_BUSY", [], { name: "hana" }) },
  ),
];

const ACCOUNT = "/accounts/example.com/hana";
const ALIASES = rows(3, (n) => ({ alias: ["info", "hanada", "press"][n] ?? "", domain: "example.com" }));

const oneAccount: Exhibit[] = [
  exhibit("account/active", accountPage, { account: HANA, aliases: ALIASES, looks: [] }, { here: ACCOUNT }),
  exhibit(
    "account/opened",
    accountPage,
    { account: HANA, aliases: ALIASES, looks: [OPENED, { ...OPENED, reason: null }] },
    { here: ACCOUNT },
  ),
  exhibit("account/second-factor", accountPage, {
    account: HANA,
    aliases: [],
    factors: { totp: true, recoveryCodesLeft: 9, passkeys: 2 },
  }),
  exhibit(
    "account/new",
    accountPage,
    {
      account: {
        ...HANA,
        realName: "",
        variables: [],
        lastLogin: null,
        mailbox: { bytes: 0, messages: 0, limitBytes: null },
      },
      aliases: [],
      factors: { totp: false, recoveryCodesLeft: 0, passkeys: 0 },
    },
    { here: ACCOUNT, flash: ok("accountAdded", { name: "hana@example.com" }) },
  ),
  exhibit(
    "account/suspended",
    accountPage,
    {
      account: { ...HANA, suspended: true, services: { receive: false, pop: false, send: false } },
      aliases: ALIASES,
    },
    { here: ACCOUNT, flash: ok("suspended", { name: "hana@example.com" }) },
  ),
  exhibit("account/full", accountPage, {
    account: { ...HANA, mailbox: { bytes: 1_073_741_824, messages: 41_077, limitBytes: 1_073_741_824 } },
    aliases: ALIASES,
  }),
  exhibit("account/list", accountPage, { account: LIST, aliases: [] }),
  exhibit("account/too-long", accountPage, {
    account: LONG,
    aliases: rows(2, () => ({ alias: LONG_NAME, domain: LONG_DOMAIN })),
  }),
  exhibit(
    "account/refused",
    accountPage,
    { account: HANA, aliases: null },
    {
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: "realName", rule: "maxLength", limit: 400 },
          { field: "mailboxLimit", rule: "kilobytes" },
        ],
        {
          realName: "花田 はな",
          mailboxLimit: "many",
          mailboxLimitUnit: "GB",
          shows: "permissions",
          permissions: "own",
          right: "M",
        },
      ),
    },
  ),
  exhibit(
    "account/failed",
    accountPage,
    { account: { ...HANA, suspended: true }, aliases: [] },
    { flash: { tone: "bad", text: "NOT_SUSPENDED" } },
  ),
  exhibit("account/no-permission", accountPage, { account: HANA, aliases: ALIASES }, { actor: READER }),
  exhibit("account-password/new", accountPasswordPage, HANA),
  exhibit("account-password/refused", accountPasswordPage, HANA, {
    refusal: refused("INVALID_INPUT", [
      { field: "password", rule: "guessable" },
      { field: "passwordAgain", rule: "again" },
    ]),
  }),
  exhibit("account-variables/some", accountVariablesPage, HANA),
  exhibit("account-variables/none", accountVariablesPage, { ...HANA, variables: [] }),
  exhibit("account-variables/too-long", accountVariablesPage, {
    ...HANA,
    variables: [
      { name: "N".repeat(64), value: "値".repeat(200) },
      { name: "Url", value: `https://example.com/${"x".repeat(300)}` },
    ],
  }),
  exhibit("account-variables/refused", accountVariablesPage, HANA, {
    refusal: refused("INVALID_INPUT", [{ field: "variable", rule: "variable-name" }], {
      variable: "Tele phone",
      value: "03",
    }),
  }),
  exhibit("account-variables/no-permission", accountVariablesPage, HANA, { actor: READER }),
  exhibit("account-suspend/user", accountSuspendPage, HANA),
  exhibit("account-suspend/list", accountSuspendPage, LIST),
  exhibit("account-reset-factors/question", accountFactorsPage, HANA),
  exhibit("account-reset-factors/too-long", accountFactorsPage, LONG),
  exhibit("account-remove/user", accountRemovePage, HANA),
  exhibit("account-remove/empty", accountRemovePage, {
    ...HANA,
    mailbox: { bytes: 0, messages: 0, limitBytes: null },
  }),
  exhibit("account-remove/too-long", accountRemovePage, LONG),
  exhibit("account-remove/wrong-name", accountRemovePage, HANA, {
    refusal: refused("INVALID_INPUT", [{ field: "confirm", rule: "confirm", limit: "hana@example.com" }], {
      confirm: "hana",
    }),
  }),
];

const aliases: Exhibit[] = [
  exhibit("aliases/empty", aliasesPage, listed([])),
  exhibit("aliases/one", aliasesPage, listed([aliasRow(1)]), {
    flash: ok("aliasAdded", { name: "info1@example.com", target: "u1@example.com" }),
  }),
  exhibit("aliases/many", aliasesPage, listed(rows(50, aliasRow), {}, { total: 3904, next: "next" })),
  exhibit("aliases/no-match", aliasesPage, listed([], { search: "tanakka" })),
  exhibit(
    "aliases/too-long",
    aliasesPage,
    listed([{ domain: LONG_DOMAIN, alias: LONG_NAME, target: `${LONG_NAME}@${LONG_DOMAIN}`, kind: "exact" }]),
  ),
  exhibit("aliases/no-permission", aliasesPage, listed(rows(4, aliasRow)), { actor: READER }),
  exhibit("alias-add/new", aliasAddPage, {
    domain: "example.com",
    target: "hana",
    domains: ["example.com", "example.jp"],
  }),
  exhibit(
    "alias-add/refused",
    aliasAddPage,
    { domain: "", target: "", domains: [] },
    {
      refusal: refused("ACCOUNT_NOT_FOUND", [{ field: "target", rule: "ACCOUNT_NOT_FOUND" }], {
        alias: "info",
        domain: "example.com",
        target: "hanna",
      }),
    },
  ),
  exhibit("alias-remove/known", aliasRemovePage, {
    alias: "info",
    domain: "example.com",
    target: "hana@example.com",
  }),
  exhibit("alias-remove/unknown-target", aliasRemovePage, { alias: "*", domain: "*", target: null }),
  exhibit("mail-route/new", mailRoutePage, { address: "", route: null }),
  exhibit("mail-route/alias", mailRoutePage, {
    address: "info@example.net",
    route: {
      address: "info@example.net",
      steps: [steps.noDomain, steps.domainAlias, steps.noAccount, steps.alias],
      reaches: "hana@example.com",
    },
  }),
  exhibit("mail-route/account", mailRoutePage, {
    address: "hana@example.com",
    route: { address: "hana@example.com", steps: [steps.domain, steps.account], reaches: "hana@example.com" },
  }),
  exhibit("mail-route/nobody", mailRoutePage, {
    address: "nobody@example.com",
    route: {
      address: "nobody@example.com",
      steps: [steps.domain, steps.noAccount, steps.noAlias],
      reaches: null,
    },
  }),
  exhibit("mail-route/elsewhere", mailRoutePage, {
    address: "someone@example.org",
    route: { address: "someone@example.org", steps: [steps.noDomain, steps.noDomainAlias], reaches: null },
  }),
  exhibit(
    "mail-route/refused",
    mailRoutePage,
    { address: "nobody", route: null },
    { refusal: refused("INVALID_INPUT", [{ field: "address", rule: "address" }], { address: "nobody" }) },
  ),
  exhibit("domain-aliases/empty", domainAliasesPage, listed([])),
  exhibit(
    "domain-aliases/many",
    domainAliasesPage,
    listed(rows(50, domainAliasRow), {}, { total: 73, next: "next" }),
  ),
  exhibit("domain-aliases/no-match", domainAliasesPage, listed([], { domain: "example.org" })),
  exhibit(
    "domain-aliases/too-long",
    domainAliasesPage,
    listed([{ alias: LONG_DOMAIN, domain: LONG_DOMAIN }]),
  ),
  exhibit("domain-aliases/no-permission", domainAliasesPage, listed(rows(2, domainAliasRow)), {
    actor: READER,
  }),
  exhibit("domain-alias-add/new", domainAliasAddPage, {
    domain: "example.com",
    domains: ["example.com", "example.jp"],
  }),
  exhibit(
    "domain-alias-add/refused",
    domainAliasAddPage,
    { domain: "", domains: null },
    {
      refusal: refused("DOMAIN_ALIAS_EXISTS", [{ field: "alias", rule: "DOMAIN_ALIAS_EXISTS" }], {
        alias: "example.net",
        domain: "example.com",
      }),
    },
  ),
  exhibit("domain-alias-remove/asked", domainAliasRemovePage, {
    domain: "example.com",
    alias: "example.net",
  }),
];

const REQUEST = "3f2a9d70-6a35-4d7c-9a1e-0c5b8f1d2e11";
const failure = (name: string, code: ConstructorParameters<typeof AppError>[0], signedIn = true): Exhibit =>
  exhibitOf(
    `failure/${name}`,
    "/accounts/example.com/nobody",
    failureScreen(new AppError(code), REQUEST),
    signedIn ? {} : { actor: null },
  );

const outside: Exhibit[] = [
  exhibit("sign-in/new", signInPage, { next: "/" }, { actor: null }),
  exhibit(
    "sign-in/signed-out",
    signInPage,
    { next: "/" },
    {
      actor: null,
      flash: ok("signedOut"),
    },
  ),
  exhibit(
    "sign-in/wrong",
    signInPage,
    { next: "/accounts" },
    {
      actor: null,
      refusal: refused("INVALID_INPUT", [{ field: "password", rule: "wrong" }], {
        name: "sato",
        next: "/accounts",
      }),
    },
  ),
  exhibit(
    "sign-in/too-many",
    signInPage,
    { next: "/" },
    { actor: null, refusal: refused("TOO_MANY_TRIES", [], { name: "sato" }) },
  ),
  failure("not-found", "ACCOUNT_NOT_FOUND"),
  failure("forbidden", "FORBIDDEN"),
  failure("wrong-method", "METHOD_NOT_ALLOWED"),
  failure("cross-origin", "CROSS_ORIGIN"),
  failure("internal", "INTERNAL"),
  failure("xmail-unreachable", "XMAIL_UNREACHABLE"),
  failure("outcome-unknown", "XMAIL_OUTCOME_UNKNOWN"),
  failure("not-found-signed-out", "NOT_FOUND", false),
];

/** Every screen in every state worth looking at. */
export const GALLERY: readonly Exhibit[] = [
  ...overview,
  ...check,
  ...domains,
  ...accounts,
  ...oneAccount,
  ...aliases,
  ...AUDIT_EXHIBITS,
  ...LOG_EXHIBITS,
  ...GROUP_EXHIBITS,
  ...PEOPLE_EXHIBITS,
  ...QUEUE_EXHIBITS,
  ...MAILBOX_EXHIBITS,
  ...RESCUE_EXHIBITS,
  ...ME_EXHIBITS,
  ...DOOR_EXHIBITS,
  ...CHANGES_EXHIBITS,
  ...TABLES,
  ...SERVER_PAGES,
  ...HEALTH,
  ...outside,
];
