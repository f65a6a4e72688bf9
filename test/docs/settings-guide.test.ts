import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Static } from "../../src/kernel/schema.ts";
import type { serverSettingSet } from "../../src/operations/server-setting/set.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

const GUIDE = readFileSync(join(TOP, "docs/guide/settings.md"), "utf8");

function blocks(language: string): string[] {
  return [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code = ""]) => code,
  );
}

describe("the guide to settings, typed by a reader", () => {
  let reader: Reader;
  const spoken: string[] = [];

  beforeAll(async () => {
    reader = await newReader("example.com");
    reader.write("control-password", "control-password\n");
    const xmail = {
      mailRoot: "/var/MailRoot",
      ctrl: {
        host: "127.0.0.1",
        port: 6017,
        account: "admin",
        password: { file: join(reader.home, "control-password") },
      },
    };
    const config = JSON.stringify({ xmail, state: "/var/lib/xmailcfg" }, null, 2);
    reader.write("xmailcfg.config.json", reader.fitted(config));
    for (const script of blocks("sh")) {
      const ended = await reader.shell(script);
      expect(ended, script).toMatchObject({ code: 0, stderr: "" });
      spoken.push(ended.stdout);
    }
  });
  afterAll(() => reader.leave());

  test("leaves the rule, switched off, and nothing that was only looked at", async () => {
    const { items } = await reader.xmail.relay.list({});
    const rules = items.map(({ on, entry }) => `${entry?.range} ${on}`);
    expect(rules).toContain("192.0.2.0/24 false");
    expect(rules.join()).not.toMatch(/2001:db8|0\.0\.0\.0\/0/);
  });

  test("shows what it says", () => {
    const all = spoken.join("");
    for (const words of ["192.0.2.0/24", "2001:db8::/32", "RootDomain", "-Pl"]) expect(all).toContain(words);
  });

  test("has a request that the API takes", async () => {
    const [json = ""] = blocks("json");
    const input = JSON.parse(json) as Static<typeof serverSettingSet.input>;
    const { changed } = await reader.xmail.serverSetting.set(input);
    expect(changed.toSorted()).toEqual(["MaxMTAOps", "SmartDNSHost"]);
    const { items } = await reader.xmail.serverSetting.list();
    expect(items.find(({ name }) => name === "SmartDNSHost")).toMatchObject({ value: "192.0.2.53:udp" });
  });
});
