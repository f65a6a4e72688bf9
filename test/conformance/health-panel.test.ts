import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PanelVisitor, visitorOf } from "./panel-visitor.ts";
import { MODES, openWorld, type World } from "./world.ts";

describe.each(MODES)("findings and journeys in the panel, %s", (mode) => {
  let world: World;
  let visitor: PanelVisitor;
  beforeEach(async () => {
    world = await openWorld(mode);
    visitor = visitorOf(world.panel);
    await visitor.signIn("master", "Administrator-1");
  });
  afterEach(() => world.close());

  const put = (text: string) => writeFileSync(join(world.mailRoot, "server.tab"), text);
  const get = () => readFileSync(join(world.mailRoot, "server.tab"), "latin1");

  test("a finding is shown, reviewed, mended, and gone", async () => {
    put('"RootDomain"\t"example.com"\n"Pop3LogPasswd"\t"2"\n');
    const page = await visitor.open("/health");
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("all POP3 logins")]);
    const form = page.html
      .split("<form ")
      .map((part) => ({ mend: valueIn(part, "mend"), input: valueIn(part, "input") }))
      .find(({ input }) => input.includes("Pop3LogPasswd"));
    if (!form) throw new Error("no form mends it");
    const review = await visitor.send("/health", { ...form, step: "review" });
    expect(review.text).toContain('+ "Pop3LogPasswd"→"0"');
    expect(get()).toContain('"Pop3LogPasswd"\t"2"');
    const done = await visitor.send("/health", { ...form, step: "save" });
    expect(done.status).toBe(303);
    expect(get()).toContain('"Pop3LogPasswd"\t"0"');
    const after = await visitor.open("/health");
    expect(after.text).toContain("It was mended");
    expect(after.text).not.toContain("all POP3 logins");
  });

  test.each([
    { mend: "domain.remove", input: '{"domain":"example.com"}' },
    { mend: "serverSetting.set", input: "{" },
    { mend: "", input: "{}" },
  ])("what mends nothing is refused: $mend", async (fields) => {
    await visitor.open("/health");
    const before = world.tree();
    const answer = await visitor.send("/health", { ...fields, step: "save" });
    expect(answer.status).toBe(422);
    expect(world.tree()).toEqual(before);
  });

  test("a whole mail is followed, with links to what decided", async () => {
    const page = await visitor.open(
      "/mail-route?address=a%40elsewhere.test&client=192.0.2.7&sender=b%40c.test",
    );
    expect(page.text).toContain("XMail refuses this mail to a@elsewhere.test");
    expect(page.text).toContain("Refused 550");
    expect(page.html).toContain('href="/relay-rules"');
    const wrong = await visitor.open("/mail-route?address=a%40elsewhere.test&client=nonsense");
    expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('value="nonsense"')]);
  });
});

function valueIn(form: string, name: string): string {
  const [, value = ""] = new RegExp(`name="${name}" value="([^"]*)"`).exec(form) ?? [];
  return value.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
