import type { GroupDetails, GroupMemberRow, GroupRow } from "../../../src/web/groups/group-words.ts";
import { groupPage } from "../../../src/web/pages/group.ts";
import { groupAddPage, groupEditPage } from "../../../src/web/pages/group-form.ts";
import {
  groupMemberAddPage,
  groupMemberPages,
  groupMembersPage,
} from "../../../src/web/pages/group-members.ts";
import { groupRemovePage, groupStepPages } from "../../../src/web/pages/group-steps.ts";
import { groupsPage } from "../../../src/web/pages/groups.ts";
import { LONG_DOMAIN, LONG_NAME, pageWith, rows } from "./gallery-data.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";

const ID = "grp_0123456789abcdef";
const params = { group: ID };

function row(n: number, changes: Partial<GroupRow> = {}): GroupRow {
  return {
    id: `grp_${String(n).padStart(16, "0")}`,
    name: ["営業部", "Sales and marketing", "2026年度ゼミ", "Project Mizu"][n % 4] + (n > 3 ? ` ${n}` : ""),
    state: (["active", "active", "over", "notYet"] as const)[n % 4] ?? "active",
    validFrom: n % 4 === 3 ? "2027-04-01" : "",
    validUntil: n % 4 === 2 ? "2026-03-31" : "",
    list: n % 2 === 0 ? `group${n}@example.com` : "",
    responsible: n % 3 === 0 ? "佐藤 花子" : "",
    members: (n * 613) % 1300,
    ...changes,
  };
}

const SALES: GroupDetails = {
  ...row(0),
  id: ID,
  validFrom: "2026-04-01",
  validUntil: "2027-03-31",
  members: 48,
  current: 41,
  responsibleEmail: "sato@example.net",
  responsiblePhone: "03-1111-1111",
  memo: "毎年4月に更新",
  createdAt: "2026-11-24T09:12:00.000Z",
};
const BARE: GroupDetails = {
  ...SALES,
  name: "w".repeat(100),
  validFrom: "",
  validUntil: "",
  list: "",
  responsible: "",
  responsibleEmail: "",
  responsiblePhone: "",
  memo: "",
  members: 0,
  current: 0,
};

const member = (n: number): GroupMemberRow => ({
  address: n % 7 === 4 ? `${LONG_NAME}@${LONG_DOMAIN}` : `member${n}@example.${["com", "jp"][n % 2]}`,
  state: (["active", "over", "notYet", "gone"] as const)[n % 4] ?? "active",
  validFrom: n % 4 === 2 ? "2027-01-01" : "",
  validUntil: n % 4 === 1 ? "2026-10-31" : "",
});

const list = (items: readonly unknown[], more: unknown = null, query = {}) =>
  ({ query, page: pageWith([...items]), params, more }) as never;
const [suspend, resume, fillList, vacation] = groupStepPages;
const [memberChange, memberRemove] = groupMemberPages;
const steps = { suspend, resume, "fill-list": fillList, vacation };
const FIRST = { suspend: { whom: "current" }, resume: { whom: "over" }, "fill-list": { rights: "RW" } };
const ANSWER = { whom: "all", on: true, text: "年末年始は休業いたします。\n1月5日からご返信します。" };
const values = { group: SALES.name };

/** Groups of accounts. */
export const GROUP_EXHIBITS: readonly Exhibit[] = [
  exhibit("groups/few", groupsPage, list(rows(4, row))),
  exhibit("groups/many", groupsPage, list(rows(50, row))),
  exhibit("groups/none", groupsPage, list([])),
  exhibit("groups/no-match", groupsPage, list([], null, { search: "zzz" })),
  exhibit("group/sales", groupPage, SALES),
  exhibit("group/bare", groupPage, BARE),
  exhibit("group-add/form", groupAddPage, { params: {}, values: {} }),
  exhibit(
    "group-add/refused",
    groupAddPage,
    { params: {}, values: {} },
    {
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: "validUntil", rule: "days-turned" },
          { field: "list", rule: "no-such-list", limit: "hana@example.com" },
        ],
        { name: "営業部", validFrom: "2027-04-01", validUntil: "2026-04-01", list: "hana@example.com" },
      ),
    },
  ),
  exhibit("group-edit/form", groupEditPage, { params, values: { ...SALES } }),
  exhibit("group-remove/question", groupRemovePage, SALES),
  exhibit("group-members/many", groupMembersPage, list(rows(50, member), SALES)),
  exhibit("group-members/none", groupMembersPage, list([], BARE)),
  exhibit("group-member-add/form", groupMemberAddPage, { params, values }),
  exhibit(
    "group-member-add/refused",
    groupMemberAddPage,
    { params, values },
    {
      refusal: refused(
        "INVALID_INPUT",
        [{ field: "addresses", rule: "no-such-account", limit: "ghost@example.com" }],
        { addresses: "hana@example.com\nghost@example.com" },
      ),
    },
  ),
  exhibit("group-member-change/form", memberChange, {
    params: { ...params, address: "hana@example.com" },
    values: { ...values, validFrom: "", validUntil: "2026-12-31" },
  }),
  exhibit("group-member-remove/question", memberRemove, { ...params, address: "hana@example.com" }),
  ...Object.entries(steps).flatMap(([name, page]) => {
    const first = FIRST[name as keyof typeof FIRST] ?? ANSWER;
    return page ? [exhibit(`group-${name}/form`, page, { params, values: { ...values, ...first } })] : [];
  }),
];
