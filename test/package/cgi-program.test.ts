import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NAMED } from "../../.ci/cgi-later.ts";
import { openXMail } from "../../src/open.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { writeMailRoot } from "../../src/testing/index.ts";
import { readAnswer, startProgram, type Variables } from "../conformance/cgi-server.ts";
import { run, TOP } from "../gates/tree-copy.ts";

/** The shipped program, copied into a cgi directory with its configuration beside it. */
const top = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-cgi-program-"));
const bin = join(top, "cgi-bin");
const program = join(bin, "xmailcfg.cgi");
let key = "";

beforeAll(async () => {
  if (!existsSync(join(TOP, "dist/bin"))) throw new Error("dist/bin is missing: run npm run build first");
  cpSync(join(TOP, "dist/bin"), bin, { recursive: true });
  const mailRoot = join(top, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain: "example.com" });
  const xmail = await openXMail({ storage: local(mailRoot), offline: true });
  await xmail.account.add({ domain: "example.com", name: "hana", password: "mailbox-password" });
  await xmail.close();
  const state = await openState(local(join(top, "state")));
  await state.addAdministrator({ name: "admin", password: "correct horse battery" });
  key = (await state.addApiKey({ administrator: "admin", name: "test" })).reveal();
  await state.close();
  const config = { xmail: { mailRoot, offline: true }, state: join(top, "state") };
  writeFileSync(join(bin, "xmailcfg.config.json"), JSON.stringify(config));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

async function ask(path: string, more: Variables = {}, file = program, sent: object | null = null) {
  const body = sent === null || more["REQUEST_METHOD"] === "GET" ? "" : JSON.stringify(sent);
  const { child, ended } = startProgram(file, {
    REQUEST_METHOD: "GET",
    SCRIPT_NAME: "/x.cgi",
    PATH_INFO: path,
    HTTP_HOST: "localhost",
    ...(body === "" ? {} : { CONTENT_LENGTH: String(Buffer.byteLength(body)) }),
    ...more,
  });
  child.stdin.end(body);
  const { code, out, err } = await ended;
  return { code, err, text: out.toString(), ...readAnswer(out) };
}

const accounts = (more: Variables = {}, file = program) =>
  ask("/api/accounts", { HTTP_AUTHORIZATION: `Bearer ${key}`, ...more }, file);

describe("configuration", () => {
  test("stands beside the program, wherever the server starts it", async () => {
    expect(await accounts()).toMatchObject({ code: 0, err: "", status: 200 });
    expect((await accounts()).text).toContain("hana@example.com");
  });

  test("stands beside a link to the program, else beside the program itself", async () => {
    const links = join(top, "links");
    mkdirSync(links);
    symlinkSync(program, join(links, "panel.cgi"));
    expect((await accounts({}, join(links, "panel.cgi"))).status).toBe(200);
    writeFileSync(join(links, "xmailcfg.config.json"), "{");
    expect((await accounts({}, join(links, "panel.cgi"))).status).toBe(500);
  });

  test("is the file that XMAILCFG_CONFIG names", async () => {
    const elsewhere = join(top, "elsewhere.json");
    cpSync(join(bin, "xmailcfg.config.json"), elsewhere);
    expect((await accounts({ XMAILCFG_CONFIG: elsewhere })).status).toBe(200);
  });
});

test("a change is taken back: what makes an operation more than its handler is in the program, too", async () => {
  const send = (method: string, path: string, body: object) =>
    ask(
      path,
      { REQUEST_METHOD: method, HTTP_AUTHORIZATION: `Bearer ${key}`, CONTENT_TYPE: "application/json" },
      program,
      body,
    );
  const json = ({ body }: { body: Uint8Array }) => JSON.parse(Buffer.from(body).toString());
  const alias = { alias: "flowers", target: "hana" };
  expect((await send("POST", "/api/domains/example.com/aliases", alias)).status).toBe(200);
  const [made] = json(await send("GET", "/api/changes", {})).items;
  expect(made.operation).toBe("alias.add");
  expect(readFileSync(join(top, "MailRoot/aliases.tab"), "latin1")).toContain(alias.alias);
  expect((await send("POST", `/api/changes/${made.change}/undo`, {})).status).toBe(200);
  expect(readFileSync(join(top, "MailRoot/aliases.tab"), "latin1")).not.toContain(alias.alias);
});

describe("a program that cannot answer says so", () => {
  const secret = "s3cret-place";
  const broken = () => {
    const path = join(top, `${secret}.json`);
    writeFileSync(path, JSON.stringify({ xmail: { mailRoot: `/${secret}`, offline: true }, stat: 1 }));
    return path;
  };

  test("as a page for people, without a word of the reason", async () => {
    const { code, status, headers, text, err } = await ask("/", {
      HTTP_ACCEPT: "text/html",
      XMAILCFG_CONFIG: broken(),
    });
    expect([code, status, headers["content-type"]]).toEqual([1, 500, "text/html; charset=utf-8"]);
    expect(text).toMatch(/^Status: 500 Internal Server Error\r\n/);
    expect(text).toContain("<h1>");
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/stat is|node:|\.cjs/);
    expect(err).toContain("stat");
  });

  test("as a problem document for programs, and to HEAD without a body", async () => {
    const got = await accounts({ XMAILCFG_CONFIG: broken(), HTTP_ACCEPT: "text/html" });
    expect(got.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(Buffer.from(got.body).toString())).toMatchObject({ status: 500, code: "INTERNAL" });
    const head = await ask("/", { REQUEST_METHOD: "HEAD", XMAILCFG_CONFIG: "/not-there" });
    expect([head.status, head.body.length]).toEqual([500, 0]);
  });
});

test("a client that goes away is no error", async () => {
  const { child, ended } = startProgram(program, {
    SCRIPT_NAME: "/x.cgi",
    PATH_INFO: "/api/openapi.json",
    HTTP_HOST: "localhost",
  });
  child.stdout.destroy();
  child.stdin.end();
  expect(await ended).toMatchObject({ code: 0, err: "" });
});

/** What grows with every page, operation and word must not make all other requests slower. */
describe("a request reads", () => {
  const told = join(top, "told.cjs");
  const partsFor = async (path: string, more: Variables = {}) => {
    writeFileSync(
      told,
      `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(`${told}.json`)}, JSON.stringify(Object.keys(require.cache))));`,
    );
    await ask(path, { NODE_OPTIONS: `--require ${told}`, ...more });
    const files = JSON.parse(readFileSync(`${told}.json`, "utf8")) as string[];
    return files.map((file) => /\/xmailcfg-cgi-([\w-]+)\.cjs$/.exec(file)?.[1] ?? "").filter(Boolean);
  };

  test("the operation it asks for, and no other", async () => {
    expect(await partsFor("/api/accounts", { HTTP_AUTHORIZATION: `Bearer ${key}` })).toEqual([
      "operations-account-list",
    ]);
  });

  test("the page it asks for with its words, in the language of who asks", async () => {
    const words = expect.stringMatching(/^en-/);
    const parts = await partsFor("/sign-in", { HTTP_ACCEPT: "text/html" });
    expect(parts).toEqual(["pages-sign-in", ...parts.slice(1).map(() => words)]);
    const japanese = await partsFor("/sign-in", { HTTP_ACCEPT_LANGUAGE: "ja" });
    expect(japanese).toContain("ja-frame");
    expect(japanese.join()).not.toContain("en-");
  });

  test("what is a part by its name only when it is needed, and each of these is there", () => {
    expect(Object.keys(NAMED).filter((module) => !existsSync(join(TOP, module)))).toEqual([]);
  });

  test("nothing of an operation before somebody asks for it", () => {
    const source = readFileSync(join(bin, "xmailcfg-cgi.cjs"), "utf8");
    const inside = ALL_OPERATIONS.filter(({ summary }) => source.includes(summary));
    expect(inside.map(({ name }) => name)).toEqual([]);
  });
});

describe("xmailcfg warm", () => {
  const cache = join(bin, "xmailcfg-cgi.cjs.cache");
  const warm = (...args: string[]) =>
    run(process.execPath, [join(bin, "xmailcfg.cjs"), "warm", ...args], bin);

  test("keeps compiled code, and the program answers the same", async () => {
    const cold = await accounts();
    const { code, stdout, stderr } = await warm();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Kept the compiled code of \d+ files/);
    expect(readdirSync(bin).filter((name) => name.endsWith(".cache")).length).toBeGreaterThan(1);
    expect(Buffer.from((await accounts()).body).toString()).toBe(Buffer.from(cold.body).toString());
  });

  test("what was damaged, or is of another program, is not used", async () => {
    const good = readFileSync(cache);
    for (const bytes of [
      good.subarray(0, 1000),
      Buffer.from(good).fill(0x55, good.length - 2000),
      Buffer.alloc(0),
    ]) {
      writeFileSync(cache, bytes);
      expect(await accounts()).toMatchObject({ code: 0, err: "", status: 200 });
    }
    writeFileSync(cache, good);
    const file = join(bin, "xmailcfg-cgi.cjs");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, source.replace("Internal Server Error", "Internal Server error"));
    const changed = await ask("/", { XMAILCFG_CONFIG: "/not-there" });
    writeFileSync(file, source);
    expect(changed.text).toContain("Status: 500 Internal Server error");
  });

  test("Node with other flags compiles the source", async () => {
    const { code, err, status } = await accounts({ NODE_OPTIONS: "--jitless" });
    expect([code, status]).toEqual([0, 200]);
    // Node itself remarks on the flag.
    expect(err).not.toContain("xmailcfg");
  });

  test("says where the program is not, and where nothing can be kept", async () => {
    expect(await warm("--dir", top)).toMatchObject({ code: 2 });
    expect((await warm("--dir", top)).stderr).toContain("--dir");
    // Root may write everywhere: a folder in the way of the file stands for a folder that is read only.
    rmSync(cache);
    mkdirSync(cache);
    const refused = await warm();
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("STORAGE_DENIED")]);
    expect(readdirSync(bin).filter((name) => /\.cache\.\d+$/.test(name))).toEqual([]);
    expect((await accounts()).status).toBe(200);
    rmSync(cache, { recursive: true });
    chmodSync(bin, 0o555);
    expect((await accounts()).status).toBe(200);
    chmodSync(bin, 0o755);
  });
});
