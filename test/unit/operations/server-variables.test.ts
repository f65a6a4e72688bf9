import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SERVER_VARIABLES } from "../../../src/settings/server-variables/catalogue.ts";
import type { ServerVariable } from "../../../src/settings/server-variables/variable.ts";
import { START_SWITCHES } from "../../../src/settings/start-switches.ts";
import { openSettings, type Settings, WAYS } from "./settings-world.ts";

const VALUES: Readonly<Record<ServerVariable["kind"], string>> = {
  text: "Ask the help desk",
  domain: "mail.example.com",
  address: "root@example.com",
  path: "/var/mail",
  switch: "1",
  number: "7",
  choice: "1",
  reaction: "-20",
  permissions: "MR",
  gatewayOptions: "NeedTLS=1,OutBind=192.0.2.1",
  gateways: "192.0.2.25:587,NeedTLS=2;relay.example.net",
  smtpConfig: "MailAuth,WantTLS",
  dnsLists: "list.example.net.:1",
  dnsServers: "192.0.2.53:udp",
  numbers: "1,4,9",
  headers: "+X-Deliver-To,To",
  methods: "PLAIN,CRAM-MD5",
  reply: "550 Not from here",
};

const OTHERS = [
  { name: "SmtpConfig-192.0.2.1", group: "smtp", kind: "smtpConfig" },
  { name: "SmtpConfig-192.0.2.1,587", group: "smtp", kind: "smtpConfig" },
  { name: "OfOurOwn", group: "unknown", kind: "text" },
] as const;

describe.each(WAYS)("each variable of server.tab, by %s", (mode) => {
  let settings: Settings;
  beforeAll(async () => {
    settings = await openSettings(mode);
  });
  afterAll(() => settings.world.close());

  test.each([...SERVER_VARIABLES, ...OTHERS])("$name", async ({ name, group, kind }) => {
    const { xmail } = settings.world;
    const find = async () => (await xmail.serverSetting.list()).items.find((one) => one.name === name);
    const value = VALUES[kind];

    await xmail.serverSetting.set({ set: [{ name, value }], confirm: name });
    expect(await find()).toMatchObject({ group, kind, value, line: expect.any(Number) });
    expect(settings.text("server.tab")?.split(/\r?\n/)).toContain(`"${name}"\t"${value}"`);
    if (name === "RootDomain") return;

    await xmail.serverSetting.set({ unset: [name], confirm: name });
    expect(settings.text("server.tab")).not.toContain(`"${name}"`);
    if (group !== "unknown" && !name.includes("192.0.2.1"))
      expect(await find()).toMatchObject({ value: null });
  });
});

describe("each start parameter", () => {
  let settings: Settings;
  beforeAll(async () => {
    settings = await openSettings("tab");
  });
  afterAll(() => settings.world.close());

  test.each(START_SWITCHES)("$flag", async ({ flag, takes, group }) => {
    const value = { nothing: "", number: "7", path: "/var/MailRoot", address: "192.0.2.1" }[takes];
    const line = `${flag} ${value}`.trim();
    const explained = await settings.world.xmail.service.explain({ line });
    expect(explained.strange).toEqual([]);
    expect(explained.switches.filter(({ given }) => given.length > 0)).toMatchObject([
      { flag, group, takes, given: [value] },
    ]);
    expect(`${explained.environment}${explained.systemd}${explained.registry}`).toContain(flag);
  });
});
