import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSettings, type Settings, WAYS } from "./settings-world.ts";

/** What XMail reads from `user.tab`, a value it takes, and one it would read as something else. */
const VARIABLES: readonly (readonly [string, string, string | null])[] = [
  ["RealName", "Hana Sato", null],
  ["HomePage", "https://example.com/hana", null],
  ["MaxMBSize", "20000", "20 MB"],
  ["MaxMessageSize", "500", "-1"],
  ["SmtpPerms", "MRZ", "mr"],
  ["ReceiveEnable", "0", "no"],
  ["PopEnable", "0", "off"],
  ["Pop3ScanCur", "1", "yes"],
  ["ClosedML", "1", "true"],
  ["ListSender", "owner@example.com", "owner"],
  ["UseReplyTo", "0", "never"],
  ["DisableEmitAuthUser", "1", "2"],
  ["Telephone", "+81 3 1234 5678", null],
];
const USER_TAB = "domains/example.com/hana/user.tab";

describe.each(WAYS)("each variable of an account, by %s", (mode) => {
  let settings: Settings;
  beforeAll(async () => {
    settings = await openSettings(mode);
    await settings.world.xmail.account.add({
      domain: "example.com",
      name: "hana",
      password: "quiet-river-8",
    });
  });
  afterAll(() => settings.world.close());

  const key = { domain: "example.com", name: "hana" };

  test.each(VARIABLES)("%s", async (name, value, wrong) => {
    const { account } = settings.world.xmail;
    await account.setVariables({ ...key, set: [{ name, value }] });
    expect(settings.text(USER_TAB)?.split(/\r?\n/)).toContain(`"${name}"\t"${value}"`);
    expect((await account.get(key)).variables).toContainEqual({ name, value });

    if (wrong !== null) {
      const before = settings.text(USER_TAB);
      await expect(account.setVariables({ ...key, set: [{ name, value: wrong }] })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
      expect(settings.text(USER_TAB)).toBe(before);
    }
    await account.setVariables({ ...key, unset: [name] });
    expect(settings.text(USER_TAB)).not.toContain(`"${name}"`);
  });

  test.each(VARIABLES)("%s as a default of new accounts", async (name, value, wrong) => {
    const { accountDefault } = settings.world.xmail;
    await accountDefault.set({ set: [{ name, value }] });
    expect(settings.text("userdef.tab")?.split(/\r?\n/)).toContain(`"${name}"\t"${value}"`);
    if (wrong !== null) {
      await expect(accountDefault.set({ set: [{ name, value: wrong }] })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    }
    await accountDefault.set({ unset: [name] });
    expect(settings.text("userdef.tab")).not.toContain(`"${name}"`);
  });
});
