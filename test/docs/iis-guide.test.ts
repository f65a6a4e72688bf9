import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

const guide = readFileSync(join(TOP, "docs/guide/iis.md"), "utf8");
const PANEL = "C:\\xmailcfg\\panel\\";

function webConfig(name: string): string {
  const code = new RegExp(`<!-- web.config: ${name} -->\\n\`\`\`xml\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (code === undefined) throw new Error(`iis.md has no web.config ${name}`);
  return code;
}

/** The elements of an XML text, with their attributes; throws where it is not well-formed. */
function elements(xml: string): readonly { name: string; attributes: Record<string, string> }[] {
  const TOKEN = /<\?xml [^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w.]+)((?:\s+[\w.]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  const open: string[] = [];
  const found: { name: string; attributes: Record<string, string> }[] = [];
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (!token) throw new Error(`not well-formed at ${xml.slice(at, at + 40)}`);
    const [, end, name, written = "", empty, text] = token;
    if (text?.trim()) throw new Error(`text outside of elements: ${text}`);
    if (name === undefined) continue;
    if (end && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (end) continue;
    if (!empty) open.push(name);
    const pairs = [...written.matchAll(/([\w.]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [
      key,
      unescaped(value),
    ]);
    const attributes = Object.fromEntries(pairs) as Record<string, string>;
    if (Object.keys(attributes).length < pairs.length) throw new Error(`an attribute twice in <${name}>`);
    found.push({ name, attributes });
  }
  if (open.length > 0) throw new Error(`never closed: ${open}`);
  return found;
}

function unescaped(value: string): string {
  const known: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'" };
  return value.replace(/&(\w*);?/g, (all, name: string) => {
    if (!all.endsWith(";") || known[name] === undefined) throw new Error(`${all} is no entity`);
    return known[name];
  });
}

test.each(["<a><b></a></b>", "<a", '<a b="1" b="2"/>', "<a b='&nbsp;'/>", '<a b="&x"/>', "<a>"])(
  "what is not well-formed is noticed: %s",
  (xml) => expect(() => elements(xml)).toThrow(),
);

describe.each(["platform", "cgi"])("the web.config of %s", (name) => {
  const found = elements(webConfig(name));
  const attributes = (element: string) => found.find((each) => each.name === element)?.attributes ?? {};

  test("is well-formed, and keeps our answers", () => {
    expect(found[0]?.name).toBe("configuration");
    expect(attributes("httpErrors")).toEqual({ existingResponse: "PassThrough" });
  });

  test("names files that the package has", () => {
    const named = JSON.stringify(found).match(/xmailcfg\.c(?:gi|js)\b/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const file of named) expect(() => readFileSync(join(TOP, "dist/bin", file))).not.toThrow();
  });

  test("hands each address to one handler only", () => {
    expect(found.filter((each) => each.name === "add").length).toBe(1);
    expect(found.some((each) => each.name === "clear")).toBe(true);
  });
});

test("the program that CGI is allowed to start is the very one of the mapping", () => {
  const { scriptProcessor } =
    elements(webConfig("cgi")).find((each) => each.name === "add")?.attributes ?? {};
  expect(scriptProcessor).toBe('"C:\\Program Files\\nodejs\\node.exe" "%s"');
  expect(guide).toContain(`path = '${scriptProcessor}'`);
});

test("the configuration of the guide is one that is understood", () => {
  const [, json = ""] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  expect(parseConfig(json)).toMatchObject({ state: "C:\\xmailcfg\\state" });
});

describe("what HttpPlatformHandler starts", () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await newReader("example.com");
  });
  afterAll(() => reader.leave());

  test("listens where it is told, and answers", async () => {
    const config = { xmail: { mailRoot: "/var/MailRoot", offline: true }, state: "/var/lib/xmailcfg" };
    reader.write("xmailcfg.config.json", reader.fitted(JSON.stringify(config)));
    const { arguments: written = "" } =
      elements(webConfig("platform")).find((each) => each.name === "httpPlatform")?.attributes ?? {};
    expect(written).toContain(`${PANEL}xmailcfg.cjs`);
    const command = written
      .replace(`${PANEL}xmailcfg.cjs`, "node_modules/.bin/xmailcfg")
      .replace(PANEL, "")
      .replace("%HTTP_PLATFORM_PORT%", String(reader.port));
    const server = await reader.start(command, "listens on");
    const page = await fetch(`http://127.0.0.1:${reader.port}/sign-in`);
    expect(await page.text()).toContain("csrf");
    await server.stop();
  });
});
