import { cpSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openState, type State } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { readAnswer, startProgram, variablesOf } from "../conformance/cgi-server.ts";
import type { Sent } from "../conformance/host-suite.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

/** As the guide tells: the package beside the configuration that names it. */
const APP = `import express from "express";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toExpress } from "xmailcfg/express";
import { plugin } from "./departments/index.js";

const plugins = [plugin];
const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
  plugins,
});
await xmail.department.set({ domain: "example.com", name: "hana", department: "Library" });
const state = await openState(local("/var/lib/xmailcfg"));
const app = express();
app.use("/mail", toExpress(createPanel(xmail, { state, plugins })));
app.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/mail/"));
`;
const DEPARTMENT = "/api/accounts/example.com/hana/department";
const SCRIPT = "/cgi-bin/xmailcfg.cgi";

describe("the plugin of the docs, installed by a reader", () => {
  let reader: Reader;
  let state: State;
  let key: string;
  const told: { operation: string; target: unknown }[] = [];
  const webhook = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => {
      told.push(JSON.parse(text));
      response.end();
    });
  });
  let address: string;

  beforeAll(async () => {
    if (!existsSync(join(TOP, "dist/bin/xmailcfg.cgi"))) throw new Error("run npm run build first");
    await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
    reader = await newReader("example.com");
    await reader.xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
    cpSync(join(TOP, "docs/examples/plugin"), join(reader.home, "departments"), { recursive: true });
    reader.write("control-password", "control-password\n");
    reader.write("xmailcfg.config.json", JSON.stringify(configuration(["./departments/index.js"])));
    state = await openState(local(join(reader.home, "state")));
    await state.addAdministrator({ name: "root", password: "quiet-river-1977" });
    key = (await state.addApiKey({ administrator: "root", name: "test" })).reveal();
  });
  afterAll(async () => {
    await state?.close();
    await reader?.leave();
    await new Promise((resolve) => webhook.close(resolve));
  });

  function configuration(plugins: readonly string[]): object {
    const plain = { mailRoot: "/var/MailRoot", ctrl: { host: "127.0.0.1", port: 6017, account: "admin" } };
    const text = reader.fitted(JSON.stringify({ xmail: plain, state: "/var/lib/xmailcfg" }));
    const config = JSON.parse(text.replace('"port":6017', reader.fitted('"port": 6017')));
    config.xmail.ctrl.password = { file: join(reader.home, "control-password") };
    return { ...config, plugins };
  }

  async function cgi(sent: Omit<Sent, "headers"> & Partial<Sent>, more: Record<string, string> = {}) {
    const variables = variablesOf(
      { headers: { authorization: `Bearer ${key}`, "content-type": "application/json" }, ...sent },
      SCRIPT,
    );
    const program = join(TOP, "dist/bin/xmailcfg.cgi");
    const { child, ended } = startProgram(program, {
      ...variables,
      XMAILCFG_CONFIG: join(reader.home, "xmailcfg.config.json"),
      ...more,
    });
    child.stdin.end(sent.body);
    const { out, err } = await ended;
    return { ...readAnswer(out), err };
  }

  const department = async () =>
    (await reader.shell("xmailcfg department get --domain example.com --name hana --json")).stdout;

  test("has commands, which ask before they destroy", async () => {
    const set = await reader.shell(
      `DEPARTMENTS_WEBHOOK=${address} xmailcfg department set --domain example.com --name hana --department Sales`,
    );
    expect(set).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(await department())).toMatchObject({ department: "Sales" });
    expect(told).toMatchObject([
      { operation: "department.set", target: { kind: "account", domain: "example.com", name: "hana" } },
    ]);
    const asked = await reader.shell(
      "xmailcfg department remove --domain example.com --name hana || echo $?",
    );
    expect(asked.stderr).toContain("add --yes");
    expect((await reader.shell("xmailcfg --help")).stdout).toContain("department set ");
    expect((await reader.shell("xmailcfg department set --help")).stdout).toContain("--department TEXT");
    const wrong = await reader.shell("xmailcfg department fly || echo $?");
    expect(wrong).toMatchObject({ stdout: "2\n", stderr: expect.stringContaining('"department fly"') });
  });

  test("works in the CGI program: API, page, and a notifier that the process waits for", async () => {
    told.length = 0;
    const body = Buffer.from('{"department":"Kyoto"}');
    const set = await cgi({ method: "PUT", path: DEPARTMENT, body }, { DEPARTMENTS_WEBHOOK: address });
    expect([set.status, set.err]).toEqual([200, ""]);
    expect(told).toMatchObject([{ operation: "department.set" }]);
    const got = await cgi({ method: "GET", path: DEPARTMENT });
    expect(JSON.parse(Buffer.from(got.body).toString())).toMatchObject({ department: "Kyoto" });
    const refused = await cgi({ method: "PUT", path: DEPARTMENT, body: Buffer.from('{"department":"<b>"}') });
    expect([refused.status, Buffer.from(refused.body).toString()]).toEqual([
      422,
      expect.stringContaining("departments.name"),
    ]);
    const page = await cgi({ method: "GET", path: "/departments" });
    expect([page.status, page.headers["location"]]).toEqual([
      303,
      `http://127.0.0.1:8080${SCRIPT}/sign-in?next=%2Fdepartments`,
    ]);
  });

  test("has a form in the CGI program, in the language of the reader", async () => {
    const cookies = new Map<string, string>();
    const open = async (method: string, path: string, fields?: Record<string, string>) => {
      const answer = await cgi({
        method,
        path,
        headers: {
          accept: "text/html",
          "accept-language": "ja",
          cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
          ...(fields ? { "content-type": "application/x-www-form-urlencoded" } : {}),
        },
        ...(fields ? { body: Buffer.from(new URLSearchParams(fields).toString()) } : {}),
      });
      for (const line of answer.cookies) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const html = Buffer.from(answer.body).toString();
      return { ...answer, html, csrf: /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "" };
    };
    const { csrf } = await open("GET", "/sign-in");
    const signedIn = await open("POST", "/sign-in", { csrf, name: "root", password: "quiet-river-1977" });
    expect(signedIn.status).toBe(303);
    const form = await open("GET", "/departments/example.com/hana");
    expect([form.status, form.html]).toEqual([200, expect.stringContaining("変更内容を確認")]);
    const refused = await open("POST", "/departments/example.com/hana", { csrf: form.csrf, department: "+" });
    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining("英数字で始め")]);
    const taken = await open("POST", "/departments/example.com/hana", {
      csrf: form.csrf,
      department: "Kobe",
    });
    expect([taken.status, taken.headers["location"]]).toEqual([
      303,
      `http://127.0.0.1:8080${SCRIPT}/departments`,
    ]);
    expect((await open("GET", "/departments")).html).toContain("Kobe");
  });

  test("a webhook that is gone is a line in the error log of the CGI program", async () => {
    const body = Buffer.from('{"department":"Nara"}');
    const set = await cgi(
      { method: "PUT", path: DEPARTMENT, body },
      { DEPARTMENTS_WEBHOOK: "http://127.0.0.1:9/" },
    );
    expect(set.status).toBe(200);
    expect(JSON.parse(set.err)).toMatchObject({ message: "not notified", notifier: "departments-webhook" });
  });

  test("one that never answers holds the process for seconds, not for ever", async () => {
    const stuck = createServer(() => undefined);
    await new Promise<void>((resolve) => stuck.listen(0, "127.0.0.1", resolve));
    const body = Buffer.from('{"department":"Osaka"}');
    const set = await cgi(
      { method: "PUT", path: DEPARTMENT, body },
      { DEPARTMENTS_WEBHOOK: `http://127.0.0.1:${(stuck.address() as AddressInfo).port}/` },
    );
    stuck.closeAllConnections();
    stuck.close();
    expect(set.status).toBe(200);
    expect(set.err).toContain("gave up after 3000 ms");
  });

  test("works in Express, as a method, in the API and as a page", async () => {
    reader.write("app.mjs", reader.fitted(APP));
    const server = await reader.start("app.mjs", "http://");
    const base = `http://127.0.0.1:${reader.port}/mail`;
    const got = await fetch(`${base}${DEPARTMENT}`, { headers: { authorization: `Bearer ${key}` } });
    expect(await got.json()).toMatchObject({ department: "Library" });
    const cookies = new Map<string, string>();
    const open = async (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
      const response = await fetch(base + path, { ...init, headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return response;
    };
    const tokenOf = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
    const send = (path: string, fields: Record<string, string>) =>
      open(path, { method: "POST", body: new URLSearchParams(fields) });
    const csrf = tokenOf(await (await open("/sign-in")).text());
    expect((await send("/sign-in", { csrf, name: "root", password: "quiet-river-1977" })).status).toBe(303);
    const page = await (
      await open("/departments/example.com/hana", { headers: { "accept-language": "ja" } })
    ).text();
    expect(page).toContain("hana@example.com</bdi> の部署");
    const sent = await send("/departments/example.com/hana", { csrf: tokenOf(page), department: "R & D" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/mail/departments"]);
    expect(await (await open("/departments")).text()).toContain("R &amp; D");
    await server.stop();
  });

  test.each([
    ["./not-there.js", "plugins: ./not-there.js cannot be loaded"],
    ["./no-plugin.mjs", "plugins: ./no-plugin.mjs exports no plugin made by definePlugin()"],
    ["not-installed", "plugins: not-installed cannot be loaded"],
    ["./departments/index.js", "The plugin departments cannot have this name: it is taken already"],
  ])("%s that cannot be used is refused by name, by every command and by check", async (plugin, words) => {
    reader.write("no-plugin.mjs", 'export const plugin = { name: "raw" };\n');
    reader.write(
      "broken.config.json",
      JSON.stringify(configuration(plugin.includes("departments") ? [plugin, plugin] : [plugin])),
    );
    const list = await reader.shell("xmailcfg domain list --config broken.config.json || echo $?");
    expect(list).toMatchObject({ stdout: "2\n", stderr: expect.stringContaining(words) });
    const check = await reader.shell("xmailcfg check --config broken.config.json || echo $?");
    expect(check.stdout).toContain(words);
  });
});
