import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ORIGIN, type PanelVisitor, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

describe("the import page", { timeout: 60_000 }, () => {
  let world: World;
  let person: PanelVisitor;
  beforeAll(async () => {
    world = await openWorld("tab");
    person = visitorOf(world.panel);
    await person.signIn("master", "Administrator-1");
  });
  afterAll(() => world.close());

  async function look(csv: string, fields: Record<string, string> = {}) {
    const page = await person.open("/import?kind=account");
    const form = new FormData();
    form.set("csrf", /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? "");
    for (const [name, value] of Object.entries({ kind: "account", mode: "all", act: "try", ...fields }))
      form.set(name, value);
    form.set("file", new File([csv], "accounts.csv"));
    const headers = { origin: ORIGIN, "sec-fetch-site": "same-origin" };
    return person.open("/import", { method: "POST", body: form, headers });
  }

  test("looks at a file, shows no password, saves what was looked at, and exports it", async () => {
    const before = world.tree();
    const seen = await look("address,password,realName\nhana@example.com,Secret-word-1,佐藤 花\n");
    expect(seen.text).toContain("1 line would be added.");
    expect(seen.html).not.toContain("Secret-word-1");
    expect(world.tree()).toEqual(before);
    const request = /name="request" value="([^"]+)"/.exec(seen.html)?.[1] ?? "";
    const saved = await person.send("/import", { request, act: "save" });
    expect(saved.text).toContain("1 line was added.");
    expect(await world.xmail.account.get({ domain: "example.com", name: "hana" })).toMatchObject({
      realName: "佐藤 花",
    });
    const file = await person.open("/export/accounts");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="accounts.csv"');
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(file.html).toContain("hana@example.com,user,佐藤 花,");
  });

  test("offers nothing to save while a line is wrong, and refuses a request it did not make", async () => {
    const seen = await look(
      "address,password\nhana@example.com,Secret-word-1\nken@example.com,Secret-word-1\n",
    );
    expect(seen.text).toContain("This address is taken");
    expect(seen.html).not.toContain('name="request"');
    const forged = await person.send("/import", { request: "AAAA", act: "save" });
    expect(forged.status).toBe(422);
    const wrong = await look("address,colour\n");
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("There is no column colour.");
  });

  /** Padded with a name, so that it is longer than any other page takes. */
  const long = (name: string, lines: number, pad = "") =>
    ["address,password,realName"]
      .concat(Array.from({ length: lines }, (_, i) => `${name}${i}@example.com,Secret-word-${i},${pad}`))
      .join("\n");
  const requestIn = (html: string) => /name="request" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const counted = async (name: string) => (await world.xmail.account.list({ search: name, limit: 1 })).total;

  test("a long file goes in in parts: how far it is, stopped, gone on with, sent twice, to the end", async () => {
    const seen = await look(long("part", 600), { mode: "possible" });
    expect(seen.text).toContain("It is made in parts");
    expect(seen.html).not.toContain('value="save"');
    const first = await person.send("/import", { request: requestIn(seen.html), act: "part" });
    expect(first.text).toContain("250 of 600 lines");
    expect(first.html).toContain("data-carry-on");
    expect(first.html).not.toContain("Secret-word");
    expect(await counted("part")).toBe(250);
    const stopped = await person.send("/import", { request: requestIn(first.html), act: "stop" });
    expect(stopped.text).toContain("Stopped before line 252.");
    expect(stopped.html).not.toContain("data-carry-on");
    expect(await counted("part")).toBe(250);
    const request = requestIn(stopped.html);
    let page = await person.send("/import", { request, act: "part" });
    const after = await counted("part");
    expect(after).toBeGreaterThan(250);
    // The same part once more, as a browser sends it that is told to load the page again.
    page = await person.send("/import", { request, act: "part" });
    expect(await counted("part")).toBe(after);
    expect(page.text).toContain(`There already: ${after - 250}`);
    for (let turns = 0; turns < 40 && requestIn(page.html) !== ""; turns += 1) {
      page = await person.send("/import", { request: requestIn(page.html), act: "part" });
    }
    expect(page.text).toContain("600 of 600 lines");
    expect(await counted("part")).toBe(600);
  });

  test("a long file of all or nothing is one change, unless parts are asked for", async () => {
    const seen = await look(long("whole", 501));
    expect(seen.text).toContain("Import 501 lines in parts");
    const saved = await person.send("/import", { request: requestIn(seen.html), act: "save" });
    expect(saved.text).toContain("501 lines were added.");
    expect(await counted("whole")).toBe(501);
  });

  test("takes files that no other page takes, and refuses what is too large for it", async () => {
    const two = await look(long("big", 2, "x".repeat(1_200_000)), { mode: "possible" });
    expect(two.status).toBe(200);
    expect(two.text).toContain("Cannot be imported: 2");
    const huge = await look("a".repeat(17 * 1024 * 1024));
    expect(huge.status).toBe(413);
    const other = await person.send("/domains/add", { name: "x".repeat(1_200_000) });
    expect(other.status).toBe(413);
    const stranger = visitorOf(world.panel);
    await stranger.open("/sign-in");
    const refused = await stranger.send("/import", { csv: "x".repeat(1_200_000) });
    expect(refused.status).toBe(413);
  });
});
