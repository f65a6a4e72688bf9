import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { mailStep } from "../../../src/operations/mail-step/mail-step.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { callOn } from "../../table/call.ts";
import { expectRefused, openSettings, type Settings, WAYS } from "./settings-world.ts";

const HANA = { domain: "example.com", name: "hana" };
const FILE = "domains/example.com/hana/mailproc.tab";
const FILTER = '"filter"\t"0"\t"60"\t"/opt/scan"\t"@@FILE"\n';

describe.each(WAYS)("steps of mail, by %s", (mode) => {
  let at: Settings;
  beforeAll(async () => {
    at = await openSettings(mode);
    await at.world.xmail.account.add({ ...HANA, password: "Long-enough-1" });
    await at.world.xmail.account.add({
      domain: "example.com",
      name: "news",
      password: "Long-enough-1",
      kind: "list",
    });
  });
  afterAll(() => at.world.close());
  beforeEach(() => at.gone(FILE));
  const steps = () => at.world.xmail.mailStep;
  const ids = async () => (await steps().list(HANA)).items.map(({ id }) => id);

  test("each kind of step is written as XMail reads it, and reads back", async () => {
    await steps().add({ ...HANA, step: "mailbox" });
    await steps().add({ ...HANA, step: "redirect", addresses: ["a@b.example", "c.example"] });
    await steps().add({ ...HANA, step: "smtprelay", servers: ["mx1:587,NeedTLS=2", "mx2"], random: true });
    await steps().addProgram({
      ...HANA,
      step: "filter",
      program: "/opt/scan",
      arguments: ["@@FILE", "two words"],
      priority: 0,
      timeout: 60,
    });
    expect(at.text(FILE)).toBe(
      '"mailbox"\n"redirect"\t"a@b.example"\t"c.example"\n"smtprelay"\t"#mx1:587,NeedTLS=2;mx2"\n' +
        '"filter"\t"0"\t"60"\t"/opt/scan"\t"@@FILE"\t"two words"\n',
    );
    const { items } = await steps().list(HANA);
    expect(items.map(({ entry }) => entry)).toEqual([
      { step: "mailbox" },
      { step: "redirect", addresses: ["a@b.example", "c.example"] },
      { step: "smtprelay", servers: ["mx1:587,NeedTLS=2", "mx2"], random: true },
      { step: "filter", program: "/opt/scan", arguments: ["@@FILE", "two words"], priority: 0, timeout: 60 },
    ]);
  });

  test("what we do not understand, and comments, stay byte for byte", async () => {
    const odd = '# mine\nmailbox\n"smtp"\n"external"\t"high"\t"/opt/x"\n"new-command"\t"1"\n';
    at.put(FILE, odd);
    const { items } = await steps().list(HANA);
    expect(items.map(({ entry }) => entry?.step ?? null)).toEqual(["mailbox", null, null, null]);
    await steps().add({ ...HANA, step: "lredirect", addresses: ["a@b.example"] });
    expect(at.text(FILE)).toBe(`${odd}"lredirect"\t"a@b.example"\n`);
  });

  test("the last step takes the file along: an empty one would lose all mail", async () => {
    await steps().add({ ...HANA, step: "mailbox" });
    const [id = ""] = await ids();
    await steps().remove({ ...HANA, id });
    expect(at.text(FILE)).toBe(null);
  });

  test("a list in which nothing works any more is refused", async () => {
    at.put(FILE, '"mailbox"\n"new-command"\n');
    const [id = ""] = await ids();
    await expectRefused(at, () => steps().remove({ ...HANA, id }), "id", "last-entry");
    await expectRefused(at, () => steps().turn({ ...HANA, id, on: false }), "id", "last-entry");
  });

  test("steps are moved and switched", async () => {
    at.put(FILE, '"redirect"\t"a@b.example"\n"mailbox"\n');
    const [, mailbox = ""] = await ids();
    const [first = ""] = await ids();
    await steps().move({ ...HANA, id: mailbox, before: first });
    await steps().turn({ ...HANA, id: first, on: false });
    expect(at.text(FILE)).toBe('"mailbox"\n#"redirect"\t"a@b.example"\n');
  });

  test.each([
    ["addresses", { step: "redirect" }, "required"],
    ["addresses", { step: "redirect", addresses: ["two words"] }, "pattern"],
    ["addresses", { step: "mailbox", addresses: ["a@b.example"] }, "not-this-step"],
    ["addresses", { step: "lredirect", addresses: ["HANA@Example.com"] }, "own-address"],
    ["servers", { step: "smtprelay" }, "required"],
    ["servers", { step: "smtprelay", servers: ["a;b"] }, "pattern"],
    ["servers", { step: "smtprelay", servers: ["2001:db8::1:25"] }, "relay-server"],
    ["random", { step: "mailbox", random: true }, "not-this-step"],
    ["step", { step: "filter" }, "const"],
    ["step", { step: "smtp" }, "const"],
  ] as const)("%s: %j is refused by %s", async (field, values, rule) => {
    await expectRefused(at, () => steps().add({ ...HANA, ...values } as never), field, rule);
  });

  test("a program needs its full path", async () => {
    at.put(FILE, '"mailbox"\n');
    const step = { ...HANA, step: "external", arguments: [] as string[], priority: 0, timeout: 0 } as const;
    await expectRefused(at, () => steps().addProgram({ ...step, program: "scan" }), "program", "full-path");
    await steps().addProgram({ ...step, program: "C:\\Tools\\scan.exe" });
  });

  test("steps that lose all mail must be confirmed", async () => {
    const lose = {
      ...HANA,
      step: "filter",
      program: "/opt/x",
      arguments: [] as string[],
      priority: 0,
      timeout: 9,
    } as const;
    await expectRefused(at, () => steps().addProgram(lose), "confirm", "confirm");
    await steps().addProgram({ ...lose, confirm: "hana@EXAMPLE.com" });
    await steps().add({ ...HANA, step: "mailbox" });
    const [, id = ""] = await ids();
    await expectRefused(at, () => steps().remove({ ...HANA, id }), "confirm", "confirm");
  });

  test("steps of a domain without “mailbox” must be confirmed", async () => {
    const api = at.world.xmail.domainMailStep;
    const step = { domain: "example.com", step: "redirect", addresses: ["a@b.example"] } satisfies Parameters<
      typeof api.add
    >[0];
    await expectRefused(at, () => api.add(step), "confirm", "confirm");
    await api.add({ domain: "example.com", step: "mailbox" });
    await api.add(step);
    expect(at.text("domains/example.com/mailproc.tab")).toBe('"mailbox"\n"redirect"\t"a@b.example"\n');
    for (const { id } of (await api.list({ domain: "example.com" })).items.toReversed()) {
      await api.remove({ domain: "example.com", id });
    }
    expect(at.text("domains/example.com/mailproc.tab")).toBe(null);
  });

  test("a dry run tells the file and changes nothing", async () => {
    const { changes } = await steps().add({ ...HANA, step: "mailbox" }, { dryRun: true });
    expect(changes.files).toMatchObject([{ path: FILE, what: "added", hunks: [{ added: ['"mailbox"'] }] }]);
    expect(at.text(FILE)).toBe(null);
  });

  describe("forwarding", () => {
    const api = () => at.world.xmail.forwarding;

    test("on, with a copy or without, and off", async () => {
      expect(await api().get(HANA)).toEqual({ addresses: [], keepCopy: true, simple: true });
      const to = { ...HANA, addresses: ["a@b.example", "c@d.example"] };
      await api().set({ ...to, keepCopy: true });
      expect(at.text(FILE)).toBe('"mailbox"\n"redirect"\t"a@b.example"\t"c@d.example"\n');
      await api().set({ ...HANA, addresses: ["a@b.example"], keepCopy: false });
      expect(at.text(FILE)).toBe('"redirect"\t"a@b.example"\n');
      expect(await api().get(HANA)).toEqual({ addresses: ["a@b.example"], keepCopy: false, simple: true });
      await api().set({ ...HANA, addresses: [], keepCopy: true });
      expect(at.text(FILE)).toBe(null);
    });

    test("who is said to have sent it, and comments, stay", async () => {
      at.put(FILE, '# by hand\n"lredirect"\t"a@b.example"\n');
      await api().set({ ...HANA, addresses: ["c@d.example"], keepCopy: true });
      expect(at.text(FILE)).toBe('# by hand\n"mailbox"\n"lredirect"\t"c@d.example"\n');
    });

    test("further steps are never overwritten", async () => {
      at.put(FILE, `"mailbox"\n${FILTER}`);
      expect(await api().get(HANA)).toMatchObject({ simple: false });
      const set = api().set({ ...HANA, addresses: ["a@b.example"], keepCopy: true });
      await expect(set).rejects.toMatchObject({ code: "CONFLICT" });
      expect(at.text(FILE)).toBe(`"mailbox"\n${FILTER}`);
    });

    test.each([
      ["keepCopy", { addresses: [], keepCopy: false }, "kept-or-forwarded"],
      ["addresses", { addresses: ["hana@EXAMPLE.com"], keepCopy: true }, "own-address"],
      ["addresses", { addresses: ["a@b.example", "A@b.example"], keepCopy: true }, "address-twice"],
    ] as const)("%s: %j is refused by %s", async (field, values, rule) => {
      await expectRefused(at, () => api().set({ ...HANA, ...values } as never), field, rule);
    });
  });

  test("command aliases come with their first step and go with their last", async () => {
    const { commandAlias, commandAliasStep } = at.world.xmail;
    const key = { domain: "example.com", alias: "Orders" };
    const file = "cmdaliases/example.com/orders.tab";
    await commandAliasStep.add({ ...key, step: "redirect", addresses: ["a@b.example"] });
    expect(at.text(file)).toBe('"redirect"\t"a@b.example"\n');
    expect((await commandAlias.list({ domain: "example.com" })).items).toEqual([
      { alias: "orders", steps: 1, takes: false },
    ]);
    await at.world.xmail.alias.add({ domain: "example.com", alias: "ord*", target: "hana" });
    expect((await commandAlias.list({ domain: "example.com" })).items).toMatchObject([{ takes: true }]);
    await at.world.xmail.alias.remove({ domain: "example.com", alias: "ord*" });
    await expectRefused(
      at,
      () => commandAliasStep.add({ ...key, step: "mailbox" } as never),
      "step",
      "const",
    );
    await commandAlias.remove({ domain: "example.com", alias: "orders" });
    expect(at.text(file)).toBe(null);
    await expect(commandAlias.remove(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("custom domains: which one counts", async () => {
    const { customDomain, customDomainStep } = at.world.xmail;
    await customDomainStep.add({ domain: "*", step: "smtp" });
    await customDomainStep.add({ domain: ".Example.net", step: "smtprelay", servers: ["mx.example.net"] });
    expect(at.text("custdomains/.tab")).toBe('"smtp"\n');
    expect(at.text("custdomains/.example.net.tab")).toBe('"smtprelay"\t"mx.example.net"\n');
    expect((await customDomain.list({})).items).toEqual([
      { domain: "*", entries: 1 },
      { domain: ".example.net", entries: 1 },
    ]);
    const applies = async (domain: string) => (await customDomain.explain({ domain })).applies;
    expect(await applies("a.b.EXAMPLE.net")).toBe(".example.net");
    expect(await applies("example.net")).toBe("*");
    expect(await customDomain.explain({ domain: "example.com" })).toMatchObject({
      local: true,
      applies: null,
    });
    await customDomain.remove({ domain: "*" });
    expect(await applies("example.net")).toBe(null);
    await expectRefused(
      at,
      () => customDomainStep.add({ domain: "../x", step: "smtp" }),
      "domain",
      "custom-domain",
    );
  });
});

describe("a delegate of one domain", () => {
  const delegate: Actor = {
    id: "d",
    name: "d",
    grants: [{ allow: ["*"], on: { kind: "domain", domain: "example.com" } }],
  };
  let backend: Backend;
  const path = storagePath("domains/example.com/postmaster/mailproc.tab");
  const storage = memory();
  const key = { domain: "example.com", name: "postmaster" };
  const call = () => callOn(backend, delegate);
  const text = async () => Buffer.from(await storage.read(path)).toString();
  const rows = async () => (await invoke(mailStep.list, call(), key)).items;

  beforeAll(async () => {
    await writeMailRoot(storage, {
      domain: "example.com",
      ctrl: { account: "admin", password: "ctrl-Secret-1" },
    });
    backend = await openTabBackend({ storage });
    await backend.accounts.add({ ...key, kind: "user", password: new Secret("Long-enough-1") });
  });
  const START = `"redirect"\t"a@b.example"\n${FILTER}"mailbox"\n#${FILTER.replace("scan", "old")}`;
  beforeEach(() => storage.write(path, Buffer.from(START)));

  test("sees that there is a program, and no command line", async () => {
    const seen = await rows();
    expect(seen[1]?.entry).toMatchObject({ step: "filter", program: "***", arguments: [] });
    expect(JSON.stringify(seen)).not.toMatch(/scan|@@FILE|old/);
    await storage.write(path, Buffer.from('"external"\t"high"\t"/opt/secret-thing"\n'));
    expect(JSON.stringify(await rows())).not.toContain("secret-thing");
  });

  test("changes his own steps around it", async () => {
    const [redirect, , mailbox] = await rows();
    await invoke(mailStep.change, call(), {
      ...key,
      id: redirect?.id ?? "",
      step: "redirect",
      addresses: ["c@d.example"],
    });
    await invoke(mailStep.add, call(), {
      ...key,
      step: "lredirect",
      addresses: ["e@f.example"],
      before: mailbox?.id,
    });
    expect(await text()).toBe(
      START.replace("a@b", "c@d")
        .replace("b.example", "d.example")
        .replace('"mailbox"', '"lredirect"\t"e@f.example"\n"mailbox"'),
    );
  });

  test("adds, changes, removes, moves and switches no program, and steps over none", async () => {
    const [redirect, filter, mailbox, off] = (await rows()).map(({ id }) => id);
    if (!redirect || !filter || !mailbox || !off) throw new Error("a row is missing");
    const program = { ...key, step: "filter", program: "/bin/sh", arguments: [], priority: 0, timeout: 9 };
    const harmless = { step: "mailbox" };
    const attempts = [
      invoke(mailStep.addProgram, call(), program as never),
      invoke(mailStep.changeProgram, call(), { ...program, id: redirect } as never),
      invoke(mailStep.change, call(), { ...key, ...harmless, id: filter } as never),
      invoke(mailStep.change, call(), { ...key, ...harmless, id: off } as never),
      invoke(mailStep.remove, call(), { ...key, id: filter } as never),
      invoke(mailStep.remove, call(), { ...key, id: off } as never),
      invoke(mailStep.turn, call(), { ...key, id: off, on: true } as never),
      invoke(mailStep.turn, call(), { ...key, id: filter, on: false } as never),
      invoke(mailStep.move, call(), { ...key, id: filter, before: null } as never),
      invoke(mailStep.move, call(), { ...key, id: redirect, before: mailbox } as never),
      invoke(mailStep.move, call(), { ...key, id: mailbox, before: redirect } as never),
      invoke(mailStep.move, call(), { ...key, id: mailbox, before: null } as never),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await text()).toBe(START);
  });
});
