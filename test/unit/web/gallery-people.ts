import type { AuditRow } from "../../../src/operations/audit/rows.ts";
import { apiKeyAddPage } from "../../../src/web/pages/api-key-add.ts";
import { apiKeyRemovePage } from "../../../src/web/pages/api-key-remove.ts";
import { apiKeysPage } from "../../../src/web/pages/api-keys.ts";
import { delegationImportPage } from "../../../src/web/pages/delegation-import.ts";
import { peoplePage } from "../../../src/web/pages/people.ts";
import { personPage } from "../../../src/web/pages/person.ts";
import {
  administratorAddPage,
  delegationAddPage,
  listAdministratorAddPage,
} from "../../../src/web/pages/person-add.ts";
import { personEditPage } from "../../../src/web/pages/person-edit.ts";
import { personNotifyPage } from "../../../src/web/pages/person-notify.ts";
import { personPasswordPage } from "../../../src/web/pages/person-password.ts";
import { personStepPages } from "../../../src/web/pages/person-steps.ts";
import { signInPolicyPage } from "../../../src/web/pages/sign-in-policy.ts";
import type { KeyRow } from "../../../src/web/people/key-row.ts";
import type { PersonDetails, PersonRow } from "../../../src/web/people/person-state.ts";
import { LONG_DOMAIN, listed, pageWith } from "./gallery-data.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";

const AT = "2026-11-24T09:12:00.000Z";

function row(n: number, changes: Partial<PersonRow> = {}): PersonRow {
  return {
    id: `del_000000000000000${n % 10}`,
    role: (["delegate", "listAdministrator", "master", "auditor", "guest"] as const)[n % 5] ?? "delegate",
    name: ["kita", "list-desk", "sato", "audit", "guest"][n % 5] + (n > 4 ? String(n) : ""),
    signInAlias: n === 0 ? "kita-office" : "",
    fullName: ["北野 三郎", "", "佐藤 花子", "監査室", ""][n % 5] ?? "",
    email: n % 2 === 0 ? `person${n}@example.com` : "",
    state: (["active", "active", "active", "suspended", "over"] as const)[n % 5] ?? "active",
    parent: n === 5 ? { id: "del_0000000000000000", name: "kita" } : null,
    domains:
      n % 5 === 0 ? ["example.com", "example.jp", "shop.example.com", LONG_DOMAIN].slice(0, 1 + (n % 4)) : [],
    lists: n % 5 === 1 ? ["staff@example.com"] : [],
    validFrom: n === 0 ? "2026-04-01" : "",
    validUntil: n === 0 ? "2027-03-31" : "",
    createdAt: AT,
    lastSignInAt: n % 3 === 2 ? null : AT,
    ...changes,
  };
}

const delegation = {
  domains: ["example.com", "example.jp", LONG_DOMAIN],
  rights: ["forwarding", "readMail", "handOn"] as PersonDetailsRights,
  mostDomains: 5,
  mostAccounts: 10,
  mostLists: 10,
  mostListMembers: null,
  mostAliases: 10,
  mostMailboxKilobytes: 200_000,
  postmaster: "postmaster@example.com",
  masterEmail: "master@example.net",
  masterPhone: "03-0000-0000",
  popServer: "pop.example.com:110",
  smtpServer: "smtp.example.com:25",
  doorSlug: "kita-office",
  doorHost: "",
  doorTitle: "北野商店 メール管理",
  doorText: "ご不明な点は管理者までご連絡ください。",
  doorLogo: "",
  doorColour: "#336699",
};
type PersonDetailsRights = NonNullable<PersonDetails["delegation"]>["rights"];

function details(changes: Partial<PersonDetails> = {}): PersonDetails {
  return {
    ...row(0),
    networks: ["192.0.2.0/24", "2001:db8:1::/48"],
    sessionSeconds: 3600,
    language: "ja",
    phone: "03-1111-1111",
    postalAddress: "東京都千代田区1-1",
    memo: "契約は毎年4月に更新",
    delegation,
    mostMembers: null,
    factors: { totp: true, recoveryCodesLeft: 8, passkeys: 1 },
    apiKeys: 2,
    handedOnTo: 1,
    mail: "here",
    ...changes,
  };
}

const KITA = details();
const LISTER = details({ ...row(1), delegation: null, mostMembers: 500, networks: [], memo: "" });
const MASTER_ROW = details({
  ...row(2),
  delegation: null,
  networks: [],
  factors: { totp: false, recoveryCodesLeft: 0, passkeys: 0 },
});

function key(n: number, changes: Partial<KeyRow> = {}): KeyRow {
  return {
    id: `00000000000${n}`,
    name: ["backup job", "監視", "import"][n % 3] ?? "",
    owner: { id: "adm_0000000000000001", name: "sato" },
    allow: n % 2 === 0 ? null : ["account.*", "alias.list"],
    domains: n === 1 ? ["example.com"] : [],
    accounts: n === 1 ? ["hana@example.jp"] : [],
    everywhere: n !== 1,
    networks: [],
    validUntil: n === 2 ? "2026-10-31" : "",
    over: n === 2,
    dryRunOnly: n === 1,
    createdAt: AT,
    lastUsedAt: n === 0 ? AT : null,
    lastUsedFrom: n === 0 ? "2001:db8::7" : "",
    ...changes,
  };
}

function act(operation: string, outcome: AuditRow["outcome"] = "done"): AuditRow {
  return {
    record: "2026-11-24.18231",
    number: 12,
    at: AT,
    actor: "sato",
    actorId: "adm_0000000000000001",
    really: null,
    from: "192.0.2.7",
    operation,
    target: { kind: "people", domain: null, name: null },
    input: ["person=del_0000000000000000"],
    reason: null,
    outcome,
    code: outcome === "done" ? null : "CONFLICT",
    change: null,
    openedMail: false,
  };
}

const [suspend, resume, endSessions, resetFactors, remove] = personStepPages;
const steps = {
  "person-suspend": suspend,
  "person-resume": resume,
  "person-end-sessions": endSessions,
  "person-reset-factors": resetFactors,
  "person-remove": remove,
};
const DOMAINS = ["example.com", "example.jp", "shop.example.com"];

export const PEOPLE_EXHIBITS: readonly Exhibit[] = [
  exhibit("people/few", peoplePage, listed([0, 1, 2, 3, 4].map((n) => row(n)))),
  exhibit("people/many", peoplePage, {
    query: {},
    page: pageWith(Array.from({ length: 50 }, (_, n) => row(n))),
  }),
  exhibit("people/none", peoplePage, listed<PersonRow>([])),
  exhibit("person/delegate", personPage, {
    ...KITA,
    acts: [act("delegation.set"), act("person.suspend", "failed")],
  }),
  exhibit("person/list-administrator", personPage, { ...LISTER, acts: [] }),
  exhibit("person/suspended", personPage, { ...MASTER_ROW, state: "suspended", name: "old", acts: null }),
  exhibit("person-notify/form", personNotifyPage, { person: KITA, template: "welcome", language: "ja" }),
  exhibit(
    "person-notify/refused",
    personNotifyPage,
    { person: KITA, template: null, language: null },
    { refusal: refused("INVALID_INPUT", [{ field: "text", rule: "required" }], { subject: "お知らせ" }) },
  ),
  exhibit("person-notify/elsewhere", personNotifyPage, {
    person: { ...KITA, mail: "elsewhere" },
    template: "maintenance",
    language: "en",
  }),
  exhibit("person-notify/nowhere", personNotifyPage, {
    person: { ...KITA, email: "", mail: "nowhere" },
    template: null,
    language: null,
  }),
  exhibit("delegation-add/form", delegationAddPage, { domains: DOMAINS }),
  exhibit("delegation-add/typed", delegationAddPage, { domains: null }),
  exhibit("delegation-add/no-domain", delegationAddPage, { domains: [] }),
  exhibit(
    "delegation-add/refused",
    delegationAddPage,
    { domains: DOMAINS },
    {
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: "signInAlias", rule: "sign-in-alias" },
          { field: "passwordAgain", rule: "again" },
        ],
        { name: "kita", signInAlias: "abc", domains: "example.jp" },
      ),
    },
  ),
  exhibit("administrator-add/form", administratorAddPage, { domains: null }),
  exhibit("list-administrator-add/form", listAdministratorAddPage, { domains: null }),
  exhibit("person-edit/delegate", personEditPage, { person: KITA, domains: DOMAINS }),
  exhibit("person-password/form", personPasswordPage, KITA),
  ...Object.entries(steps).flatMap(([name, page]) => (page ? [exhibit(`${name}/question`, page, KITA)] : [])),
  exhibit("api-keys/few", apiKeysPage, listed([0, 1, 2].map((n) => key(n)))),
  exhibit("api-keys/none", apiKeysPage, listed<KeyRow>([])),
  exhibit("api-key-add/form", apiKeyAddPage, { made: null }),
  exhibit("api-key-add/made", apiKeyAddPage, {
    made: {
      id: "000000000001",
      name: "backup job",
      owner: "sato",
      key: `xmc_000000000001_${"x".repeat(43)}`,
    },
  }),
  exhibit("api-key-remove/question", apiKeyRemovePage, key(0)),
  exhibit("delegation-import/form", delegationImportPage, { report: null }),
  exhibit("delegation-import/told", delegationImportPage, {
    report: {
      added: 1,
      skipped: 1,
      report: [
        {
          line: 1,
          name: "hana@example.com",
          outcome: "partly",
          gets: ["example.com"],
          notTaken: ["x=1"],
          why: null,
        },
        { line: 2, name: "", outcome: "skipped", gets: [], notTaken: [], why: "noAdministrator" },
      ],
    },
  }),
  exhibit("sign-in-policy/some", signInPolicyPage, { secondFactorFor: ["master", "delegate"] }),
];
