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
const CALL_LAMBDA = `import { handler } from "./lambda.mjs";
const http = { method: "GET" };
const answer = await handler({ rawPath: "/sign-in", headers: { host: "x.example" }, requestContext: { http } });
console.log(answer.statusCode, answer.body.includes("csrf"));
process.exit();
`;

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
  async "lambda.ts"(reader) {
    reader.write("call-lambda.mjs", CALL_LAMBDA);
    expect(await reader.shell("node call-lambda.mjs")).toEqual({ code: 0, stdout: "200 true\n", stderr: "" });
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
  const names = readdirSync(FOLDER);
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    expect(readme).toContain(`<!-- docs/examples/${name} -->\n\`\`\`ts\n${example(name)}\`\`\`\n`);
  }
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
