import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { inspect } from "node:util";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { encodePassword } from "../../src/crypto/password-code.ts";
import { PAGES } from "../../src/web/routes.ts";
import { readableIn } from "../support/markers.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";
import type { Tag } from "../unit/web/read-html.ts";
import { type PanelVisitor, type Seen, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const MARKER = "MARKERpassw0rd-7";
const ADMINISTRATOR = { name: "master", password: "Administrator-1" };
const SLOW = 240_000;
const OWN = {
  plain: /^MailRoot\/(?:smtpauth\.tab|userauth\/)|^state\/(?:history|changes)|^cli\/config/,
  coded: /^MailRoot\/(?:mailusers|ctrlaccounts|pop3links)\.tab$|^state\/(?:history|changes)/,
};

let world: World;
let visitor: PanelVisitor;
/** All that somebody could see, by where he saw it. */
const sinks: Record<string, string> = {};
const note = (place: string, text: string) => {
  sinks[place] = `${sinks[place] ?? ""}\n${text}`;
};
const noteSeen = (place: string, { html, headers }: Seen) =>
  note(place, `${html}\n${[...headers].filter(([name]) => name !== "set-cookie").join("\n")}`);

/** Everything seen and everything kept, by place. */
function everything(): Record<string, string> {
  const folder = dirname(world.mailRoot);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => [relative(folder, path), readFileSync(path, "latin1")] as const);
  return { ...Object.fromEntries(files), ...sinks, log: world.logged.join("\n") };
}

const leaks = (...secrets: readonly string[]) => readableIn(everything(), secrets, OWN);

beforeAll(async () => {
  world = await openWorld("ctrl+files");
  await world.xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
  visitor = visitorOf(world.panel);
  await visitor.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
}, SLOW);
afterAll(() => world.close());

/** What forms ask for that is no secret. */
const TYPED: Readonly<Record<string, string>> = {
  name: "fresh",
  domain: "example.com",
  host: "pop.provider.test",
  remoteName: "hana",
  lists: "news@example.com",
  permissions: "M",
  kind: "user",
  method: "plain",
};

/** Of the page's forms with a secret in them, the fields as a browser would send them. */
function secretForms(tags: readonly Tag[]): { action: string; fields: URLSearchParams }[] {
  const forms: { action: string; fields: URLSearchParams; secrets: number }[] = [];
  for (const { name, attributes } of tags) {
    if (name === "form") {
      forms.push({ action: attributes.get("action") ?? "", fields: new URLSearchParams(), secrets: 0 });
      continue;
    }
    const form = forms.at(-1);
    const field = attributes.get("name");
    if (!form || field === undefined || !/^(?:input|select|textarea)$/.test(name)) continue;
    const isSecret = attributes.get("type") === "password" || /passw/i.test(field);
    if (isSecret) form.secrets += 1;
    const value = isSecret ? MARKER : attributes.get("value") || (TYPED[field] ?? "");
    if (/^(?:radio|checkbox)$/.test(attributes.get("type") ?? "") && !attributes.has("checked")) continue;
    form.fields.set(field, value);
  }
  return forms.filter(({ secrets }) => secrets > 0);
}

const hidden = ({ tags }: Seen) =>
  new URLSearchParams(
    tags
      .filter(({ name, attributes }) => name === "input" && attributes.get("type") === "hidden")
      .map(({ attributes }) => [attributes.get("name") ?? "", attributes.get("value") ?? ""]),
  );

describe("a marker typed as a password", () => {
  test("at the sign-in pages, rightly and wrongly, as a name, and as a code", { timeout: SLOW }, async () => {
    for (const door of ["", "/at/office", "/at/mailbox"]) {
      for (const [name, password] of [
        ["master", MARKER],
        ["nobody", MARKER],
        ["hana@example.com", MARKER],
        [MARKER, "x"],
      ] as const) {
        const stranger = visitorOf(world.panel, {}, "", door);
        await stranger.open("/sign-in");
        const seen = await stranger.send("/sign-in", { name, password });
        expect(seen.status).toBe(422);
        // The box for names comes back with what was typed into it.
        if (name !== MARKER) noteSeen(`page ${door}/sign-in`, seen);
      }
    }
    expect(leaks(MARKER)).toEqual([]);
    expect(everything()["log"] ?? "").not.toContain(MARKER);
  });

  test("in every form of the panel: refused, before the save, and saved", { timeout: SLOW }, async () => {
    const paths = PAGES.filter(({ view, path, open }) => view && !open && !/:(?!domain|name)/.test(path)).map(
      ({ path }) => path.replace(":domain", "example.com").replace(":name", "hana"),
    );
    const how = { forms: 0, reviewed: 0, saved: 0 };
    for (const path of paths) {
      const page = await visitor.open(path);
      for (const { action, fields } of secretForms(page.tags)) {
        how.forms += 1;
        for (const step of ["review", "edit", ""]) {
          const form = new URLSearchParams(fields);
          if (step !== "") form.set("step", step);
          let seen = await visitor.send(action, form);
          noteSeen(`page ${action} ${step}`, seen);
          if (seen.status === 303) how.saved += 1;
          if (!seen.html.includes('name="concealed"')) continue;
          how.reviewed += 1;
          const next = hidden(seen);
          next.set("step", "save");
          seen = await visitor.send(action, next);
          noteSeen(`page ${action} saved`, seen);
          if (seen.status === 303) how.saved += 1;
        }
        noteSeen(`page ${path} afterwards`, await visitor.open(path));
      }
    }
    expect(how.forms).toBeGreaterThan(7);
    expect(how.reviewed).toBeGreaterThan(2);
    expect(how.saved).toBeGreaterThan(2);
    expect(leaks(MARKER)).toEqual([]);
    // It was taken, and stands where XMail needs it.
    expect(everything()["MailRoot/mailusers.tab"]).toContain(encodePassword(MARKER));
  });

  test("at the API: refused, misplaced, tried, done, and as a key", { timeout: SLOW }, async () => {
    const account = { name: "mika", password: MARKER };
    const accounts = "/domains/example.com/accounts";
    const asked: [method: string, path: string, body?: unknown, headers?: Record<string, string>][] = [
      ["POST", accounts, { ...account, mispelt: MARKER }],
      ["POST", accounts, { ...account, password: `${MARKER}\n` }],
      ["POST", accounts, `{"password":"${MARKER}"`],
      ["POST", `${accounts}?password=${MARKER}`, { name: "mika" }],
      ["POST", accounts, { ...account, name: MARKER.repeat(20) }],
      ["POST", `${accounts}?dryRun=true`, account],
      ["POST", accounts, account],
      ["POST", accounts, account],
      ["PUT", `${accounts}/mika/password`, { password: MARKER }],
      ["GET", `${accounts}/mika`],
      ["GET", "/domains/example.com/accounts-export"],
      ["GET", "/accounts"],
      ["GET", "/domains", undefined, { authorization: `Bearer ${MARKER}` }],
      ["GET", "/domains", undefined, { authorization: `Bearer xmc_000000000000_${MARKER}` }],
      ["GET", "/domains", undefined, { authorization: "", cookie: `__Host-xmailcfg=${MARKER}` }],
    ];
    const statuses: number[] = [];
    for (const [at, [method, path, body, headers]] of asked.entries()) {
      const answer = await world.api(method, path, body, headers);
      statuses.push(answer.status);
      // A name is no secret, and its refusal may say it.
      if (at !== 4) note(`answer ${at}`, await answer.text());
    }
    expect(new Set(statuses)).toEqual(new Set([200, 400, 401, 404, 409, 422]));
    expect(leaks(MARKER)).toEqual([]);
  });

  test("on the command line: as an argument, in a file, on standard input, in the environment", {
    timeout: SLOW,
  }, async () => {
    const folder = dirname(world.mailRoot);
    const at = (name: string) => join(folder, name);
    const ctrl = { ...world.ctrl, password: { env: "CTRL_PASSWORD" } };
    const config = (more: object) =>
      JSON.stringify({ xmail: { mailRoot: world.mailRoot, ctrl, ...more }, state: at("state") });
    const files: Record<string, string> = {
      "good.json": config({}),
      "inline.json": config({ ctrl: { ...ctrl, password: MARKER } }),
      "odd.json": config({ ctrl: { ...ctrl, passwort: MARKER } }),
      "broken.json": `{"xmail": {"ctrl": {"password": "${MARKER}" }`,
      secret: `${MARKER}\n`,
    };
    const add = "account add --domain example.com --name taro";
    const lines: [line: string, env?: string | undefined, file?: string][] = [
      [`${add} --password ${MARKER}`],
      [`${add} --password=${MARKER}`],
      [`${add} --password-file secret --passwort-file=${MARKER}`],
      [`${add} --password-file -`],
      [`${add} --password-file secret`],
      [`${add} --password-file secret --dry-run`],
      ["account set-password --domain example.com --name taro --password-file - --json"],
      ["account get --domain example.com --name taro --json"],
      ["account export --domain example.com"],
      ["audit list"],
      ["audit export"],
      ["change list --json"],
      ["check", MARKER],
      ["domain list", MARKER],
      ["check --json"],
      ["domain list", undefined, "inline.json"],
      ["domain list", undefined, "odd.json"],
      ["domain list", undefined, "broken.json"],
      ["check", undefined, "inline.json"],
    ];
    const codes: number[] = [];
    for (const [line, env = world.ctrl.password, file = "good.json"] of lines) {
      const terminal = fakeTerminal({
        files: { ...files, [at("secret")]: files["secret"] ?? "" },
        input: `${MARKER}\n`,
        env: { XMAILCFG_CONFIG: file, USER: "sato", CTRL_PASSWORD: String(env) },
      });
      const code = await run(line.split(" "), terminal).catch((error: unknown) => {
        note(`thrown by ${line.replace(MARKER, "…")}`, inspect(error, { depth: 5 }));
        return -1;
      });
      codes.push(code);
      note(
        `printed by ${line.replace(MARKER, "…")}`,
        [...terminal.printed, ...terminal.complaints].join("\n"),
      );
    }
    expect(new Set(codes)).toEqual(new Set([0, 1, 2]));
    expect(leaks(MARKER)).toEqual([]);
  });
});

describe("what is a secret already", () => {
  test("is shown once, and is on no page, in no file, log, answer or export", { timeout: SLOW }, async () => {
    await visitor.open("/me/app");
    const begun = await visitor.send("/me/app");
    const secret = (/class="mono key">([A-Z2-7 ]+)</.exec(begun.html)?.[1] ?? "").replaceAll(" ", "");
    const kept = /name="kept" value="([^"]*)"/.exec(begun.html)?.[1] ?? "";
    const code = new TOTP({ secret }).generate();
    const last = await visitor.send("/me/app/confirm", { kept, code });
    const codes = [...last.html.matchAll(/<li>((?:[A-Z2-9]{4}-?){4})<\/li>/g)].map(([, one = ""]) => one);
    expect([secret.length, codes.length]).toEqual([32, 10]);

    const key = (await world.state.addApiKey({ administrator: "master", name: "k" })).reveal();
    const session = visitor.cookies.get("__Host-xmailcfg") ?? "";
    const { id } = JSON.parse(Buffer.from(session.split(".")[0] ?? "", "base64url").toString()) as {
      id: string;
    };
    const cookieKey = (await world.state.sessionKey()).reveal();

    // Somebody signs in with a second step, wrongly and rightly, and looks at everything.
    const next = visitorOf(world.panel);
    await next.open("/sign-in");
    await next.send("/sign-in", ADMINISTRATOR);
    await next.open("/sign-in/code");
    noteSeen("page wrong code", await next.send("/sign-in/code", { code: `${codes[1]}X` }));
    noteSeen("page right code", await next.send("/sign-in/code", { code: codes[0] ?? "" }));
    const nextSession = next.cookies.get("__Host-xmailcfg") ?? "";
    for (const { path, view, file } of PAGES) {
      if (path.includes(":") || !(view || file)) continue;
      noteSeen(`page ${path}`, await next.open(path));
    }
    for (const path of ["/api-keys", "/me", "/audit", "/people", "/openapi.json", "/changes"]) {
      const answer = await world.api("GET", path, undefined, { authorization: `Bearer ${key}` });
      note(`answer ${path}`, await answer.text());
    }
    await next.send("/sign-out");
    const plain = codes.map((one) => one.replaceAll("-", ""));
    const all = [
      secret,
      ...codes,
      ...plain,
      key,
      key.slice(17),
      session,
      nextSession,
      id,
      String(world.ctrl.password),
    ];
    expect(all.every((one) => one.length > 5)).toBe(true);
    expect(leaks(...all)).toEqual([]);
    // What signs the cookies is kept, and nowhere but in its file.
    const holding = Object.entries(everything()).filter(([, text]) => text.includes(cookieKey));
    expect(holding.map(([place]) => place)).toEqual(["state/session.key"]);
  });

  test.each([
    ["a page", "page /me", (text: string) => text],
    ["the log", "log line", (text: string) => encodeURIComponent(text)],
    [
      "a file of the state",
      "state/sessions.json",
      (text: string) => Buffer.from(`x:${text}`).toString("base64"),
    ],
    ["an export", "answer /audit", (text: string) => encodePassword(text)],
  ])("a fault that is planted in %s is reported", (_, place, form) => {
    expect(readableIn({ [place]: `<p>${form(MARKER)}</p>` }, [MARKER], OWN)).not.toEqual([]);
    expect(readableIn({ [place]: "<p>***</p>" }, [MARKER], OWN)).toEqual([]);
  });
});
