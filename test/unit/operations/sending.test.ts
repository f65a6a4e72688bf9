import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefused, openSettings, type Settings, sample, WAYS } from "./settings-world.ts";

/** Comments, an odd line, and further cells stand around what is changed. */
const KEPT = '# who sends\n\n"odd"\n';

describe.each(WAYS)("how XMail sends, by %s", (mode) => {
  let at: Settings;
  beforeAll(async () => {
    at = await openSettings(mode);
  });
  afterAll(() => at.world.close());

  describe("smtpauth.tab", () => {
    const file = "smtpauth.tab";
    const api = () => at.world.xmail.smtpAccount;

    test("the sample reads, without passwords", async () => {
      at.put(file, sample("tabs/smtpauth.tab"));
      const { items } = await api().list({});
      expect(items.map(({ entry }) => entry)).toEqual([
        { name: "relayuser", permissions: ["M", "R"] },
        { name: "printer@example.com", permissions: ["M"] },
      ]);
      expect(JSON.stringify(items)).not.toContain("relay-Pass1");
    });

    test("an entry is added behind lines that stay as they are", async () => {
      at.put(file, `${KEPT}"a"\t"secret-One"\t"MRx"\t"more"\n`);
      await api().add({ name: "fax", password: "Long-enough-1", permissions: ["R", "M"] });
      expect(at.text(file)).toBe(`${KEPT}"a"\t"secret-One"\t"MRx"\t"more"\n"fax"\t"Long-enough-1"\t"MR"\n`);
    });

    test("a change keeps the password, unknown letters and further cells", async () => {
      at.put(file, `${KEPT}a\tsecret-One\tRxM\tmore\n`);
      const row = (await api().list({ search: "a" })).items.find(({ entry }) => entry?.name === "a");
      await api().change({ id: row?.id ?? "", name: "a", permissions: ["M", "S"] });
      expect(at.text(file)).toBe(`${KEPT}a\tsecret-One\t"MSx"\tmore\n`);
      const now = (await api().list({})).items.find(({ entry }) => entry?.name === "a");
      await api().change({ id: now?.id ?? "", name: "b", permissions: ["S", "M"] });
      expect(at.text(file)).toBe(`${KEPT}"b"\tsecret-One\t"MSx"\tmore\n`);
    });

    test("a line that makes no sense is not shown, for it may hold a password", async () => {
      at.put(file, '"a"\t"secret-One"\n');
      const [row] = (await api().list({})).items;
      expect(row).toMatchObject({ entry: null, text: "***" });
      await api().remove({ id: row?.id ?? "" });
      expect(at.text(file)).toBe("# No entries.\n");
    });

    test("a name is there once, however it is written", async () => {
      at.put(file, '"a"\t"secret-One"\t"M"\n');
      await expect(
        api().add({ name: "A", password: "Long-enough-1", permissions: [] }),
      ).rejects.toMatchObject({ code: "ENTRY_EXISTS" });
    });

    test.each([
      ["name", { name: "two words" }, "sign-in-name"],
      ["name", { name: "" }, "required"],
      ["password", { password: "short" }, "minLength"],
      ["password", { password: "with blank 1" }, "new-password"],
      ["permissions", { permissions: ["X"] }, "const"],
    ])("refuses %s %j", async (field, bad, rule) => {
      at.put(file, '"a"\t"secret-One"\t"M"\n');
      const good = { name: "b", password: "Long-enough-1", permissions: [] };
      await expectRefused(at, () => api().add({ ...good, ...bad } as never), field, rule);
    });
  });

  describe("smtpextauth.tab", () => {
    const file = "smtpextauth.tab";
    const api = () => at.world.xmail.smtpCheck;

    test("the first program must be confirmed, for it replaces XMail's own methods", async () => {
      at.put(file, "# none\n");
      const input = { method: "PLAIN", program: "/bin/check", arguments: ["@@USER", "", " two words "] };
      await expectRefused(at, () => api().add(input), "confirm", "confirm");
      await api().add({ ...input, confirm: "replace" });
      expect(at.text(file)).toBe('# none\n"PLAIN"\t"/bin/check"\t"@@USER"\t""\t" two words "\n');
      expect((await api().list({})).items[0]?.entry).toEqual(input);
      await api().add({ method: "LOGIN", program: "C:\\check.exe", arguments: [] });
      await expect(
        api().add({ method: "plain", program: "/bin/other", arguments: [] }),
      ).rejects.toMatchObject({ code: "ENTRY_EXISTS" });
    });

    test("a program needs its full path, but one that is there may stay", async () => {
      at.put(file, '"PLAIN"\t"perl"\t"x.pl"\n');
      await expectRefused(
        at,
        () => api().add({ method: "LOGIN", program: "check", arguments: [] }),
        "program",
        "full-path",
      );
      const [row] = (await api().list({})).items;
      await api().change({ id: row?.id ?? "", method: "PLAIN", program: "perl", arguments: ["y.pl"] });
      expect(at.text(file)).toBe('"PLAIN"\t"perl"\t"y.pl"\n');
    });

    test.each([
      ["method", { method: "A B" }, "auth-method"],
      ["program", { program: "/a\tb" }, "program"],
      ["arguments", { arguments: ["a\nb"] }, "argument"],
    ])("refuses %s %j", async (field, bad, rule) => {
      at.put(file, '"PLAIN"\t"/bin/check"\n');
      const good = { method: "LOGIN", program: "/bin/check", arguments: [] };
      await expectRefused(at, () => api().add({ ...good, ...bad } as never), field, rule);
    });
  });

  describe("smtpgw.tab", () => {
    const file = "smtpgw.tab";
    const api = () => at.world.xmail.sourceRoute;

    test("the sample reads, grows and moves", async () => {
      at.put(file, `${KEPT}${sample("tabs/smtpgw.tab")}"raw"\t"no-at"\n`);
      const { items } = await api().list({});
      expect(items.map(({ entry, text }) => entry ?? text)).toEqual([
        '"odd"',
        { pattern: "gw.example.org", relays: ["relay.example.org"] },
        '"raw"\t"no-at"',
      ]);
      const added = await api().add({ pattern: "*.jp", relays: ["a", "b"] });
      await api().move({ id: added.id, before: items[1]?.id ?? "" });
      expect(at.text(file)).toBe(`${KEPT}"*.jp"\t"@a,@b"\n${sample("tabs/smtpgw.tab")}"raw"\t"no-at"\n`);
    });

    test.each([
      ["pattern", { pattern: "a b" }, "destination-pattern"],
      ["relays", { relays: ["@a"] }, "relay-host"],
      ["relays", { relays: ["a,b"] }, "relay-host"],
      ["relays", { relays: [] }, "minItems"],
    ])("refuses %s %j", async (field, bad, rule) => {
      at.put(file, '"a"\t"@b"\n');
      await expectRefused(at, () => api().add({ pattern: "c", relays: ["d"], ...bad }), field, rule);
    });
  });

  describe("smtpfwd.tab", () => {
    const file = "smtpfwd.tab";
    const api = () => at.world.xmail.forward;

    test("the sample reads", async () => {
      at.put(file, sample("tabs/smtpfwd.tab"));
      expect((await api().list({})).items.map(({ entry }) => entry)).toEqual([
        { pattern: "ok.example.org", random: false, gateways: [{ host: "203.0.113.25", port: 25 }] },
        { pattern: "reject.example.org", random: false, gateways: [{ host: "203.0.113.26", port: 25 }] },
        { pattern: "*", random: false, gateways: [{ host: "127.0.0.1", port: 1 }] },
      ]);
    });

    test("what a change does not touch keeps its spelling", async () => {
      at.put(file, `${KEPT}"a"\t"x;;y|26,NeedTLS=01"\t"NeedTLS=1,Odd=2"\t"fourth"\n`);
      const row = (await api().list({})).items.find(({ entry }) => entry);
      expect(row?.entry).toEqual({
        pattern: "a",
        random: false,
        gateways: [{ host: "x" }, { host: "y|26", more: "NeedTLS=01" }],
        needTls: "offered",
        more: "Odd=2",
      });
      const entry = row?.entry ?? { pattern: "", random: false, gateways: [] };
      await api().change({ id: row?.id ?? "", ...entry, pattern: "b" });
      expect(at.text(file)).toBe(`${KEPT}"b"\t"x;;y|26,NeedTLS=01"\t"NeedTLS=1,Odd=2"\t"fourth"\n`);
    });

    test("gateways are written with port, TLS, address and order", async () => {
      at.put(file, "");
      await api().add({
        pattern: "*",
        random: true,
        gateways: [
          { host: "mx.example.com", port: 587, needTls: "required", outBind: "192.0.2.1" },
          { host: "[2001:db8::1]" },
        ],
        needTls: "off",
      });
      expect(at.text(file)).toBe(
        '"*"\t"#mx.example.com:587,NeedTLS=2,OutBind=192.0.2.1;[2001:db8::1]"\t"NeedTLS=0"\n',
      );
      const found = await api().list({ search: "2001:DB8" });
      expect(found.total).toBe(1);
    });

    test.each([
      ["pattern", { pattern: "a b" }, "destination-pattern"],
      ["gateways", { gateways: [{ host: "2001:db8::1" }] }, "gateway-host"],
      ["gateways", { gateways: [{ host: "a;b" }] }, "gateways"],
      ["gateways", { gateways: [{ host: "mx:25", port: 26 }] }, "gateway-host"],
      ["gateways", { gateways: [] }, "no-gateway"],
      ["gateways", { gateways: [{ host: "a", port: 65_536 }] }, "maximum"],
      ["gateways", { gateways: [{ host: "a", outBind: "x,y" }] }, "gateways"],
      ["needTls", { needTls: "perhaps" }, "const"],
      ["outBind", { outBind: "a b" }, "out-bind"],
      ["more", { more: "a;b" }, "further-options"],
    ])("refuses %s %j", async (field, bad, rule) => {
      at.put(file, '"a"\t"b"\n');
      const good = { pattern: "c", random: false, gateways: [{ host: "d" }] };
      await expectRefused(at, () => api().add({ ...good, ...bad } as never), field, rule);
    });
  });

  describe("userauth/smtp", () => {
    const xmail = () => at.world.xmail;
    const file = "userauth/smtp/mx.example.com.tab";

    test("a server comes with its first sign-in and goes with its file", async () => {
      at.gone(file);
      await xmail().clientLogin.add({
        host: "mx.example.com",
        method: "CRAM-MD5",
        user: "us",
        password: "any thing",
      });
      expect(at.text(file)).toBe('"CRAM-MD5"\t"us"\t"any thing"\n');
      const hosts = await xmail().clientLoginHost.list({});
      expect(hosts.items).toEqual([{ host: "mx.example.com", entries: 1 }]);
      expect(JSON.stringify(await xmail().clientLogin.list({ host: "mx.example.com" }))).not.toContain(
        "any thing",
      );
      await xmail().clientLoginHost.remove({ host: "mx.example.com" });
      expect(at.text(file)).toBeNull();
      await expect(xmail().clientLoginHost.remove({ host: "mx.example.com" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    });

    test("a change keeps password, spelling and comments", async () => {
      at.put(file, '# of the provider\n"plain"\t"us"\t"secret"\t"x"\n');
      const [row] = (await xmail().clientLogin.list({ host: "mx.example.com" })).items;
      await xmail().clientLogin.change({
        host: "mx.example.com",
        id: row?.id ?? "",
        method: "PLAIN",
        user: "we",
      });
      expect(at.text(file)).toBe('# of the provider\n"plain"\t"we"\t"secret"\t"x"\n');
      at.gone(file);
    });

    test.each([
      ["host", { host: "../server" }, "remote-host"],
      ["host", { host: "a/b" }, "remote-host"],
      ["host", { host: "..tab" }, "remote-host"],
      ["method", { method: "NTLM" }, "const"],
      ["user", { user: "a\tb" }, "one-line"],
      ["password", { password: "a\nb" }, "one-line"],
    ])("refuses %s %j", async (field, bad, rule) => {
      const good = { host: "mx", method: "PLAIN", user: "a", password: "b" };
      await expectRefused(at, () => xmail().clientLogin.add({ ...good, ...bad } as never), field, rule);
    });
  });

  describe("userauth/pop3", () => {
    const xmail = () => at.world.xmail;

    test("* stands for .tab, and each action has one program", async () => {
      const program = { action: "userauth" as const, program: "/bin/check", arguments: ["@@USER"] };
      await xmail().popCheck.add({ domain: "*", ...program });
      expect(at.text("userauth/pop3/.tab")).toBe('"userauth"\t"/bin/check"\t"@@USER"\n');
      await xmail().popCheck.add({ domain: "Example.com", ...program, action: "useradd" });
      expect(at.text("userauth/pop3/example.com.tab")).toBe('"useradd"\t"/bin/check"\t"@@USER"\n');
      expect((await xmail().popCheckDomain.list({})).items).toEqual([
        { domain: "*", entries: 1 },
        { domain: "example.com", entries: 1 },
      ]);
      await expect(xmail().popCheck.add({ domain: "*", ...program })).rejects.toMatchObject({
        code: "ENTRY_EXISTS",
      });
      await xmail().popCheckDomain.remove({ domain: "*" });
      await xmail().popCheckDomain.remove({ domain: "example.com" });
      expect((await xmail().popCheckDomain.list({})).total).toBe(0);
    });

    test("an action that XMail does not know is shown and kept", async () => {
      at.put("userauth/pop3/.tab", '"userlist"\t"/bin/x"\n"UserAuth"\t"/bin/check"\n');
      const { items } = await xmail().popCheck.list({ domain: "*" });
      expect(items[0]).toMatchObject({ entry: null, text: '"userlist"\t"/bin/x"' });
      await xmail().popCheck.change({
        domain: "*",
        id: items[1]?.id ?? "",
        action: "userauth",
        program: "/bin/other",
        arguments: [],
      });
      expect(at.text("userauth/pop3/.tab")).toBe('"userlist"\t"/bin/x"\n"UserAuth"\t"/bin/other"\n');
      at.gone("userauth/pop3/.tab");
    });

    test.each([
      ["domain", { domain: "../x" }, "checked-domain"],
      ["domain", { domain: "*.jp" }, "checked-domain"],
      ["action", { action: "run" }, "const"],
      ["program", { program: "check" }, "full-path"],
    ])("refuses %s %j", async (field, bad, rule) => {
      const good = { domain: "example.com", action: "userauth", program: "/bin/a", arguments: [] };
      await expectRefused(at, () => xmail().popCheck.add({ ...good, ...bad } as never), field, rule);
    });
  });
});
