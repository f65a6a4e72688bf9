import { describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { authUserOf, changesOf, limitParts, SETTINGS_OF } from "../../../src/web/account-settings.ts";

const USER = SETTINGS_OF.user;

/** A form as the browser sends it when nothing was touched. */
function form(was: Record<string, string>, changes: Record<string, string | string[]> = {}): URLSearchParams {
  const sent = new URLSearchParams();
  for (const setting of USER) sent.append("shows", setting);
  for (const [setting, value] of Object.entries(was)) sent.append(`was-${setting}`, value);
  const { amount, unit } = limitParts(was["mailboxLimit"] ?? null);
  const fields: Record<string, string | string[]> = {
    realName: was["realName"] ?? "",
    receive: (was["receive"] ?? "1") === "1" ? "1" : [],
    pop: (was["pop"] ?? "1") === "1" ? "1" : [],
    permissions: was["permissions"] === undefined ? "default" : "own",
    right: [...(was["permissions"] ?? "")],
    mailboxLimit: amount,
    mailboxLimitUnit: unit,
    messageLimit: "",
    messageLimitUnit: "MB",
    homePage: was["homePage"] ?? "",
    scanCur: (was["scanCur"] ?? "0") === "1" ? "1" : [],
    authUser: authUserOf(was["authUser"] ?? null),
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) sent.append(name, one);
  }
  return sent;
}

describe("a form that nobody touched changes nothing", () => {
  test.each([
    [{}],
    [{ realName: "Hana", receive: "1", pop: "0", permissions: "MR", mailboxLimit: "10000" }],
    [{ permissions: "ZRM" }],
    [{ permissions: "0" }],
    [{ mailboxLimit: "0" }],
    [{ mailboxLimit: "not a number" }],
    [{ receive: "7" }],
    [{ realName: " spaced " }],
    [{ homePage: "https://example.com/", scanCur: "1", authUser: "1" }],
    [{ scanCur: "0", authUser: "0" }],
    [{ authUser: "7" }],
  ] as Record<string, string>[][])("%j", (was) => {
    const untouched = form(was, was["receive"] === "7" ? { receive: "1" } : {});
    expect(changesOf(untouched, USER)).toEqual({ set: [], unset: [] });
  });
});

test.each([
  [{ realName: "Hana" }, { realName: "花" }, { set: [{ name: "RealName", value: "花" }], unset: [] }],
  [{ realName: "Hana" }, { realName: " " }, { set: [], unset: ["RealName"] }],
  [
    {},
    { homePage: "https://example.com/", scanCur: "1", authUser: "1" },
    {
      set: [
        { name: "HomePage", value: "https://example.com/" },
        { name: "Pop3ScanCur", value: "1" },
        { name: "DisableEmitAuthUser", value: "1" },
      ],
      unset: [],
    },
  ],
  [{ scanCur: "1" }, { scanCur: [] }, { set: [{ name: "Pop3ScanCur", value: "0" }], unset: [] }],
  [{ authUser: "1" }, { authUser: "" }, { set: [], unset: ["DisableEmitAuthUser"] }],
  [{ homePage: "x" }, { homePage: "" }, { set: [], unset: ["HomePage"] }],
  [{}, { receive: [] }, { set: [{ name: "ReceiveEnable", value: "0" }], unset: [] }],
  [{ pop: "0" }, { pop: "1" }, { set: [{ name: "PopEnable", value: "1" }], unset: [] }],
  [{ permissions: "MR" }, { permissions: "default" }, { set: [], unset: ["SmtpPerms"] }],
  [{ permissions: "MR" }, { right: [] }, { set: [{ name: "SmtpPerms", value: "0" }], unset: [] }],
  [
    {},
    { permissions: "own", right: ["S", "M", "X"] },
    { set: [{ name: "SmtpPerms", value: "MS" }], unset: [] },
  ],
  [
    {},
    { mailboxLimit: "２", mailboxLimitUnit: "GB" },
    { set: [{ name: "MaxMBSize", value: "2097152" }], unset: [] },
  ],
  [
    {},
    { mailboxLimit: "1.5", mailboxLimitUnit: "MB" },
    { set: [{ name: "MaxMBSize", value: "1536" }], unset: [] },
  ],
  [
    { mailboxLimit: "1024" },
    { mailboxLimitUnit: "GB" },
    { set: [{ name: "MaxMBSize", value: "1048576" }], unset: [] },
  ],
  [{ mailboxLimit: "1024" }, { mailboxLimit: "" }, { set: [], unset: ["MaxMBSize"] }],
  [{ mailboxLimit: "1024" }, { mailboxLimit: "0" }, { set: [{ name: "MaxMBSize", value: "0" }], unset: [] }],
])("from %j, %j changes %j", (was, changes, expected) =>
  expect(changesOf(form(was as Record<string, string>, changes as Record<string, string>), USER)).toEqual(
    expected,
  ),
);

test.each(["-1", "1e9", "many", "0.3", "99999999999999", "0x10"])(
  "a limit of %s is refused at its field",
  (amount) => {
    try {
      changesOf(form({}, { mailboxLimit: amount, mailboxLimitUnit: "kB" }), USER);
      expect.fail("taken");
    } catch (error) {
      expect(hasCode(error, "INVALID_INPUT") && error.fields).toMatchObject([
        { field: "mailboxLimit", rule: "kilobytes" },
      ]);
    }
  },
);

test("a unit nobody offered is refused", () => {
  expect(() => changesOf(form({}, { mailboxLimit: "1", mailboxLimitUnit: "constructor" }), USER)).toThrow();
});

test.each([
  [null, { amount: "", unit: "MB" }],
  ["0", { amount: "0", unit: "MB" }],
  ["10000", { amount: "10000", unit: "kB" }],
  ["2048", { amount: "2", unit: "MB" }],
  ["2097152", { amount: "2", unit: "GB" }],
  ["x", { amount: "x", unit: "MB" }],
])("%s kB show as %j", (value, parts) => expect(limitParts(value)).toEqual(parts));

test("closed lists are closed by 1 only, the other switches are on unless turned off", () => {
  const sent = new URLSearchParams({ replyTo: "1", receive: "1", listSender: "", realName: "" });
  for (const setting of SETTINGS_OF.list) sent.append("shows", setting);
  expect(changesOf(sent, SETTINGS_OF.list)).toEqual({ set: [], unset: [] });
  sent.set("closed", "1");
  expect(changesOf(sent, SETTINGS_OF.list)).toEqual({ set: [{ name: "ClosedML", value: "1" }], unset: [] });
});

test("a box that the form did not show is not one that was unticked", () => {
  expect(changesOf(new URLSearchParams(), USER)).toEqual({ set: [], unset: [] });
  const sent = new URLSearchParams({ shows: "realName", realName: "Hana" });
  expect(changesOf(sent, USER)).toEqual({ set: [{ name: "RealName", value: "Hana" }], unset: [] });
});
