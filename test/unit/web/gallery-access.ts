import type { AnyPage, Params } from "../../../src/web/page.ts";
import { ctrlAccessPages, ctrlAccessRules } from "../../../src/web/pages/access-ctrl.ts";
import { fingerAccessPages, fingerAccessRules } from "../../../src/web/pages/access-finger.ts";
import { pop3AccessPages, pop3AccessRules } from "../../../src/web/pages/access-pop3.ts";
import { smtpAccessPages, smtpAccessRules } from "../../../src/web/pages/access-smtp.ts";
import { accountAccessPages, accountAccessRules } from "../../../src/web/pages/account-access.ts";
import {
  bannedAddresses,
  bannedAddressPages,
  rebuildBansPage,
} from "../../../src/web/pages/banned-addresses.ts";
import { relayRulePages, relayRules } from "../../../src/web/pages/relay-rules.ts";
import { addressExceptionPages, addressExceptions } from "../../../src/web/pages/smtp-exceptions.ts";
import { nameExceptionPages, nameExceptions } from "../../../src/web/pages/smtp-name-exceptions.ts";
import { pathTo, type RowScreens } from "../../../src/web/rows/row-screens.ts";
import { pageWith } from "./gallery-data.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";
import { rowExhibits } from "./gallery-rows.ts";

const LONG = "2001:db8:1234:5678:9abc:def0:1234:5678/128";
const RULES = [
  { range: "127.0.0.0/8", decision: "allow", precedence: 20 },
  { range: "192.0.2.0/24", decision: "deny", precedence: 10 },
  { range: LONG, decision: "allow", precedence: 2147483647 },
];
const OFF = { noAuth: false, easeTls: false, enableVrfy: false, enableEtrn: false, skipSenderCheck: false };
const ALL = {
  whiteList: true,
  noAuth: true,
  easeTls: true,
  enableVrfy: true,
  enableEtrn: true,
  skipSenderCheck: true,
};
const ACCOUNT = { domain: "example.com", name: "hana" };

const FIRST = { id: "213cac89f610", line: 4, name: "192.0.2.0/24" };
const STANDINGS = [
  { rank: 1, shadowedBy: null, exceptions: [], exceptionCount: 0 },
  { rank: 2, shadowedBy: FIRST, exceptions: [], exceptionCount: 0 },
  { rank: 3, shadowedBy: null, exceptions: [FIRST, { ...FIRST, name: LONG }, FIRST], exceptionCount: 1234 },
  null,
];

const rule = (line: number, name: string, says: string) => ({ id: FIRST.id, line, name, says });
const smtpAnswer = {
  address: "2001:db8:1234:5678:9abc:def0:1234:5678",
  decision: "delay",
  seconds: 20,
  whiteListed: true,
  relays: true,
  rulings: [
    {
      table: "ipProperty",
      file: "smtp.ipprop.tab",
      decides: rule(1, "::/0", "WhiteList=1 Other=7"),
      lost: [],
      unknown: [],
    },
    { table: "hostProperty", file: "smtp.hnprop.tab", decides: null, lost: [], unknown: [] },
    {
      table: "ipMap",
      file: "smtp.ipmap.tab",
      decides: rule(12, LONG, "deny"),
      lost: [rule(4, "2001:db8::/32", "allow"), rule(5, "::/0", "deny")],
      unknown: [7],
    },
    { table: "spammer", file: "spammers.tab", decides: rule(3, "::/0", "-20"), lost: [], unknown: [] },
    {
      table: "relay",
      file: "smtprelay.tab",
      decides: rule(1, "2001:db8::/32", "allow"),
      lost: [],
      unknown: [],
    },
  ],
};
const denied = {
  ...smtpAnswer,
  address: "192.0.2.7",
  decision: "deny",
  whiteListed: false,
  relays: false,
  rulings: [
    {
      table: "ipMap",
      file: "pop3.ipmap.tab",
      decides: rule(12, "192.0.2.0/24", "deny"),
      lost: [],
      unknown: [],
    },
    {
      table: "accountMap",
      file: "domains/example.com/hana/pop3.ipmap.tab",
      decides: null,
      lost: [],
      unknown: [],
    },
  ],
};

/** The list with what each rule means beside the others, and the answer to the question above it. */
function answered(
  name: string,
  screens: RowScreens,
  [list]: readonly AnyPage[],
  { entries, more, params = {} }: { entries: readonly unknown[]; more: unknown; params?: Params },
): Exhibit[] {
  if (!list) throw new Error(`${name}: a page is missing`);
  const rows = STANDINGS.map((standing, at) => ({
    id: `213cac89f6${16 + at}`,
    line: at + 4,
    on: at !== 0,
    entry: standing && (entries[at] ?? entries[0]),
    text: standing ? "" : '"mx.example.com/32"\t"x"',
    standing,
  }));
  const here = pathTo(screens.path, params, "?address=192.0.2.7");
  return [
    exhibit(`${name}/answered`, list, { query: {}, page: pageWith(rows), params, more }, { here }),
    exhibit(
      `${name}/no-address`,
      list,
      { query: {}, page: pageWith([]), params, more: null },
      {
        here,
        refusal: refused("INVALID_INPUT", [{ field: "address", rule: "ip-address" }], { address: "192.0.2" }),
      },
    ),
  ];
}

export const ACCESS: readonly Exhibit[] = [
  ...rowExhibits("access-smtp", smtpAccessRules, smtpAccessPages, RULES),
  ...answered("access-smtp", smtpAccessRules, smtpAccessPages, { entries: RULES, more: smtpAnswer }),
  ...rowExhibits("access-pop3", pop3AccessRules, pop3AccessPages, RULES),
  ...rowExhibits("access-ctrl", ctrlAccessRules, ctrlAccessPages, RULES),
  ...answered("access-ctrl", ctrlAccessRules, ctrlAccessPages, { entries: RULES, more: denied }),
  ...rowExhibits("access-finger", fingerAccessRules, fingerAccessPages, RULES),
  ...rowExhibits("account-access", accountAccessRules, accountAccessPages, RULES, ACCOUNT),
  ...answered("account-access", accountAccessRules, accountAccessPages, {
    entries: RULES,
    more: denied,
    params: ACCOUNT,
  }),
  ...rowExhibits("relay", relayRules, relayRulePages, [{ range: "127.0.0.0/8" }, { range: LONG }]),
  ...answered("relay", relayRules, relayRulePages, { entries: [{ range: "10.0.0.0/8" }], more: smtpAnswer }),
  ...rowExhibits("banned-addresses", bannedAddresses, bannedAddressPages, [
    { range: "192.0.2.0/24", action: "cut" },
    { range: "198.51.100.7/32", action: "authenticated" },
    { range: LONG, action: "delay", delaySeconds: 3600 },
  ]),
  exhibit("banned-addresses-rebuild/some", rebuildBansPage, {
    params: {},
    values: { days: 7, tries: 50, mode: "replace" },
  }),
  ...rowExhibits("smtp-exceptions", addressExceptions, addressExceptionPages, [
    { range: "192.0.2.0/24", ...OFF, whiteList: true },
    { range: LONG, ...ALL },
  ]),
  ...rowExhibits("smtp-name-exceptions", nameExceptions, nameExceptionPages, [
    { host: "mail.example.com", ...OFF, whiteList: true },
    { host: `${"a-very-long-name.".repeat(8)}example.co.jp`, ...ALL },
  ]),
];
