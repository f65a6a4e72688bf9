import { describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { defineOperation } from "../../../src/kernel/operation.ts";
import { Type } from "../../../src/kernel/schema.ts";
import { SERVER } from "../../../src/kernel/target.ts";
import { fields, Nothing } from "../../../src/operations/fields.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { joinPlugins } from "../../../src/plugins/join.ts";
import { definePlugin, isPlugin, type Plugin } from "../../../src/plugins/plugin.ts";
import { html } from "../../../src/web/html.ts";
import { definePage } from "../../../src/web/page.ts";
import { PAGES } from "../../../src/web/routes.ts";
import { LANGUAGES } from "../../../src/web/text/language.ts";

const OURS = { operations: ALL_OPERATIONS, paths: PAGES.map(({ path }) => path) };

const look = defineOperation({
  name: "note.get",
  summary: "Show the note",
  effect: "read",
  input: fields({ domain: Type.String() }),
  output: fields({ text: Type.String() }),
  errors: [],
  http: "GET /notes/{domain}",
  target: () => SERVER,
  handler: async () => ({ text: "" }),
});
const page = definePage({ path: "/notes", view: () => ({ title: "Notes", body: html`<p>Notes</p>` }) });

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (hasCode(error, "BAD_CONFIG")) return error.message;
    throw error;
  }
  return "nothing was refused";
}

function refused(parts: object): string {
  return messageOf(() => definePlugin({ name: "notes", ...parts } as Plugin));
}

function notes(parts: Partial<Plugin> = {}): Plugin {
  return definePlugin({ name: "notes", operations: { note: { get: look } }, pages: [page], ...parts });
}

describe("definePlugin", () => {
  test("gives back what it was given, frozen and known as a plugin", () => {
    const plugin = notes();
    expect(plugin.operations?.["note"]?.["get"]).toBe(look);
    expect(Object.isFrozen(plugin)).toBe(true);
    expect(isPlugin(plugin)).toBe(true);
    expect(isPlugin({ ...plugin })).toBe(false);
  });

  test.each([
    ["a name with a slash", { name: "a/b" }, "name must be"],
    [
      "an operation under another name",
      { operations: { note: { show: look } } },
      "holds an operation called note.get",
    ],
    [
      "a noun of our command line",
      { operations: { admin: { get: { ...look, name: "admin.get" } } } },
      "admin is a word",
    ],
    [
      "a property of the library",
      { operations: { close: { get: { ...look, name: "close.get" } } } },
      "close is a word",
    ],
    ["a page elsewhere", { pages: [{ ...page, path: "/other" }] }, "must be /notes or lie below it"],
    [
      "a page that only begins alike",
      { pages: [{ ...page, path: "/notesx" }] },
      "must be /notes or lie below it",
    ],
    ["a path with a query", { pages: [{ ...page, path: "/notes/a?b" }] }, "is no path"],
    ["one path twice", { pages: [page, page] }, "stands there twice"],
    ["a page that shows and takes nothing", { pages: [{ path: "/notes" }] }, "needs a view or a submit"],
    [
      "a menu item without a page",
      { menu: [{ words: { en: "", ja: "" }, path: "/notes", needs: "a.b" }] },
      "is no page",
    ],
    ["a notifier without notify", { notifiers: [{ name: "x" }] }, "a notifier needs"],
    [
      "words in one language only",
      { words: { en: { flash: { "notes.saved": "Saved" } }, ja: {} } },
      "words.ja.flash: notes.saved is missing",
    ],
    [
      "words in place of ours",
      { words: { en: { flash: { signedOut: "Gone" } }, ja: { flash: { signedOut: "Gone" } } } },
      "signedOut must be notes.something",
    ],
    [
      "words of fields of others",
      {
        operations: { note: { get: look } },
        words: {
          en: { fields: { "account.add name": { label: "x", help: "" } } },
          ja: { fields: { "account.add name": { label: "x", help: "" } } },
        },
      },
      "account.add name must be noun.verb field",
    ],
  ])("refuses %s, by name", (_, parts, words) => {
    expect(refused(parts)).toContain(words);
    expect(refused(parts)).toContain(`The plugin ${"name" in parts ? parts.name : "notes"} is not valid`);
  });

  test.each([
    ["an open input", { input: Type.Object({}) }, "input must be an object"],
    ["an answer with a secret", { output: fields({ password: Type.String() }) }, "would show a secret"],
    ["an open answer", { output: Type.Object({}) }, "every object needs additionalProperties"],
    [
      "a password in the clear",
      { input: fields({ password: Type.String() }), http: null },
      "must be writeOnly",
    ],
    ["no reach at all", { target: undefined }, "exactly one of target and each"],
    ["GET that changes", { effect: "write", name: "note.set" }, "GET must have the effect read"],
    ["DELETE that is no destroy", { http: "DELETE /notes/{domain}" }, "DELETE must have the effect destroy"],
    ["destroy under another verb", { effect: "destroy", http: null }, "go together"],
    [
      "a list that changes",
      { effect: "write", name: "note.list", http: null },
      "list must have the effect read",
    ],
    ["a path field that is no input", { http: "GET /notes/{name}" }, "{name} is no required field"],
    ["an address that is none", { http: "GET notes" }, "http must be null or like"],
    ["an error that is none", { errors: ["NOTE_GONE"] }, "there is no code NOTE_GONE"],
    [
      "a pattern without words",
      { input: fields({ domain: Type.String({ pattern: "a" }) }) },
      "needs an x-rule",
    ],
    [
      "a pattern that browsers refuse",
      { input: fields({ domain: Type.String({ pattern: "[(]", "x-rule": "notes.a", description: "a" }) }) },
      "does not compile",
    ],
    ["no handler", { handler: undefined }, "handler is missing"],
    ["an effect that is none", { effect: "maybe" }, "there is no effect"],
  ])("refuses an operation with %s", (_, parts, words) => {
    const operation = { ...look, ...parts };
    const verb = operation.name.split(".")[1] ?? "";
    expect(refused({ operations: { note: { [verb]: operation } } })).toContain(words);
  });
});

describe("plugins together", () => {
  const join = (...plugins: Plugin[]) => messageOf(() => joinPlugins(plugins, OURS));
  const other = (name: string, parts: object = {}) => ({
    ...look,
    name: name as typeof look.name,
    http: null,
    ...parts,
  });
  const named = (name: string, parts: Partial<Plugin> = {}) => definePlugin({ name, ...parts });

  test("fit, when nothing is there twice", () => {
    const joined = joinPlugins(
      [notes(), named("more", { operations: { memo: { get: other("memo.get") } } })],
      OURS,
    );
    expect(joined.operations.map(({ name }) => name)).toEqual(["note.get", "memo.get"]);
    expect(joined.pages).toEqual([page]);
  });

  test.each([
    ["the name of a page of ours", [named("accounts")], "The plugin accounts cannot have this name"],
    ["the API's name", [named("api")], "The plugin api cannot"],
    ["one name twice", [notes(), named("notes")], "The plugin notes cannot have this name"],
    [
      "a noun of ours",
      [named("x", { operations: { account: { archive: other("account.archive") } } })],
      "The plugin x cannot have operations account.*",
    ],
    [
      "a noun of another plugin",
      [notes(), named("x", { operations: { note: { list: other("note.list") } } })],
      "The plugin x cannot have operations note.*",
    ],
    [
      "an address of ours",
      [named("x", { operations: { memo: { get: other("memo.get", { http: "GET /domains/{domain}" }) } } })],
      "memo.get answers GET /domains/{domain}, and so does domain.get of xmailcfg",
    ],
    [
      "an address that hides one of ours",
      [
        named("x", {
          operations: { memo: { get: other("memo.get", { http: "GET /domains/special", input: Nothing }) } },
        }),
      ],
      "and so does domain.get of xmailcfg",
    ],
    [
      "an address of another plugin",
      [
        notes(),
        named("x", {
          operations: { memo: { get: other("memo.get", { http: "GET /notes/all", input: Nothing }) } },
        }),
      ],
      "and so does note.get of notes",
    ],
    [
      "a menu item for an operation that nobody has",
      [notes({ menu: [{ words: { en: "Notes", ja: "メモ" }, path: "/notes", needs: "note.fly" }] })],
      "needs note.fly, which is no operation",
    ],
    ["what definePlugin did not make", [{ name: "raw" }], "use definePlugin()"],
  ])("are refused with %s", (_, plugins, words) => {
    expect(join(...plugins)).toContain(words);
  });

  test("their words stand beside ours, and no word of ours is lost", () => {
    const words = {
      en: { flash: { "notes.saved": "Saved {name}" }, rules: { "notes.short": () => "Shorter" } },
      ja: { flash: { "notes.saved": "保存 {name}" }, rules: { "notes.short": () => "短く" } },
    };
    const { words: wordsOf } = joinPlugins([notes({ words })], OURS);
    const t = wordsOf(LANGUAGES.ja, "ja");
    expect(t).toMatchObject({ flash: { ...LANGUAGES.ja.flash, "notes.saved": "保存 {name}" } });
    expect(t.menu).toBe(LANGUAGES.ja.menu);
    expect(wordsOf(LANGUAGES.ja, "ja")).toBe(t);
  });
});
