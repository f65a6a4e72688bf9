import { type Html, html } from "../html.ts";
import type { MenuLink, MenuSection } from "../look.ts";
import type { Frame } from "../page.ts";
import { accountPath } from "../paths.ts";
import type { Text } from "../text/en.ts";

interface Item {
  readonly words: keyof Text["menu"];
  readonly path: string;
  /** Operation without which the page would show nothing. */
  readonly needs: string;
  readonly kind?: "list";
  /** Of use also to who may do it to a part of the server only. */
  readonly below?: true;
}

/** Heading, and what stands under it, in the order in which an administrator goes through a server. */
const SECTIONS: readonly { readonly heading: keyof Text["menu"]; readonly items: readonly Item[] }[] = [
  {
    heading: "directory",
    items: [
      { words: "domains", path: "/domains", needs: "domain.list" },
      { words: "accounts", path: "/accounts", needs: "account.list" },
      { words: "lists", path: "/accounts", needs: "account.list", kind: "list" },
      { words: "groups", path: "/groups", needs: "group.list" },
      { words: "aliases", path: "/aliases", needs: "alias.list" },
      { words: "domainAliases", path: "/domain-aliases", needs: "domainAlias.list" },
      { words: "externalAliases", path: "/external-aliases", needs: "externalAlias.list" },
      { words: "popLinks", path: "/pop-links", needs: "popLink.list" },
      { words: "customDomains", path: "/custom-domains", needs: "customDomain.list" },
      { words: "mailRoute", path: "/mail-route", needs: "alias.explain" },
    ],
  },
  {
    heading: "watch",
    items: [
      { words: "queue", path: "/queue", needs: "spool.shape" },
      { words: "rescue", path: "/rescue", needs: "incident.list" },
      { words: "mailboxes", path: "/mailboxes", needs: "mailbox.usage" },
      { words: "mailTrace", path: "/mail-trace", needs: "log.trace" },
      { words: "logs", path: "/logs", needs: "log.search" },
      { words: "statistics", path: "/statistics", needs: "log.statistics" },
      { words: "logFindings", path: "/log-findings", needs: "log.lint" },
    ],
  },
  {
    heading: "whoMay",
    items: [
      { words: "people", path: "/people", needs: "person.list" },
      { words: "apiKeys", path: "/api-keys", needs: "apiKey.list" },
    ],
  },
  {
    heading: "access",
    items: [
      { words: "accessRules", path: "/access", needs: "smtpAccess.list" },
      { words: "relay", path: "/relay-rules", needs: "relay.list" },
      { words: "bannedAddresses", path: "/banned-addresses", needs: "spammer.list" },
      { words: "bannedSenders", path: "/banned-senders", needs: "spamAddress.list" },
      { words: "smtpExceptions", path: "/smtp-exceptions", needs: "ipProperty.list" },
    ],
  },
  {
    heading: "sending",
    items: [
      { words: "forwardingRules", path: "/forwarding-rules", needs: "forward.list" },
      { words: "sourceRoutes", path: "/source-routes", needs: "sourceRoute.list" },
      { words: "clientLogins", path: "/client-logins", needs: "clientLoginHost.list" },
      { words: "sendingAccounts", path: "/sending-accounts", needs: "smtpAccount.list" },
      { words: "signInPrograms", path: "/sign-in-programs", needs: "smtpCheck.list" },
      { words: "accountPrograms", path: "/account-programs", needs: "popCheckDomain.list" },
    ],
  },
  {
    heading: "filters",
    items: [
      { words: "filtersPostRcpt", path: "/filters-post-rcpt", needs: "filterPostRcpt.list" },
      { words: "filtersPreData", path: "/filters-pre-data", needs: "filterPreData.list" },
      { words: "filtersPostData", path: "/filters-post-data", needs: "filterPostData.list" },
      { words: "filtersIn", path: "/filters-in", needs: "filterIn.list" },
      { words: "filtersOut", path: "/filters-out", needs: "filterOut.list" },
      { words: "filterFiles", path: "/filter-files", needs: "filterFile.list" },
    ],
  },
  {
    heading: "server",
    items: [
      { words: "serverSettings", path: "/server-settings", needs: "serverSetting.list" },
      { words: "service", path: "/service", needs: "service.status" },
      { words: "accountDefaults", path: "/account-defaults", needs: "accountDefault.get" },
      { words: "ctrlAccounts", path: "/ctrl-accounts", needs: "ctrlAccount.list" },
      { words: "files", path: "/files", needs: "file.list" },
    ],
  },
  {
    heading: "help",
    items: [
      { words: "emergency", path: "/emergency", needs: "account.list" },
      { words: "malware", path: "/malware", needs: "account.list" },
    ],
  },
];

const ITEMS = SECTIONS.flatMap(({ items }) => items);
/** Below the overview: for who may do it to the whole server. */
const SERVER_ITEMS: readonly Item[] = [
  { words: "health", path: "/health", needs: "server.lint" },
  { words: "check", path: "/check", needs: "server.check" },
  { words: "changes", path: "/changes", needs: "change.list", below: true },
  { words: "audit", path: "/audit", needs: "audit.list", below: true },
];

export type MenuName = "overview" | Item["words"];

/** Items of the menu by name, as a host may leave them out. */
export const MENU_NAMES: readonly MenuName[] = [
  "overview",
  ...SERVER_ITEMS.map(({ words }) => words),
  ...ITEMS.map(({ words }) => words),
];

/** The menu; what the person may not use is not in it. */
export function side(frame: Frame): Html {
  return html`<nav class="side" id="nav" popover aria-label="${frame.t.frame.main}">
${top(frame)}
${SECTIONS.map((section) => sectionOf(frame, section))}${frame.look?.sections.map((section) => more(frame, section))}
</nav>`;
}

function sectionOf(frame: Frame, { heading, items }: (typeof SECTIONS)[number]): Html | null {
  const { t, look, may } = frame;
  const shown = items.filter(
    ({ needs, words }) =>
      may.use(needs) && !look?.hidden.has(words) && (words !== "accounts" || seesAccounts(frame)),
  );
  if (shown.length === 0) return null;
  // Daily work stays open; of the rest only where the person is, so that the menu fits a screen.
  const open = heading === "directory" || shown.some((item) => isCurrent(frame, item));
  return html`<details${open && html` open`}><summary><h2>${t.menu[heading]}</h2></summary><ul>${shown.map(
    (item) => {
      const href = item.kind ? `${item.path}?kind=${item.kind}` : item.path;
      return html`<li>${entry(frame, href, t.menu[item.words], isCurrent(frame, item))}</li>`;
    },
  )}</ul></details>`;
}

/** Who looks after lists only finds them under their own name. */
function seesAccounts({ may }: Frame): boolean {
  return may.use("domain.list") || may.reach("account.list");
}

function top(frame: Frame): Html | null {
  const { t, look, may } = frame;
  const shows = (name: MenuName) => !look?.hidden.has(name);
  const items = [
    shows("overview") && entry(frame, "/", t.menu.overview, pathOf(frame) === "/"),
    frame.mailbox &&
      entry(
        frame,
        accountPath(frame.mailbox),
        t.landing.mailbox,
        pathOf(frame).startsWith(accountPath(frame.mailbox)),
      ),
    ...SERVER_ITEMS.map(
      (item) =>
        shows(item.words) &&
        (item.below ? may.use(item.needs) : may.reach(item.needs)) &&
        entry(frame, item.path, t.menu[item.words], isCurrent(frame, item)),
    ),
  ].filter((item) => item !== false && item !== undefined);
  return items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** What plugins and the host add. */
function more(frame: Frame, { title, links }: MenuSection): Html | null {
  const { t, language, may } = frame;
  const items = links.filter(({ needs }) => needs === undefined || may.use(needs));
  if (items.length === 0) return null;
  return html`${title && html`<h2>${title === "more" ? t.menu.more : title[language]}</h2>`}<ul>${items.map((item) => html`<li>${added(frame, item)}</li>`)}</ul>`;
}

function added(frame: Frame, { words, path, href }: MenuLink): Html {
  const name = words[frame.language];
  if (path === undefined) return html`<a href="${href}">${name}</a>`;
  const here = pathOf(frame);
  return entry(frame, path, name, here === path || here.startsWith(`${path}/`));
}

function entry(frame: Frame, href: string, words: string, current: boolean): Html {
  return html`<a href="${frame.link(href)}"${current && html` aria-current="page"`}>${words}</a>`;
}

function isCurrent(frame: Frame, { path, kind }: Item): boolean {
  const here = pathOf(frame);
  if (path === "/accounts" && here === path) return isListOfLists(frame) === (kind === "list");
  return kind === undefined && (here === path || here.startsWith(`${path}/`) || here === ADDING[path]);
}

/** Pages for adding stand outside the lists' paths: a domain may be called "add". */
const ADDING: Readonly<Record<string, string>> = {
  "/domains": "/add-domain",
  "/accounts": "/add-account",
  "/groups": "/add-group",
  "/aliases": "/add-alias",
  "/domain-aliases": "/add-domain-alias",
  "/external-aliases": "/add-external-alias",
  "/pop-links": "/add-pop-link",
  "/custom-domains": "/add-custom-domain",
  "/client-logins": "/add-client-login",
  "/account-programs": "/add-account-program",
  "/filter-files": "/add-filter-file",
};

function pathOf({ here }: Frame): string {
  return here.split("?")[0] ?? "";
}

function isListOfLists({ here }: Frame): boolean {
  return new URLSearchParams(here.split("?")[1] ?? "").get("kind") === "list";
}
