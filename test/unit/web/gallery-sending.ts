import type { AnyPage, Params } from "../../../src/web/page.ts";
import {
  accountProgramDomains,
  accountProgramPages,
  accountPrograms,
} from "../../../src/web/pages/account-programs.ts";
import { clientLoginHosts, clientLoginPages, clientLogins } from "../../../src/web/pages/client-logins.ts";
import { filterFilePages, filterFiles, filterSteps } from "../../../src/web/pages/filter-files.ts";
import { forwardingRulePages, forwardingRules } from "../../../src/web/pages/forwarding-rules.ts";
import { filtersIn, filtersOut } from "../../../src/web/pages/message-filters.ts";
import { sendingAccountPages, sendingAccounts } from "../../../src/web/pages/sending-accounts.ts";
import { signInProgramPages, signInPrograms } from "../../../src/web/pages/sign-in-programs.ts";
import { filtersPostData, filtersPostRcpt, filtersPreData } from "../../../src/web/pages/smtp-filters.ts";
import { sourceRoutePages, sourceRoutes } from "../../../src/web/pages/source-routes.ts";
import type { FileScreens } from "../../../src/web/rows/file-pages.ts";
import { rowPages } from "../../../src/web/rows/row-pages.ts";
import { pageWith } from "./gallery-data.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";
import { rowExhibits } from "./gallery-rows.ts";

const LONG = "a-very-long-name.".repeat(8);

/** The pages that list files, add one and remove one. */
function fileExhibits(
  name: string,
  { path, addPath, key }: FileScreens,
  [list, add, remove]: readonly AnyPage[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Exhibit[] {
  if (!list || !add || !remove) throw new Error(`${name}: a page is missing`);
  const listed = (items: readonly unknown[], query = {}, more = {}) => ({
    query,
    page: pageWith([...items], more),
  });
  const params: Params = { [key]: String(rows[0]?.[key]) };
  const many = Array.from({ length: 50 }, (_, at) => rows[at % rows.length]);
  return [
    exhibit(`${name}/empty`, list, listed([]), { here: path }),
    exhibit(`${name}/some`, list, listed(rows), { here: path }),
    exhibit(
      `${name}/many`,
      list,
      listed(many, {}, { total: 512, first: 51, next: "next", previous: "previous" }),
      { here: path },
    ),
    exhibit(`${name}/no-match`, list, listed([], { search: "zz" }), { here: `${path}?search=zz` }),
    exhibit(`${name}-add/new`, add, null, { here: addPath }),
    exhibit(`${name}-add/refused`, add, null, {
      here: addPath,
      refusal: refused("INVALID_INPUT", [{ field: key, rule: "required" }], { [key]: "" }),
    }),
    exhibit(`${name}-remove/one`, remove, params, { here: `${path}/x/remove-all` }),
  ];
}

const program = {
  program: "/usr/local/bin/scan",
  arguments: ["@@FILE", "", "user=$(USERAUTH)", "two words"],
};
const found = { program: "perl", arguments: [`/opt/${LONG}`] };

export const SENDING: readonly Exhibit[] = [
  ...rowExhibits("sending-accounts", sendingAccounts, sendingAccountPages, [
    { name: "printer", permissions: ["M", "R", "S"] },
    { name: LONG, permissions: [] },
  ]),
  ...rowExhibits("sign-in-programs", signInPrograms, signInProgramPages, [
    { method: "PLAIN", ...program },
    { method: "LOGIN", ...found },
  ]),
  ...rowExhibits("source-routes", sourceRoutes, sourceRoutePages, [
    { pattern: "*.example.org", relays: ["relay.example.com", "second.example.com"] },
    { pattern: `*.${LONG}`, relays: [LONG] },
  ]),
  ...rowExhibits("forwarding-rules", forwardingRules, forwardingRulePages, [
    {
      pattern: "*.example.org",
      random: true,
      gateways: [
        { host: "mx.example.com", port: 587, needTls: "required", outBind: "192.0.2.1" },
        { host: "[2001:db8::1]" },
      ],
      needTls: "offered",
    },
    { pattern: "lost.example.org", random: false, gateways: [] },
    { pattern: LONG, random: false, gateways: [{ host: LONG, more: LONG }], more: LONG },
  ]),
  ...fileExhibits("client-logins", clientLoginHosts, clientLoginPages, [
    { host: "mx.example.com", entries: 1 },
    { host: LONG, entries: 12 },
  ]),
  ...rowExhibits(
    "client-login",
    clientLogins,
    clientLoginPages.slice(3),
    [
      { method: "CRAM-MD5", user: "us@example.com" },
      { method: "PLAIN", user: LONG },
    ],
    { host: "mx.example.com" },
  ),
  ...fileExhibits("account-programs", accountProgramDomains, accountProgramPages, [
    { domain: "*", entries: 1 },
    { domain: LONG, entries: 5 },
  ]),
  ...rowExhibits(
    "account-program",
    accountPrograms,
    accountProgramPages.slice(3),
    [
      { action: "userauth", ...program },
      { action: "domaindrop", ...found },
    ],
    { domain: "*" },
  ),
];

const steps = [
  { ...program, skipSignedIn: true, skipWhitelisted: false, timeout: 20 },
  { ...found, skipSignedIn: false, skipWhitelisted: true, otherFlags: "xyz" },
];
const rules = [
  { sender: "*", recipient: "*@example.com", remote: "0.0.0.0/0", local: "::/0", file: "scan.tab" },
  { sender: `${LONG}@x`, recipient: "*", remote: "2001:db8:1111:2222::/64", local: "::/0", file: LONG },
];

export const FILTERS: readonly Exhibit[] = [
  ...rowExhibits("filters-post-rcpt", filtersPostRcpt, rowPages(filtersPostRcpt), steps),
  ...rowExhibits("filters-pre-data", filtersPreData, rowPages(filtersPreData), steps),
  ...rowExhibits("filters-post-data", filtersPostData, rowPages(filtersPostData), steps),
  ...rowExhibits("filters-in", filtersIn, rowPages(filtersIn), rules),
  ...rowExhibits("filters-out", filtersOut, rowPages(filtersOut), rules),
  ...fileExhibits("filter-files", filterFiles, filterFilePages, [
    { file: "scan.tab", there: true, entries: 2, uses: 3 },
    { file: "gone.tab", there: false, entries: 0, uses: 1 },
    { file: LONG, there: true, entries: 0, uses: 0 },
  ]),
  ...rowExhibits("filter-file", filterSteps, filterFilePages.slice(3), steps, { file: "scan.tab" }),
];
