import type { Noun, Proof } from "./cover.ts";

export interface Home {
  /** A page counts with its forms: add, change, remove, move, turn. */
  readonly on: readonly string[];
  readonly tests: readonly Proof[];
}

const ACCESS = "test/unit/operations/access.test.ts";
const FILTERS = "test/unit/operations/filters.test.ts";
const SENDING = "test/unit/operations/sending.test.ts";
const SERVER = "test/unit/operations/server-settings.test.ts";
const STEPS = "test/unit/operations/mail-steps.test.ts";
const VACATION = "test/unit/operations/vacation.test.ts";
const FACTORS = "test/conformance/second-factor-panel.test.ts";
const API = "test/conformance/api-operations.test.ts";
const GROUPS = "test/unit/operations/groups.test.ts";
const LOGS = "test/unit/operations/log.test.ts";
const PEOPLE = "test/unit/operations/people.test.ts";
const ROWS = "test/unit/operations/addresses.test.ts";

/** Where the operations of each noun are found in the panel, and what proves them. */
export const HOMES: Readonly<Record<Noun, Home>> = {
  domain: {
    on: ["/domains", "/add-domain", "/domains/:domain", "/domains/:domain/remove"],
    tests: [`${API}#domain`, "test/conformance/killed-changes.ts#domains.remove"],
  },
  account: {
    on: [
      "/accounts",
      "/add-account",
      "/accounts/:domain/:name",
      "/accounts/:domain/:name/variables",
      "/accounts/:domain/:name/password",
      "/accounts/:domain/:name/suspend",
      "/accounts/:domain/:name/resume",
      "/accounts/:domain/:name/reset-factors",
      "/accounts/:domain/:name/remove",
      "/import",
      "/export/accounts",
    ],
    tests: [`${API}#account`, "test/conformance/changes-killed.test.ts#account"],
  },
  alias: {
    on: ["/aliases", "/add-alias", "/aliases/:domain/:alias/remove", "/import", "/export/aliases"],
    tests: [`${API}#alias`, "src/testing/backend/aliases.ts#alias"],
  },
  domainAlias: {
    on: ["/domain-aliases", "/add-domain-alias", "/domain-aliases/:domain/:alias/remove"],
    tests: [`${API}#domainAlias`],
  },
  externalAlias: {
    on: ["/external-aliases", "/add-external-alias", "/external-aliases/:remote/remove"],
    tests: [`${ROWS}#externalAlias`, "src/testing/backend/external-aliases.ts#externalAliases"],
  },
  forwarding: { on: ["/accounts/:domain/:name/forwarding"], tests: [`${STEPS}#forwarding`] },
  vacation: {
    on: ["/accounts/:domain/:name/vacation"],
    tests: [`${VACATION}#vacation`, "test/live/xmail/vacation.test.ts#vacation"],
  },
  mailStep: { on: ["/accounts/:domain/:name/steps"], tests: [`${STEPS}#mailStep`] },
  domainMailStep: { on: ["/domains/:domain/steps"], tests: [`${STEPS}#domainMailStep`] },
  commandAlias: {
    on: [
      "/domains/:domain/command-aliases",
      "/domains/:domain/add-command-alias",
      "/domains/:domain/command-aliases/:alias/remove",
    ],
    tests: [`${STEPS}#commandAlias`],
  },
  commandAliasStep: {
    on: ["/domains/:domain/command-aliases/:alias/steps"],
    tests: [`${STEPS}#commandAliasStep`],
  },
  customDomain: {
    on: ["/custom-domains", "/add-custom-domain", "/custom-domains/:domain/remove"],
    tests: [`${STEPS}#customDomain`],
  },
  customDomainStep: { on: ["/custom-domains/:domain/steps"], tests: [`${STEPS}#customDomainStep`] },
  member: {
    on: [
      "/accounts/:domain/:name/members",
      "/accounts/:domain/:name/members/add-many",
      "/accounts/:domain/:name/members/:address/change",
      "/accounts/:domain/:name/members/:address/remove",
      "/import",
      "/export/members/:domain/:name",
    ],
    tests: [`${ROWS}#member`, "src/testing/backend/mailing-lists.ts#member"],
  },
  group: {
    on: [
      "/groups",
      "/add-group",
      "/groups/:group",
      "/groups/:group/edit",
      "/groups/:group/suspend",
      "/groups/:group/resume",
      "/groups/:group/fill-list",
      "/groups/:group/vacation",
      "/groups/:group/remove",
    ],
    tests: [`${GROUPS}#group`],
  },
  groupMember: {
    on: [
      "/groups/:group/members",
      "/groups/:group/members/add",
      "/groups/:group/members/:address/change",
      "/groups/:group/members/:address/remove",
    ],
    tests: [`${GROUPS}#groupMember`],
  },
  popLink: {
    on: [
      "/pop-links",
      "/add-pop-link",
      "/pop-links/:domain/:name/:host/:remoteName/change",
      "/pop-links/:domain/:name/:host/:remoteName/turn",
      "/pop-links/:domain/:name/:host/:remoteName/remove",
    ],
    tests: [`${ROWS}#popLink`, "src/testing/backend/pop-links.ts#popLinks"],
  },
  mail: {
    on: ["/mail-route"],
    tests: ["test/unit/operations/mail-explain.test.ts#mail", "test/live/xmail/mail-route.test.ts#mail"],
  },
  access: { on: ["/access", "/access/pop3", "/access/ctrl", "/access/finger"], tests: [`${ACCESS}#access`] },
  smtpAccess: { on: ["/access"], tests: [`${ACCESS}#smtpAccess`] },
  pop3Access: { on: ["/access/pop3"], tests: [`${ROWS}#pop3Access`] },
  ctrlAccess: { on: ["/access/ctrl"], tests: [`${ACCESS}#ctrlAccess`] },
  fingerAccess: { on: ["/access/finger"], tests: [`${ROWS}#fingerAccess`] },
  accountAccess: { on: ["/accounts/:domain/:name/access"], tests: [`${ACCESS}#accountAccess`] },
  relay: { on: ["/relay-rules"], tests: [`${ACCESS}#relay`] },
  spammer: { on: ["/banned-addresses", "/banned-addresses/rebuild"], tests: [`${ACCESS}#spammer`] },
  ipProperty: { on: ["/smtp-exceptions"], tests: [`${ACCESS}#ipProperty`] },
  hostProperty: { on: ["/smtp-exceptions/names"], tests: [`${ACCESS}#hostProperty`] },
  spamAddress: { on: ["/banned-senders"], tests: [`${ROWS}#spamAddress`] },
  smtpAccount: { on: ["/sending-accounts"], tests: [`${SENDING}#smtpAccount`] },
  smtpCheck: { on: ["/sign-in-programs"], tests: [`${SENDING}#smtpCheck`] },
  forward: { on: ["/forwarding-rules"], tests: [`${SENDING}#forward`] },
  sourceRoute: { on: ["/source-routes"], tests: [`${SENDING}#sourceRoute`] },
  clientLoginHost: {
    on: ["/client-logins", "/add-client-login", "/client-logins/:host/remove-all"],
    tests: [`${SENDING}#clientLoginHost`],
  },
  clientLogin: { on: ["/client-logins/:host"], tests: [`${SENDING}#clientLogin`] },
  popCheckDomain: {
    on: ["/account-programs", "/add-account-program", "/account-programs/:domain/remove-all"],
    tests: [`${SENDING}#popCheckDomain`],
  },
  popCheck: { on: ["/account-programs/:domain"], tests: [`${SENDING}#popCheck`] },
  filterIn: { on: ["/filters-in"], tests: [`${FILTERS}#filterIn`] },
  filterOut: { on: ["/filters-out"], tests: [`${FILTERS}#filterOut`] },
  filterPostRcpt: { on: ["/filters-post-rcpt"], tests: [`${FILTERS}#filterPostRcpt`] },
  filterPreData: { on: ["/filters-pre-data"], tests: [`${FILTERS}#filterPreData`] },
  filterPostData: { on: ["/filters-post-data"], tests: [`${FILTERS}#filterPostData`] },
  filterFile: {
    on: ["/filter-files", "/add-filter-file", "/filter-files/:file/remove-all"],
    tests: [`${FILTERS}#filterFile`],
  },
  filterStep: { on: ["/filter-files/:file"], tests: [`${FILTERS}#filterStep`] },
  person: {
    on: [
      "/people",
      "/people/:person",
      "/people/:person/password",
      "/people/:person/suspend",
      "/people/:person/resume",
      "/people/:person/end-sessions",
      "/people/:person/reset-factors",
      "/people/:person/remove",
    ],
    tests: [`${PEOPLE}#person`],
  },
  administrator: {
    on: ["/add-administrator", "/people/:person/edit"],
    tests: [`${PEOPLE}#administrator`],
  },
  delegation: {
    on: ["/add-delegation", "/people/:person/edit", "/people/:person/notify", "/import-delegations"],
    tests: [`${PEOPLE}#delegation`, "test/unit/operations/handing-on.test.ts#delegation"],
  },
  listAdministrator: {
    on: ["/add-list-administrator", "/people/:person/edit"],
    tests: [`${PEOPLE}#listAdministrator`],
  },
  apiKey: {
    on: ["/api-keys", "/add-api-key", "/api-keys/:id/remove"],
    tests: [`${PEOPLE}#apiKey`],
  },
  policy: { on: ["/sign-in-policy"], tests: [`${PEOPLE}#policy`] },
  me: {
    on: [
      "/me",
      "/me/language",
      "/me/sign-out-everywhere",
      "/me/password",
      "/me/app",
      "/me/app/confirm",
      "/me/app/remove",
      "/me/codes",
      "/me/codes/file",
      "/me/passkeys",
      "/me/passkeys/:id/remove",
      "/me/second-factor",
    ],
    tests: [`${FACTORS}#me`, "test/browser/passkey.test.ts#passkey"],
  },
  log: {
    on: ["/logs", "/log-files", "/mail-trace", "/statistics", "/statistics/export", "/log-findings"],
    tests: [`${LOGS}#log`, "test/unit/log/index.test.ts#index"],
  },
  audit: {
    on: ["/audit", "/audit/records/:record", "/audit/verification", "/audit/export"],
    tests: ["test/conformance/audit.test.ts#audit", "test/unit/state/audit-chain.test.ts#chain"],
  },
  change: {
    on: ["/changes", "/changes/:change", "/changes/:change/undo"],
    tests: ["test/conformance/changes.test.ts#change", "test/unit/web/changes.test.ts#change"],
  },
  server: {
    on: ["/", "/check", "/health"],
    tests: [`${API}#server`, "test/unit/operations/server-lint.test.ts#lint"],
  },
  serverSetting: {
    on: ["/server-settings", "/server-settings/:group"],
    tests: [`${SERVER}#serverSetting`],
  },
  service: {
    on: [
      "/service",
      "/service/start",
      "/service/stop",
      "/service/restart",
      "/service/fetch",
      "/pop-links/fetch",
      "/service/flush",
    ],
    tests: [`${SERVER}#service`],
  },
  accountDefault: { on: ["/account-defaults"], tests: [`${SERVER}#accountDefault`] },
  domainDefault: {
    on: ["/domains/:domain/defaults", "/domains/:domain/defaults/remove"],
    tests: [`${SERVER}#domainDefault`],
  },
  ctrlAccount: { on: ["/ctrl-accounts"], tests: [`${SERVER}#ctrlAccount`] },
  mailbox: {
    on: ["/mailboxes", "/mailboxes/count", "/mailboxes/largest"],
    tests: ["test/unit/operations/mailbox.test.ts#mailbox", "test/unit/mailbox/count.test.ts#mailboxes"],
  },
  message: {
    on: [
      "/mailboxes/:domain/:name",
      "/mailboxes/:domain/:name/:message",
      "/mailboxes/:domain/:name/:message/raw",
      "/mailboxes/:domain/:name/:message/attachments/:place",
    ],
    tests: ["test/unit/operations/mailbox.test.ts#message", "test/unit/mailbox/message.test.ts#message"],
  },
  watch: { on: ["/", "/look"], tests: ["test/unit/operations/watch.test.ts#watch"] },
  spool: {
    on: ["/queue", "/queue/act", "/queue/messages/:message", "/queue/messages/:message/mail.eml"],
    tests: ["test/unit/operations/spool.test.ts#spool", "test/unit/spool/jobs.test.ts#spool"],
  },
  incident: {
    on: ["/rescue", "/rescue/:incident", "/rescue/:incident/report", "/rescue/:incident/report.json"],
    tests: ["test/unit/operations/incident.test.ts#storm rescue"],
  },
  spoolJob: {
    on: ["/queue/jobs", "/queue/jobs/:job"],
    tests: ["test/unit/operations/spool.test.ts#spoolJob"],
  },
  removedMessage: {
    on: ["/queue/jobs/:job", "/queue/jobs/:job/messages/:message/mail.eml"],
    tests: [
      "test/unit/operations/spool-frozen.test.ts#removedMessage",
      "test/unit/spool/frozen.test.ts#removed",
    ],
  },
  file: { on: ["/files", "/files/view"], tests: [`${SERVER}#file`] },
};
