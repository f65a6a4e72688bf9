import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { writeMailRoot } from "../../src/testing/index.ts";
import { readAnswer, startProgram } from "../conformance/cgi-server.ts";
import { run, TOP } from "../gates/tree-copy.ts";
import { writeLargeSpool } from "../support/large-spool.ts";
import { stormLog } from "../support/log-storm.ts";

/** Messages whose reading takes longer than one alone does it. */
const MESSAGES = 40_000;
const SPAM = expect.objectContaining({ key: "carol@example.com", messages: MESSAGES * 0.6 });

const top = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-threads-"));
const bin = join(top, "cgi-bin");
const ended = join(top, "ended");
let lines = 0;
let key = "";

/** Notes how each thread ends. */
const PROBE = `const threads = require("node:worker_threads");
if (threads.isMainThread) {
  const { Worker } = threads;
  threads.Worker = function (...a) {
    return new Worker(...a).on("exit", (code) => require("node:fs").appendFileSync(${JSON.stringify(ended)}, "ended " + code + "\\n"));
  };
  require("node:module").syncBuiltinESMExports();
}`;
const watched = (...args: readonly string[]) =>
  run(process.execPath, ["--require", join(top, "probe.cjs"), ...args], top);

beforeAll(async () => {
  if (!existsSync(join(TOP, "dist/index.js"))) throw new Error("dist/ is missing: run npm run build first");
  cpSync(join(TOP, "dist/bin"), bin, { recursive: true });
  writeFileSync(join(top, "probe.cjs"), PROBE);
  const mailRoot = join(top, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain: "example.com" });
  // As little as is worth threads.
  const block = stormLog({ seed: 5, bytes: 1024 * 1024 });
  const times = 65;
  mkdirSync(join(mailRoot, "logs"), { recursive: true });
  const log = Buffer.concat(Array.from({ length: times }, () => block));
  writeFileSync(join(mailRoot, "logs", "smtp-202611240000"), log);
  await writeLargeSpool(mailRoot, { messages: MESSAGES, seed: 3, now: new Date() });
  lines = times * block.toString("latin1").split("\n").slice(0, -1).length;
  const state = await openState(local(join(top, "state")));
  await state.addAdministrator({ name: "admin", password: "correct horse battery" });
  key = (await state.addApiKey({ administrator: "admin", name: "test" })).reveal();
  await state.close();
  const config = { xmail: { mailRoot, offline: true }, state: join(top, "state") };
  writeFileSync(join(bin, "xmailcfg.config.json"), JSON.stringify(config));
}, 120_000);
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** What two threads leave: 0, those that end by themselves, 1, those that are ended; with one processor there are none. */
function expectTwoThreads(code: 0 | 1 = 0): void {
  if (availableParallelism() === 1) return;
  expect(readFileSync(ended, "utf8")).toBe(`ended ${code}\nended ${code}\n`);
  rmSync(ended);
}

const ofCommand = (...asked: readonly string[]) =>
  watched(join(bin, "xmailcfg.cjs"), ...asked, "--json", "--config", join(bin, "xmailcfg.config.json"));

/** What the CGI program answers. */
async function ofCgi(path: string, query: string): Promise<unknown> {
  const { child, ended: answered } = startProgram(join(bin, "xmailcfg.cgi"), {
    REQUEST_METHOD: "GET",
    SCRIPT_NAME: "/x.cgi",
    PATH_INFO: path,
    QUERY_STRING: query,
    HTTP_HOST: "localhost",
    HTTP_AUTHORIZATION: `Bearer ${key}`,
    NODE_OPTIONS: `--require ${join(top, "probe.cjs")}`,
  });
  child.stdin.end();
  const { out, err } = await answered;
  expect(err).toBe("");
  const { status, body } = readAnswer(out);
  const text = Buffer.from(body).toString();
  expect(status, text).toBe(200);
  return JSON.parse(text);
}

test("the command counts a large log in two threads", async () => {
  const { code, stdout, stderr } = await ofCommand("log", "statistics", "--by", "status");
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).total.lines).toBe(lines);
  expectTwoThreads();
});

test("so does the CGI program", async () => {
  expect(await ofCgi("/api/log-statistics", "by=status")).toMatchObject({ total: { lines } });
  expectTwoThreads();
});

const ALL_OF_IT = { messages: MESSAGES, groups: expect.arrayContaining([SPAM]) };

test("the command groups a large queue in two threads", async () => {
  const { code, stdout, stderr } = await ofCommand("spool", "shape", "--by", "auth");
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject(ALL_OF_IT);
  expectTwoThreads(1);
});

test("so does the CGI program, for a queue", async () => {
  expect(await ofCgi("/api/spool/shape", "by=auth")).toMatchObject(ALL_OF_IT);
  expectTwoThreads(1);
});

test("where a process may begin no threads, the command groups the queue alone", async () => {
  const mayNot = ["--experimental-permission", "--allow-fs-read=*", "--allow-fs-write=*"];
  const asked = ["spool", "shape", "--by", "auth", "--json", "--config", join(bin, "xmailcfg.config.json")];
  const { code, stdout } = await watched(...mayNot, join(bin, "xmailcfg.cjs"), ...asked);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject(ALL_OF_IT);
  expect(existsSync(ended)).toBe(false);
});

test.each(["mjs", "cjs"])("and so does the library, in %s", async (kind) => {
  const from = JSON.stringify(join(TOP, "dist", kind === "mjs" ? "index.js" : "index.cjs"));
  const take =
    kind === "mjs"
      ? `import { local, openXMail } from ${from};`
      : `const { local, openXMail } = require(${from});`;
  const script = join(top, `count.${kind}`);
  writeFileSync(
    script,
    `${take}
(async () => {
  const xmail = await openXMail({ storage: local(${JSON.stringify(join(top, "MailRoot"))}), offline: true });
  const { total } = await xmail.log.statistics({ by: "status" });
  await xmail.close();
  process.stdout.write(String(total.lines));
})();`,
  );
  const { stdout, stderr } = await watched(script);
  expect(stderr).toBe("");
  expect(stdout).toBe(String(lines));
  expectTwoThreads();
});
