import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { TOP } from "../gates/tree-copy.ts";
import { newReader, type Reader } from "./reader.ts";

const FOLDER = join(TOP, "docs/examples");
const readme = readFileSync(join(TOP, "README.md"), "utf8");
const example = (name: string) => readFileSync(join(FOLDER, name), "utf8");

const CGI_REQUEST =
  "GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET SCRIPT_NAME=/x.cgi PATH_INFO=/sign-in SERVER_NAME=localhost";
/** Run elsewhere: behind a real Apache, over a real OpenSSH, in a browser. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "fastcgi.ts": "test/live/apache/guide.test.ts",
  "lambda.ts": "test/docs/lambda-example.test.ts",
  "embedded.ts": "test/browser/embedded.test.ts",
};

/** Programs that are more than a host, and stand in a guide or are a package of their own. */
const NOT_IN_README = ["embedded.ts", "fastcgi.ts"];

/** What each example must do for its reader. */
const EXAMPLES: Readonly<Record<string, (reader: Reader) => Promise<void>>> = {
  async "library.ts"(reader) {
    const ended = await reader.shell("node library.mjs");
    expect(ended).toEqual({ code: 0, stdout: "1 account: hana@example.com\n", stderr: "" });
    expect((await reader.xmail.account.get({ domain: "example.com", name: "hana" })).kind).toBe("user");
  },
  async "express.ts"(reader) {
    const server = await reader.start("express.mjs", "http://");
    const page = await fetch(`http://127.0.0.1:${reader.port}/mail/sign-in`);
    expect(await page.text()).toContain('action="/mail/sign-in"');
    await server.stop();
  },
  async "node-http.ts"(reader) {
    const server = await reader.start("node-http.mjs", "http://");
    const page = await fetch(`http://127.0.0.1:${reader.port}/sign-in`);
    expect(await page.text()).toContain('action="/sign-in"');
    await server.stop();
  },
  async "cgi.ts"(reader) {
    const ended = await reader.shell(`${CGI_REQUEST} node cgi.mjs </dev/null`);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^Status: 200/);
    expect(ended.stdout).toContain('action="/x.cgi/sign-in"');
  },
  async "hono.ts"(reader) {
    const server = await reader.start("hono.mjs", "http://");
    const page = await fetch(`http://127.0.0.1:${reader.port}/mail/sign-in`);
    expect(await page.text()).toContain('action="/mail/sign-in"');
    await server.stop();
  },
  async "fastify.ts"(reader) {
    const state = await openState(local(join(reader.home, "state")));
    await state.addAdministrator({ name: "root", password: "quiet-river-1977" });
    await state.close();
    const server = await reader.start("fastify.mjs", "http://");
    const origin = `http://127.0.0.1:${reader.port}`;
    const page = await fetch(`${origin}/mail/sign-in`);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
    const cookie = page.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const signedIn = await fetch(`${origin}/mail/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ csrf, name: "root", password: "quiet-river-1977" }),
      headers: { cookie, origin },
      redirect: "manual",
    });
    // The form reached the panel: Fastify's parsers had not taken it.
    expect(signedIn.status).toBe(303);
    await server.stop();
  },
  async "client.ts"(reader) {
    await reader.xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
    const state = await openState(local(join(reader.home, "state")));
    await state.addAdministrator({ name: "root", password: "quiet-river-1977" });
    const key = await state.addApiKey({ administrator: "root", name: "test" });
    reader.write("node-http.mjs", reader.fitted(example("node-http.ts")));
    reader.write("client.mjs", reader.fitted(example("client.ts")).replace("xmc_your-key", key.reveal()));
    const server = await reader.start("node-http.mjs", "http://");
    const ended = await reader.shell("node client.mjs");
    await server.stop();
    await state.close();
    expect(ended).toEqual({ code: 0, stdout: "sales -> hana@example.com\n", stderr: "" });
  },
};

test("every example is in the README word for word, and is run", () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
  expect([...Object.keys(EXAMPLES), ...Object.keys(ELSEWHERE)].toSorted()).toEqual(names.toSorted());
  for (const name of names.filter((each) => !NOT_IN_README.includes(each))) {
    expect(readme).toContain(`<!-- docs/examples/${name} -->\n\`\`\`ts\n${example(name)}\`\`\`\n`);
  }
  for (const [name, proof] of Object.entries(ELSEWHERE)) {
    expect(readFileSync(join(TOP, proof), "utf8")).toContain(`docs/examples/${name}`);
  }
});

test("the README shows each host in fewer than 15 lines", () => {
  const shown = [...readme.matchAll(/<!-- docs\/examples\/(.*?) -->\n```ts\n([\s\S]*?)```/g)];
  const hosts = ["express.ts", "node-http.ts", "cgi.ts", "lambda.ts", "hono.ts", "fastify.ts"];
  expect(shown.map(([, name]) => name)).toEqual(expect.arrayContaining(hosts));
  for (const [, name, code = ""] of shown)
    expect(`${name} ${code.trim().split("\n").length < 15}`).toBe(`${name} true`);
});

describe.each(Object.entries(EXAMPLES))("the example %s", (name, proof) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await newReader("example.com");
    reader.write(name.replace(/\.ts$/, ".mjs"), reader.fitted(example(name)));
  });
  afterAll(() => reader.leave());

  test("does what it says", () => proof(reader));
});
