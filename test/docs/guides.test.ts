import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { MailRoot } from "../../src/config/storages.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

const FOLDER = join(TOP, "docs/guide");
const guide = (name: string) => readFileSync(join(FOLDER, name), "utf8");

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code = ""]) => code,
  );
}

describe("your first domain, typed by a reader", () => {
  let reader: Reader;
  let scripts: string[];
  let spoken: string[];

  beforeAll(async () => {
    reader = await newReader("other.example");
    const text = reader.fitted(guide("first-domain.md"));
    scripts = blocks(text, "sh");
    const [config = ""] = blocks(text, "json");
    reader.write("xmailcfg.config.json", config);
    spoken = [];
    for (const script of scripts.filter((commands) => !commands.includes("xmailcfg serve --"))) {
      const ended = await reader.shell(script);
      expect(ended, script).toMatchObject({ code: 0, stderr: "" });
      spoken.push(ended.stdout);
    }
  });
  afterAll(() => reader.leave());

  test("leaves the domain, the account and both aliases", async () => {
    const { items: domains } = await reader.xmail.domain.list();
    expect(domains.map(({ domain }) => domain).toSorted()).toEqual(["example.com", "other.example"]);
    const hana = await reader.xmail.account.get({ domain: "example.com", name: "hana" });
    expect(hana).toMatchObject({ realName: "Hana Sato", suspended: false });
    const { items: aliases } = await reader.xmail.alias.list({ domain: "example.com" });
    expect(aliases.map(({ alias }) => alias).toSorted()).toEqual(["postmaster", "sales-*"]);
  });

  test("shows him what he did, and no password", () => {
    const all = spoken.join("");
    for (const word of ["1.27", "example.com", "hana", "name: root"]) expect(all).toContain(word);
    expect(all).not.toMatch(/tall-bridge|quiet-river|control-password/);
  });

  test("ends with a panel he can sign in to", async () => {
    const [serve = ""] = scripts.filter((commands) => commands.includes("xmailcfg serve --"));
    const server = await reader.start(`node_modules/.bin/${serve.trim()}`, "listens on");
    const page = await fetch(`http://127.0.0.1:${reader.port}/sign-in`);
    expect(await page.text()).toContain("csrf");
    await server.stop();
  });
});

test("people, typed by a reader: they are there, and only their passwords and keys were shown", async () => {
  const reader = await newReader("example.com");
  const ctrl = { host: "127.0.0.1", port: reader.ctrlPort, account: "admin", password: { file: "secret" } };
  reader.write("secret", "control-password");
  reader.write("xmailcfg.config.json", JSON.stringify({ xmail: { ctrl }, state: "state" }));
  await reader.xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
  const spoken: string[] = [];
  for (const script of blocks(guide("people.md"), "sh")) {
    const ended = await reader.shell(script);
    expect(ended, script).toMatchObject({ code: 0, stderr: "" });
    spoken.push(ended.stdout);
  }
  for (const word of ["root", "sato", "ken", "backup", "taken", "hana@example.com"])
    expect(spoken.join("")).toContain(word);
  expect(spoken.join("")).not.toMatch(/quiet-river|control-password/);
  expect(spoken.join("").match(/xmc_\w+/g)).toHaveLength(1);
  await reader.leave();
});

test("every whole configuration in the guides is a valid one", () => {
  const whole = readdirSync(FOLDER).flatMap((name) =>
    blocks(guide(name), "json")
      .filter((text) => text.includes('"xmail"'))
      .map((text) => ({ name, text })),
  );
  for (const kind of ["smb", "sftp"]) expect(whole.some(({ text }) => text.includes(`"${kind}"`))).toBe(true);
  for (const { name, text } of whole) expect(parseConfig(text), name).toEqual(JSON.parse(text));
});

test.each(["smb", "sftp"])("the guide names every field of %s, and no other", (kind) => {
  const [text = ""] =
    new RegExp(`^\\| Field of \`${kind}\`[\\s\\S]*?\\n\\n`, "m").exec(guide("install.md")) ?? [];
  const named = text
    .split("\n")
    .slice(2)
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, field = ""]) => field));
  const place = MailRoot.anyOf.find((one) => "properties" in one)?.properties as
    | Record<string, { properties: object }>
    | undefined;
  expect(named.toSorted()).toEqual(Object.keys(place?.[kind]?.properties ?? {}).toSorted());
});

test("the configuration fields that the guide names are those there are", () => {
  const named = [...guide("install.md").matchAll(/`((?:xmail|panel)\.\w+|state)`(?=[^|]*\|)/g)].map(
    ([, field = ""]) => field,
  );
  expect(named.length).toBeGreaterThan(8);
  for (const field of new Set(named)) {
    const [part = "", name] = field.split(".");
    const value = name === undefined ? 7 : { [name]: { nothing: "like this" } };
    expect(() => parseConfig(JSON.stringify({ [part]: value })), field).toThrow(field);
  }
});

test("every command line in the guides is one that xmailcfg knows", async () => {
  const reader = await newReader("example.com");
  const lines = readdirSync(FOLDER).flatMap((name) =>
    blocks(guide(name), "sh").flatMap((code) =>
      code.split("\n").filter((line) => line.startsWith("xmailcfg ")),
    ),
  );
  expect(lines.length).toBeGreaterThan(8);
  const { stdout: help } = await reader.shell("xmailcfg --help");
  for (const line of lines) {
    const command = line.replace(/^xmailcfg /, "").replace(/ ?--.*/, "");
    expect(`${line}: ${command === "" || help.includes(`  ${command} `)}`).toBe(`${line}: true`);
  }
  await reader.leave();
});
