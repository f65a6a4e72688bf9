import { beforeEach, describe, expect, test } from "vitest";
import { openXMail } from "../../../src/open.ts";
import { createPanel } from "../../../src/panel.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { openState } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { type PanelVisitor, type Seen, visitorOf } from "../../conformance/panel-visitor.ts";

const PASSWORD = "correct horse battery";
const TYPED = "A-mailbox-password-1";
const MINUTE = 60_000;

let storage: Storage;
let visitor: PanelVisitor;
let other: PanelVisitor;
let ahead = 0;

/** A panel over a stopped XMail in memory, with its history; two administrators. */
beforeEach(async () => {
  ahead = 0;
  storage = memory();
  await writeMailRoot(storage, { domain: "example.com" });
  const now = () => new Date(Date.now() + ahead);
  const state = await openState(memory(), { now });
  await state.addAdministrator({ name: "hana", password: PASSWORD });
  await state.addAdministrator({ name: "ken", password: PASSWORD });
  const xmail = await openXMail({ storage, offline: true });
  await xmail.account.add({ domain: "example.com", name: "bob", password: TYPED });
  const panel = createPanel(xmail, { state, now });
  visitor = visitorOf(panel);
  other = visitorOf(panel);
  await visitor.signIn("hana", PASSWORD);
  await other.signIn("ken", PASSWORD);
});

async function fileText(...path: string[]): Promise<string> {
  return Buffer.from(await storage.read(storagePath(...path))).toString("latin1");
}

/** The fields of the form of this action, as a browser sends them with this button. */
function formOn({ tags }: Seen, action: string, step?: string): URLSearchParams {
  const fields = new URLSearchParams();
  let inside = false;
  let select = "";
  for (const { name, attributes, text } of tags) {
    if (name === "form") inside = attributes.get("action") === action;
    const field = attributes.get("name");
    if (name === "select") select = field ?? "";
    if (inside && name === "option" && attributes.has("selected"))
      fields.append(select, attributes.get("value") ?? text.trim());
    const off = ["checkbox", "radio"].includes(attributes.get("type") ?? "") && !attributes.has("checked");
    if (inside && name === "input" && field !== undefined && !off)
      fields.append(field, attributes.get("value") ?? "");
  }
  if (step !== undefined) fields.set("step", step);
  return fields;
}

/** The same with other values. */
function withFields(form: URLSearchParams, values: Record<string, string>): URLSearchParams {
  const fields = new URLSearchParams(form);
  for (const [name, value] of Object.entries(values)) fields.set(name, value);
  return fields;
}

async function follow({ headers }: Seen): Promise<Seen> {
  return visitor.open(headers.get("location") ?? "");
}

const ALIAS = { domain: "example.com", alias: "sales", target: "bob" };

describe("a form", () => {
  test("shows what it will change, and saves nothing before", async () => {
    const before = await fileText("aliases.tab");
    const form = await visitor.open("/add-alias");
    expect(form.html).toContain('name="step" value="review"');
    const review = await visitor.send("/add-alias", { ...ALIAS, step: "review" });
    expect(review.status).toBe(200);
    expect(review.text).toContain("What will change");
    expect(review.text).toContain("aliases.tab");
    expect(review.html).toMatch(/<ins>\+ .*sales/);
    expect(await fileText("aliases.tab")).toBe(before);

    const saved = await visitor.send(
      "/add-alias",
      withFields(formOn(review, "/add-alias", "save"), { why: "new shop" }),
    );
    expect(saved.status).toBe(303);
    expect(await fileText("aliases.tab")).toContain('"sales"');
  });

  test("tells after saving what was done, with a way to undo it, and the history knows why", async () => {
    const before = await fileText("aliases.tab");
    await visitor.open("/add-alias");
    const list = await follow(await visitor.send("/add-alias", { ...ALIAS, step: "save", why: "new shop" }));
    const [, id = ""] = /href="\/changes\/([^"]+)">Undo</.exec(list.html) ?? [];
    expect(id).not.toBe("");

    const history = await visitor.open("/changes?object=sales@example.com");
    expect(history.text).toContain("alias.add");
    expect(history.text).toContain("new shop");
    expect((await visitor.open("/changes?object=nobody@example.com")).text).toContain("No change matches.");

    const change = await visitor.open(`/changes/${id}`);
    expect(change.text).toContain("hana");
    expect(change.html).toMatch(/<ins>\+ .*sales/);
    const review = await visitor.send(`/changes/${id}/undo`, formOn(change, `/changes/${id}/undo`));
    expect(review.text).toContain("What will change");
    expect(review.html).toMatch(/<del>− .*sales/);
    expect(await fileText("aliases.tab")).toContain('"sales"');
    const undone = await follow(
      await visitor.send(`/changes/${id}/undo`, formOn(review, `/changes/${id}/undo`, "save")),
    );
    expect(undone.text).toContain("The change was undone.");
    expect(undone.text).toContain("undone");
    expect(await fileText("aliases.tab")).toBe(before);
    expect(undone.html).not.toContain("Undo this change");

    const [, undo = ""] = /href="\/changes\/([^"]+)">Undo</.exec(undone.html) ?? [];
    await visitor.open(`/changes/${undo}`);
    expect((await visitor.send(`/changes/${undo}/undo`, { step: "save" })).status).toBe(303);
    expect(await fileText("aliases.tab")).toContain('"sales"');
  });

  test("comes back with all that was typed", async () => {
    await visitor.open("/add-alias");
    const review = await visitor.send("/add-alias", { ...ALIAS, step: "review" });
    const again = await visitor.send("/add-alias", formOn(review, "/add-alias", "edit"));
    expect(again.status).toBe(200);
    expect(Object.fromEntries(formOn(again, "/add-alias"))).toMatchObject(ALIAS);
    expect(again.html).not.toContain('id="refusal"');
  });

  test("that would be refused is refused before, with its field", async () => {
    await visitor.open("/add-alias");
    const refused = await visitor.send("/add-alias", { ...ALIAS, target: "nobody", step: "review" });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('aria-invalid="true"');
    expect((await visitor.open("/changes")).text).toContain("No change is kept yet");
  });

  test("without a step saves at once, as programs send it", async () => {
    await visitor.open("/add-alias");
    expect((await visitor.send("/add-alias", ALIAS)).status).toBe(303);
    expect(await fileText("aliases.tab")).toContain('"sales"');
  });

  test("says so when nothing would change", async () => {
    const page = await visitor.open("/accounts/example.com/bob");
    const action = "/accounts/example.com/bob";
    const review = await visitor.send(action, formOn(page, action, "review"));
    expect(review.text).toContain("Nothing would change");
    expect(review.html).not.toContain('value="save"');
  });
});

describe("a password that was typed before the review", () => {
  const PATH = "/add-account";
  const ACCOUNT = { kind: "user", name: "eve", domain: "example.com", realName: "Eve" };
  const FIELDS = { ...ACCOUNT, password: TYPED, passwordAgain: TYPED };

  async function reviewed(): Promise<Seen> {
    await visitor.open(PATH);
    const review = await visitor.send(PATH, { ...FIELDS, step: "review" });
    expect(review.status).toBe(200);
    return review;
  }

  test("is nowhere in the page, nor is it in XMail's coding, and is saved all the same", async () => {
    const review = await reviewed();
    const coded = [...TYPED]
      .map((letter) => ((letter.charCodeAt(0) ^ 101) & 0xff).toString(16).padStart(2, "0"))
      .join("");
    expect(review.html).not.toContain(TYPED);
    expect(review.html.toLowerCase()).not.toContain(coded);
    expect(review.html).toContain("***");
    expect(review.html).not.toContain(Buffer.from(TYPED).toString("base64url").slice(0, 12));
    const saved = await visitor.send(PATH, formOn(review, PATH, "save"));
    expect(saved.status).toBe(303);
    expect((await fileText("mailusers.tab")).toLowerCase()).toContain(coded);

    const page = await follow(saved);
    const [, id = ""] = /href="\/changes\/([^"]+)">Undo</.exec(page.html) ?? [];
    const change = await visitor.open(`/changes/${id}`);
    expect(change.html).toContain("***");
    expect(change.html.toLowerCase()).not.toContain(coded);
    expect(change.html).not.toContain(TYPED);
  });

  test("opens for nobody else, nowhere else, and no longer than ten minutes", async () => {
    const stolen = formOn(await reviewed(), PATH, "save");
    stolen.delete("csrf");
    await other.open(PATH);
    const foreign = await other.send(PATH, stolen);
    expect(foreign.status).toBe(422);
    expect(foreign.text).toContain("Type this again");

    await visitor.open("/add-domain");
    const elsewhere = await visitor.send("/add-domain", withFields(stolen, { domain: "other.test" }));
    expect(elsewhere.status).toBe(422);

    ahead = 11 * MINUTE;
    await visitor.open(PATH);
    const late = await visitor.send(PATH, stolen);
    expect(late.status).toBe(422);
    expect(Object.fromEntries(formOn(late, PATH))).toMatchObject({ name: "eve", realName: "Eve" });
    expect(await fileText("mailusers.tab")).not.toContain('"eve"');
  });
});

describe("a question", () => {
  test("shows on its own page what will change", async () => {
    const page = await visitor.open("/accounts/example.com/bob/remove");
    expect(page.text).toContain("What will change");
    expect(page.html).toMatch(/<del>− .*bob/);
    expect(page.html).toContain('name="confirm"');
    const before = await fileText("mailusers.tab");
    expect(before).toContain('"bob"');
  });

  test("that would be refused has no button, and says why", async () => {
    await visitor.open("/accounts/example.com/bob/suspend");
    await visitor.send("/accounts/example.com/bob/suspend", {});
    const page = await visitor.open("/accounts/example.com/bob/suspend");
    expect(page.text).toContain("suspended already");
    expect(page.html).not.toContain('class="btn primary"');
  });

  test("an account that was removed comes back with its undo, mail and all", async () => {
    const mail = ["domains", "example.com", "bob", "Maildir", "new", "1.mail"];
    await storage.write(storagePath(...mail), Buffer.from("Subject: hello\r\n"));
    await visitor.open("/accounts/example.com/bob/remove");
    const list = await follow(
      await visitor.send("/accounts/example.com/bob/remove", { confirm: "bob@example.com", why: "left" }),
    );
    expect(await fileText("mailusers.tab")).not.toContain('"bob"');
    const [, id = ""] = /href="\/changes\/([^"]+)">Undo</.exec(list.html) ?? [];
    await visitor.open(`/changes/${id}`);
    expect((await visitor.send(`/changes/${id}/undo`, { step: "save" })).status).toBe(303);
    expect(await fileText("mailusers.tab")).toContain('"bob"');
    expect(await fileText(...mail)).toContain("hello");
  });
});

describe("a form that was open while somebody else changed the same", () => {
  const PATH = "/accounts/example.com/bob";

  test("is refused with what it was, is, and would have become", async () => {
    const mine = formOn(await visitor.open(PATH), PATH, "save");
    const his = formOn(await other.open(PATH), PATH, "save");
    expect((await other.send(PATH, withFields(his, { realName: "Bob of Ken" }))).status).toBe(303);
    const after = await fileText("domains", "example.com", "bob", "user.tab");

    const refused = await visitor.send(PATH, withFields(mine, { realName: "Bob of Hana" }));
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Bob of Ken");
    expect(refused.text).toContain("Bob of Hana");
    expect(await fileText("domains", "example.com", "bob", "user.tab")).toBe(after);
    const review = await visitor.send(PATH, withFields(mine, { realName: "Bob of Hana", step: "review" }));
    expect(review.status).toBe(409);

    const again = formOn(await visitor.open(PATH), PATH, "save");
    expect((await visitor.send(PATH, withFields(again, { realName: "Bob of Hana" }))).status).toBe(303);
  });

  test("the review carries it on: a change between review and saving is seen", async () => {
    const mine = formOn(await visitor.open(PATH), PATH, "review");
    const review = await visitor.send(PATH, withFields(mine, { realName: "Bob of Hana" }));
    expect(review.status).toBe(200);
    const his = formOn(await other.open(PATH), PATH, "save");
    await other.send(PATH, withFields(his, { realName: "Bob of Ken" }));
    expect((await visitor.send(PATH, formOn(review, PATH, "save"))).status).toBe(409);
  });
});

describe("an undo that meets what somebody else changed since", () => {
  const USER_TAB = ["domains", "example.com", "bob", "user.tab"];
  const PATH = "/accounts/example.com/bob";

  async function changeOf(action: string): Promise<string> {
    const history = await visitor.open(`/changes?operation=${action}`);
    const [, id = ""] = /href="\/changes\/([^"]+)">/.exec(history.html) ?? [];
    return id;
  }

  test("shows the lines as they were left, are and would become, and changes nothing", async () => {
    const mine = formOn(await visitor.open(PATH), PATH, "save");
    await visitor.send(PATH, withFields(mine, { realName: "Bob of Hana" }));
    const id = await changeOf("account.*");
    const text = await fileText(...USER_TAB);
    await storage.write(storagePath(...USER_TAB), Buffer.from(text.replace("Bob of Hana", "Bob of Ken")));
    const page = await visitor.open(`/changes/${id}`);
    for (const fields of [formOn(page, `/changes/${id}/undo`), new URLSearchParams({ step: "save" })]) {
      const refused = await visitor.send(`/changes/${id}/undo`, fields);
      expect(refused.status).toBe(409);
      expect(refused.text).toContain("Bob of Hana");
      expect(refused.text).toContain("Bob of Ken");
      expect(refused.html).toContain(`href="/changes/${id}"`);
    }
    expect(await fileText(...USER_TAB)).toContain("Bob of Ken");
  });

  test("says of a password only that it differs", async () => {
    await visitor.open(`${PATH}/password`);
    const typed = { password: "Another-one-22", passwordAgain: "Another-one-22", step: "save" };
    expect((await visitor.send(`${PATH}/password`, typed)).status).toBe(303);
    const id = await changeOf("account.setPassword");
    await other.open(`${PATH}/password`);
    const his = { password: "His-one-333333", passwordAgain: "His-one-333333", step: "save" };
    expect((await other.send(`${PATH}/password`, his)).status).toBe(303);
    const users = await fileText("mailusers.tab");
    await visitor.open(`/changes/${id}`);
    const refused = await visitor.send(`/changes/${id}/undo`, { step: "review" });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("What differs is a password");
    expect(refused.html).toContain("***");
    for (const coded of users.match(/[0-9a-f]{20,}/g) ?? []) expect(refused.html).not.toContain(coded);
    expect(await fileText("mailusers.tab")).toBe(users);
  });
});

describe("the overview", () => {
  const journal = (...steps: object[]) =>
    storage.write(
      storagePath(".xmailcfg/change.json"),
      Buffer.from(JSON.stringify({ version: 1, begun: new Date(), way: "forward", steps, whole: {} })),
    );

  test("says that a change is unfinished until the next one, then what became of it, once", async () => {
    expect((await visitor.open("/")).text).not.toContain("interrupted");
    await journal({ do: "makeFolder", path: "domains/left.test" });
    expect((await visitor.open("/")).text).toContain("or was interrupted. The next change finishes it");
    await visitor.open("/add-alias");
    await visitor.send("/add-alias", ALIAS);
    const told = await visitor.open("/");
    expect(told.text).toContain("A change that had been interrupted was finished.");
    expect(told.text).toContain("domains/left.test");
    expect(told.text).not.toContain("The next change finishes it");
    expect((await visitor.open("/")).text).not.toContain("interrupted");
    expect((await other.open("/")).text).toContain("A change that had been interrupted was finished.");
  });

  test("tells of what was set aside, and where all that is known of it is", async () => {
    const file = { do: "write", path: "smtprelay.tab", before: "00", after: "11" };
    await journal({ ...file, hunks: [{ at: 0, removed: ["gone\n"], added: ["new\n"] }] });
    await visitor.open("/add-alias");
    expect((await visitor.send("/add-alias", ALIAS)).status).toBe(303);
    const told = await visitor.open("/");
    expect(told.text).toContain("can be neither finished nor rolled back");
    expect(told.text).toContain(".xmailcfg/change-unfinished-1.json");
    expect(told.text).toContain("smtprelay.tab");
  });
});
