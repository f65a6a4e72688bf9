import { settingsOf } from "../../../src/operations/server-setting/rows.ts";
import { SERVER_VARIABLES } from "../../../src/settings/server-variables/catalogue.ts";
import { START_SWITCHES } from "../../../src/settings/start-switches.ts";
import { startTexts } from "../../../src/settings/start-texts.ts";
import {
  accountDefaultsPage,
  domainDefaultsPage,
  domainDefaultsRemovePage,
} from "../../../src/web/pages/account-defaults.ts";
import { ctrlAccountPages, ctrlAccounts } from "../../../src/web/pages/ctrl-accounts.ts";
import { type FileData, fileViewPage } from "../../../src/web/pages/file-view.ts";
import { filesPage } from "../../../src/web/pages/files.ts";
import { serverSettingGroupPage, serverSettingsPage } from "../../../src/web/pages/server-settings.ts";
import {
  serviceFlushPage,
  servicePage,
  serviceRestartPage,
  serviceStopPage,
} from "../../../src/web/pages/service.ts";
import { serviceStartPage } from "../../../src/web/pages/service-start.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";
import { rowExhibits } from "./gallery-rows.ts";

const SET: Readonly<Record<string, string>> = {
  RootDomain: "example.com",
  PostMaster: "postmaster@example.com",
  DefaultSMTPGateways: "gw1.example.com:587,NeedTLS=2;gw2.example.com",
  SmtpGwConfig: "strange words",
  CustMapsList: "zen.example.org.:1,dial.example.org.:-10",
  "SMTP-RDNSCheck": "-5",
  SmartDNSHost: "192.0.2.53:udp",
  NotifyTryPattern: "1,4,9",
  Pop3LogPasswd: "1",
  "SmtpConfig-192.0.2.1,587": "MailAuth,WantTLS",
  SmtpMsgIPBan: "550 Your address is not welcome here",
  MyOwnVariable: "value of another program",
};
const items = settingsOf(
  Object.entries(SET).map(([name, value], at) => ({
    name,
    value,
    line: at + 4,
    repeated: name === "PostMaster" ? [40, 41] : [],
  })),
);
const REVISION = "0123456789abcdef";
const settings = (group: string, search = "") => ({ group, search, revision: REVISION, items });
const groups = [...new Set(SERVER_VARIABLES.map(({ group }) => group)), "unknown"];

const status = {
  reachable: true,
  version: "XMail 1.27",
  mode: "ctrl+files",
  problem: null,
  orders: true,
  restart: true,
  startLine: "-Pl -Sl -Qn 32",
};
const explained = (line: string) => ({
  line,
  switches: START_SWITCHES.map((one) => ({
    ...one,
    given: line.includes(one.flag) ? [one.takes === "nothing" ? "" : "32"] : [],
  })),
  strange: line === "" ? [] : ["-Zz"],
  ...startTexts(line, null),
});

const variables = [
  { name: "MaxMBSize", value: "102400", line: 1 },
  { name: "SmtpPerms", value: "MR", line: 2 },
  { name: "Telephone", value: "03-0000-0000", line: 3 },
];
const file: FileData = {
  path: "smtp.ipmap.tab",
  table: "smtpIpMap",
  revision: REVISION,
  bytes: 120,
  columns: ["address", "mask", "permission", "precedence"],
  comments: true,
  readAgain: "each session",
  ordered: false,
  lines: [
    { number: 1, reading: "comment", cells: [], text: "# who may connect" },
    {
      number: 2,
      reading: "row",
      cells: ["192.0.2.0", "255.255.255.0", "ALLOW", "1"],
      text: '"192.0.2.0"\t"255.255.255.0"\t"ALLOW"\t1',
    },
    { number: 3, reading: "senseless", cells: ["192.0.2.1"], text: '"192.0.2.1"' },
    { number: 4, reading: "cut", cells: ["x".repeat(120)], text: "x".repeat(120) },
    { number: 5, reading: "rest", cells: ["y"], text: "y" },
    { number: 6, reading: "blank", cells: [], text: "" },
  ],
  total: 6,
  from: 1,
  next: 7,
  locked: null,
  text: '# who may connect\n"192.0.2.0"\t"255.255.255.0"\t"ALLOW"\t1\n',
};
const listed = [
  { path: "server.tab", table: "server", indexed: false },
  { path: "mailusers.tab", table: "accounts", indexed: true },
  { path: "filters/glst.conf", table: null, indexed: false },
];

/** The pages about the server itself. */
export const SERVER_PAGES: readonly Exhibit[] = [
  ...groups.map((group) =>
    exhibit(`server-settings/${group}`, serverSettingGroupPage, settings(group), {
      here: `/server-settings/${group}`,
    }),
  ),
  exhibit("server-settings/search", serverSettingsPage, settings("identity", "tls"), {
    here: "/server-settings?search=tls",
  }),
  exhibit("server-settings/no-match", serverSettingsPage, settings("identity", "zzzz"), {
    here: "/server-settings?search=zzzz",
  }),
  exhibit("server-settings/refused", serverSettingGroupPage, settings("pop3"), {
    here: "/server-settings/pop3",
    refusal: refused(
      "INVALID_INPUT",
      [
        { field: "Pop3SyncErrorAccount", rule: "address" },
        { field: "FetchHdrTags", rule: "server-part", limit: "2" },
        { field: "confirm", rule: "confirm", limit: "Pop3LogPasswd" },
      ],
      { Pop3LogPasswd: "2", "FetchHdrTags.0.row": "1", "FetchHdrTags.0.header": "T o" },
    ),
  }),
  exhibit("server-settings/conflict", serverSettingGroupPage, settings("limits"), {
    here: "/server-settings/limits",
    refusal: refused("CONFLICT", []),
  }),
  exhibit("service/running", servicePage, { status, start: explained("-Pl -Sl -Qn 32") }),
  exhibit("service/stopped", servicePage, {
    status: { ...status, reachable: false, mode: "tab", orders: false, restart: false, startLine: null },
    start: explained(""),
  }),
  exhibit("service-flush/new", serviceFlushPage, null),
  exhibit("service-stop/question", serviceStopPage, null),
  exhibit("service-restart/question", serviceRestartPage, null),
  exhibit("service-start/empty", serviceStartPage, explained("")),
  exhibit("service-start/composed", serviceStartPage, explained("-Pl -Sl -Qn 32")),
  exhibit("account-defaults/some", accountDefaultsPage, { variables, revision: REVISION }),
  exhibit("account-defaults/none", accountDefaultsPage, { variables: [], revision: REVISION }),
  exhibit(
    "domain-defaults/own",
    domainDefaultsPage,
    { domain: "example.com", own: true, variables, revision: REVISION },
    { here: "/domains/example.com/defaults" },
  ),
  exhibit(
    "domain-defaults/none",
    domainDefaultsPage,
    { domain: "example.com", own: false, variables, revision: REVISION },
    { here: "/domains/example.com/defaults" },
  ),
  exhibit(
    "domain-defaults-remove/question",
    domainDefaultsRemovePage,
    { domain: "example.com", own: true, variables, revision: REVISION },
    { here: "/domains/example.com/defaults/remove" },
  ),
  ...rowExhibits("ctrl-accounts", ctrlAccounts, ctrlAccountPages, [
    { name: "admin" },
    { name: "a.very.long.name.of.an.account.for.tests" },
  ]),
  exhibit("files/server", filesPage, { domain: "", name: "", items: listed }),
  exhibit("files/none", filesPage, { domain: "example.org", name: "", items: [] }),
  exhibit("file-view/table", fileViewPage, file, { here: "/files/view?path=smtp.ipmap.tab" }),
  exhibit("file-view/locked", fileViewPage, { ...file, next: null, locked: "indexed", text: null }),
  exhibit("file-view/refused", fileViewPage, file, {
    refusal: refused("INVALID_INPUT", [{ field: "text", rule: "file-line", limit: "3 (mask)" }], {
      text: "typed\n",
      revision: REVISION,
    }),
  }),
];
