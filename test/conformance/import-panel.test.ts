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
});
