import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, openWorld, type World } from "../../conformance/world.ts";
import { furnish, ROUTES } from "../../support/mail-routes.ts";

describe.each(MODES)("what happens to a mail, %s", (mode) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(mode);
    await furnish(world.xmail, world.mailRoot);
  });
  afterAll(() => world.close());

  test.each(ROUTES)("$name", async ({ client, sender, recipient, account, outcome, decides, reply }) => {
    const told = await world.xmail.mail.explain({
      client: client ?? "127.0.0.1",
      recipient,
      ...(sender === undefined ? {} : { sender }),
      ...(account === undefined ? {} : { account }),
    });
    const steps = told.steps.map(({ said, file, line }) => [said, file, line]);
    expect(told.outcome, JSON.stringify(steps)).toBe(outcome);
    expect(steps).toContainEqual(decides);
    const refused = told.steps.find(({ verdict }) => verdict === "refused");
    expect(refused?.reply ?? null).toBe(reply[1] === 250 ? null : reply[1]);
  });

  test("what nobody can know is said, and then nothing is certain", async () => {
    const file = join(world.mailRoot, "server.tab");
    writeFileSync(
      file,
      '"RootDomain"\t"example.com"\n"CustMapsList"\t"dnsbl.test.:1"\n"CheckMailerDomain"\t"1"\n',
    );
    const mail = { client: "2001:db8::1", sender: "a@b.test", recipient: "hana@example.com" };
    const told = await world.xmail.mail.explain(mail);
    expect(told.certain).toBe(false);
    const unknown = told.steps.filter(({ verdict }) => verdict === "unknown");
    expect(unknown.map(({ said, file: where, line }) => [said, where, line])).toEqual([
      ["dnsListsAsked", "server.tab", 2],
      ["senderDomainAsked", "server.tab", 3],
    ]);
  });

  test("filters are named with those that match, and not run", async () => {
    const put = (path: string, text: string) => writeFileSync(join(world.mailRoot, path), text);
    put("server.tab", '"RootDomain"\t"example.com"\n');
    put(
      "filters.in.tab",
      '"*"\t"ken@*"\t"0.0.0.0/0"\t"0.0.0.0/0"\t"a"\n"*"\t"hana@*"\t"::/0"\t"192.0.2.1/32"\t"b"\n',
    );
    put("filters.post-data.tab", '"!aex"\t"/opt/scan"\t"@@FILE"\n');
    const mail = { client: "127.0.0.1", sender: "a@b.test", recipient: "hana@example.com" };
    const said = (await world.xmail.mail.explain(mail)).steps
      .filter(({ asks }) => asks === "filters" || asks === "smtpFilters")
      .map(({ said, file, line }) => [said, file, line]);
    expect(said).toEqual([
      ["smtpFilterRuns", "filters.post-data.tab", 1],
      ["filterMaybe", "filters.in.tab", 2],
    ]);
    const signedIn = await world.xmail.mail.explain({ ...mail, account: "hana@example.com" });
    expect(signedIn.steps.map(({ said }) => said)).toContain("smtpFiltersNone");
  });
});
