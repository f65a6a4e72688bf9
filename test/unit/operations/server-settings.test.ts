import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { runCommand } from "../../../src/service/run-command.ts";
import { partProblem } from "../../../src/settings/server-values/parts.ts";
import { partedOf } from "../../../src/settings/server-values/values.ts";
import type { Kind } from "../../../src/settings/server-variables/variable.ts";
import { type Mode, openWorld, type World } from "../../conformance/world.ts";

const TEXT =
  '# mine\r\n\r\n"RootDomain"\t"example.com"\r\n"Odd"  line\r\n"PostMaster"\t\t"a@example.com"\t"more"\r\n"PostMaster"\t"b@example.com"\r\n"MyOwn"\t"x"\r\n';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function opened(mode: Mode, file = "server.tab", text = TEXT): Promise<World> {
  world = await openWorld(mode);
  const { writeFileSync, mkdirSync } = await import("node:fs");
  mkdirSync(join(world.mailRoot, file, ".."), { recursive: true });
  writeFileSync(join(world.mailRoot, file), text, "latin1");
  return world;
}

async function fresh(mode: Mode): Promise<World> {
  world = await openWorld(mode);
  return world;
}

const bytesOf = ({ mailRoot }: World, file = "server.tab") => readFileSync(join(mailRoot, file), "latin1");

describe.each(["tab", "ctrl+files"] as const)("server.tab (%s)", (mode) => {
  test("a change leaves every other line as it is; the first line of a name counts", async () => {
    const { xmail } = await opened(mode);
    await xmail.serverSetting.set({ set: [{ name: "PostMaster", value: "c@example.com" }] });
    const lines = (text: string) => text.replaceAll("\r\n", "\n");
    expect(lines(bytesOf(world as World))).toBe(lines(TEXT.replace('"a@example.com"', '"c@example.com"')));
  });

  test.each([
    ["RootDomain", { unset: ["RootDomain"] }, "server-root-domain"],
    ["Pop3LogPasswd", { set: [{ name: "Pop3LogPasswd", value: "2" }] }, "confirm"],
    ["MaxMTAOps", { set: [{ name: "MaxMTAOps", value: "0" }] }, "minimum"],
    ["MaxMTAOps", { set: [{ name: "MaxMTAOps", value: "ten" }] }, "whole-number"],
    ["AllowSmtpVRFY", { set: [{ name: "AllowSmtpVRFY", value: "yes" }] }, "switch"],
    ["rootdomain", { set: [{ name: "rootdomain", value: "example.com" }] }, "spelling"],
    ["CustMapsList", { set: [{ name: "CustMapsList", value: "no code" }] }, "server-parts"],
    ["SmartDNSHost", { set: [{ name: "SmartDNSHost", parts: [{ host: "192.0.2.1" }] }] }, "server-part"],
    ["SMTP-RDNSCheck", { set: [{ name: "SMTP-RDNSCheck", value: "7" }] }, "server-reaction"],
    ["ErrorsAdmin", { set: [{ name: "ErrorsAdmin", value: "nobody" }] }, "address"],
    ["set", { set: [] }, "required"],
    ["MyOwn", { set: [{ name: "MyOwn", value: "x\\" }] }, "backslash"],
  ])("%s is refused and nothing changes: %j", async (_, input, rule) => {
    const { xmail } = await opened(mode);
    await expect(xmail.serverSetting.set(input)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ rule }],
    });
    expect(bytesOf(world as World)).toBe(TEXT);
  });

  test("a form that is older than somebody else's change is refused", async () => {
    const { xmail } = await opened(mode);
    const { revision } = await xmail.serverSetting.list({});
    await xmail.serverSetting.set({ set: [{ name: "MyOwn", value: "theirs" }] });
    const before = bytesOf(world as World);
    await expect(
      xmail.serverSetting.set({ set: [{ name: "MyOwn", value: "mine" }], revision }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    expect(bytesOf(world as World)).toBe(before);
  });

  test("what is made of parts is told and written in parts; what weakens needs the name typed", async () => {
    const { xmail } = await opened(mode);
    const parts = [{ host: "gw.example.com", port: "587", needTls: "2" }, { host: "[2001:db8::1]" }];
    await xmail.serverSetting.set({
      set: [
        { name: "DefaultSMTPGateways", parts },
        { name: "Pop3LogPasswd", value: "1" },
        { name: "SmtpConfig-192.0.2.1,587", parts: [{ mailAuth: "1", wantTls: "1" }] },
      ],
      unset: ["PostMaster"],
      confirm: "Pop3LogPasswd",
    });
    const text = bytesOf(world as World);
    expect(text).toContain('"DefaultSMTPGateways"\t"gw.example.com:587,NeedTLS=2;[2001:db8::1]"');
    expect(text).toContain('"SmtpConfig-192.0.2.1,587"\t"MailAuth,WantTLS"');
    expect(text).not.toContain("PostMaster");
    const { items } = await xmail.serverSetting.list({});
    expect(items.find(({ name }) => name === "DefaultSMTPGateways")?.parts).toMatchObject(parts);
    expect(items.find(({ name }) => name === "MyOwn")).toMatchObject({ group: "unknown", value: "x" });
  });
});

const PARTS: Record<string, fc.Arbitrary<string>> = {
  host: fc.constantFrom("mx.example.com", "192.0.2.7", "[2001:db8::7]"),
  port: fc.constantFrom("", "25", "65535"),
  needTls: fc.constantFrom("", "0", "1", "2"),
  outBind: fc.constantFrom("", "192.0.2.9", "2001:db8::9"),
  zone: fc.constantFrom("list.example.org.", "a-b.test."),
  code: fc.constantFrom("1", "0", "-15"),
  protocol: fc.constantFrom("udp", "tcp"),
  number: fc.integer({ min: 1, max: 9999 }).map(String),
  header: fc.constantFrom("To", "X-Deliver-To", "Received"),
  mark: fc.constantFrom("", "+"),
  method: fc.constantFrom("PLAIN", "LOGIN", "CRAM-MD5"),
  mailAuth: fc.constantFrom("", "1"),
  wantTls: fc.constantFrom("", "1"),
  text: fc.stringMatching(/^[!-~][ -~]{0,60}$/),
};
const KINDS: readonly Kind[] = [
  "gatewayOptions",
  "gateways",
  "smtpConfig",
  "dnsLists",
  "dnsServers",
  "numbers",
  "headers",
  "methods",
  "reply",
];

describe.each(KINDS)("a value of the kind %s", (kind) => {
  const parted = partedOf(kind);
  if (!parted) throw new Error(kind);
  const own = kind === "reply" ? { ...PARTS, code: fc.constantFrom("421", "550") } : PARTS;
  const part = fc.record(
    Object.fromEntries(parted.fields.map(({ name }) => [name, own[name] ?? fc.constant("")])),
  );

  test("reads back as it was written", () => {
    const many = parted.single ? fc.tuple(part) : fc.array(part, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(many, (parts) => {
        for (const one of parts) expect(partProblem(parted, one)).toBeNull();
        expect(parted.parse(parted.print(parts))).toEqual(parts);
      }),
    );
  });

  test("any text is understood wholly or not at all", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parts = parted.parse(text);
        if (parts?.every((one) => partProblem(parted, one) === null)) {
          expect(parted.parse(parted.print(parts))).toEqual(parts);
        }
      }),
    );
  });
});

describe.each(["tab", "ctrl+files"] as const)("control accounts (%s)", (mode) => {
  test("are added with a coded password, and weak ones refused", async () => {
    const { xmail, mailRoot } = await fresh(mode);
    await xmail.ctrlAccount.add({ name: "second", password: "Sturdy.Horse,77" });
    const text = readFileSync(join(mailRoot, "ctrlaccounts.tab"), "latin1");
    expect(text).toContain('"second"\t"3611101701');
    expect(JSON.stringify(await xmail.ctrlAccount.list({}))).not.toContain("361110");
    for (const [name, password, rule] of [
      ["third", "aaaaaaaaaaaaa", "ctrl-password-weak"],
      ["thirdone", "xx-THIRDONE-yy1", "ctrl-password-weak"],
      ["#third", "Sturdy.Horse,77", "ctrl-account"],
      ["third", "#Sturdy.Horse,77", "ctrl-password"],
    ]) {
      await expect(
        xmail.ctrlAccount.add({ name: name ?? "", password: password ?? "" }),
      ).rejects.toMatchObject({ fields: [{ rule }] });
    }
    expect(readFileSync(join(mailRoot, "ctrlaccounts.tab"), "latin1")).toBe(text);
  });

  test("the last one, and that of xmailcfg itself, stay", async () => {
    const { xmail, mailRoot } = await fresh(mode);
    const before = readFileSync(join(mailRoot, "ctrlaccounts.tab"), "latin1");
    const { items } = await xmail.ctrlAccount.list({});
    const id = items[0]?.id ?? "";
    await expect(xmail.ctrlAccount.remove({ id })).rejects.toMatchObject({ code: "WOULD_LOCK_OUT" });
    if (mode !== "tab") {
      await expect(
        xmail.ctrlAccount.change({ id, name: "admin", password: "Sturdy.Horse,77" }),
      ).rejects.toMatchObject({ code: "WOULD_LOCK_OUT" });
    }
    expect(readFileSync(join(mailRoot, "ctrlaccounts.tab"), "latin1")).toBe(before);
  });
});

describe.each(["tab", "ctrl+files"] as const)("defaults of new accounts (%s)", (mode) => {
  test("a domain has its own only when it was given them", async () => {
    const { xmail, mailRoot } = await fresh(mode);
    const domain = "example.com";
    await xmail.accountDefault.set({ set: [{ name: "MaxMBSize", value: "1000" }] });
    expect(await xmail.domainDefault.get({ domain })).toMatchObject({ own: false });
    await expect(
      xmail.domainDefault.set({ domain, set: [{ name: "MaxMBSize", value: "5" }] }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await xmail.domainDefault.add({ domain });
    await expect(xmail.domainDefault.add({ domain })).rejects.toMatchObject({ code: "ENTRY_EXISTS" });
    await xmail.domainDefault.set({ domain, set: [{ name: "MaxMBSize", value: "5" }] });
    expect(readFileSync(join(mailRoot, "domains/example.com/userdef.tab"), "latin1")).toContain(
      '"MaxMBSize"\t"5"',
    );
    await expect(
      xmail.domainDefault.set({ domain, set: [{ name: "maxmbsize", value: "5" }] }),
    ).rejects.toMatchObject({ fields: [{ rule: "spelling" }] });
    await xmail.domainDefault.remove({ domain });
    const { own, variables } = await xmail.domainDefault.get({ domain });
    expect(own).toBe(false);
    expect(variables).toContainEqual(expect.objectContaining({ name: "MaxMBSize", value: "1000" }));
    await expect(xmail.domainDefault.get({ domain: "no.example" })).rejects.toMatchObject({
      code: "DOMAIN_NOT_FOUND",
    });
  });
});

const MAP = '# old\n"192.0.2.0"\t"255.255.255.0"\t"ALLOW"\t"1"\n"broken"\n';

describe.each(["tab", "ctrl+files"] as const)("files (%s)", (mode) => {
  test("are shown as XMail reads them, and never mail, logs, keys or secrets", async () => {
    const { xmail } = await opened(mode, "smtp.ipmap.tab", MAP);
    const shown = await xmail.file.get({ path: "smtp.ipmap.tab" });
    expect(shown.lines.map(({ reading }) => reading)).toEqual(["comment", "row", "senseless"]);
    expect(shown.text).toBe(MAP.trimEnd());
    const accounts = await xmail.file.get({ path: "ctrlaccounts.tab" });
    expect(JSON.stringify(accounts)).toContain("***");
    expect(JSON.stringify(accounts)).not.toContain("0611");
    for (const path of [
      "server.key",
      "logs/smtp-1",
      "spool/0/0/mess/x",
      "tabindex/x",
      "domains/a/b/Maildir/new/1",
    ]) {
      await expect(xmail.file.get({ path })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(xmail.file.get({ path: "../x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("are edited as text: old lines keep their bytes, new ones are checked", async () => {
    const { xmail } = await opened(mode, "smtp.ipmap.tab", MAP);
    const path = "smtp.ipmap.tab";
    const { revision, text } = await xmail.file.get({ path });
    for (const [more, rule] of [
      ['"192.0.2.1"', "file-line"],
      [`"192.0.2.1"\t"${"x".repeat(600)}"\t"ALLOW"\t"1"`, "file-line-long"],
      ['"***"\t"y"', "file-mask"],
    ]) {
      await expect(xmail.file.set({ path, text: `${text}\n${more}`, revision })).rejects.toMatchObject({
        fields: [{ rule }],
      });
    }
    await expect(xmail.file.set({ path, text: "", revision })).rejects.toMatchObject({
      fields: [{ rule: "file-empty" }],
    });
    expect(bytesOf(world as World, path)).toBe(MAP);
    await xmail.file.set({ path, text: `${text}\n"192.0.2.1"\t"-"\t"DENY"\t"2"`, revision });
    expect(bytesOf(world as World, path)).toBe(`${MAP}"192.0.2.1"\t"-"\t"DENY"\t"2"\n`);
    await expect(xmail.file.set({ path, text: "# x", revision })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("secrets stay behind their mask; guards of the forms hold; tables with an index are not touched", async () => {
    const { xmail, mailRoot } = await fresh(mode);
    const path = "ctrlaccounts.tab";
    const before = readFileSync(join(mailRoot, path), "latin1");
    const { revision, text } = await xmail.file.get({ path });
    await expect(xmail.file.set({ path, text: '"x"', revision })).rejects.toMatchObject({
      fields: [{ rule: "file-line" }],
    });
    if (mode !== "tab") {
      await expect(xmail.file.set({ path, text: '"x"\t"00"', revision })).rejects.toMatchObject({
        code: "WOULD_LOCK_OUT",
      });
    }
    await xmail.file.set({ path, text: `${text}\n"second"\t"3611"`, revision });
    expect(readFileSync(join(mailRoot, path), "latin1")).toBe(`${before}"second"\t"3611"\n`);
    const users = await xmail.file.get({ path: "mailusers.tab" });
    expect(users).toMatchObject({ locked: "indexed", text: null });
    await expect(
      xmail.file.set({ path: "mailusers.tab", text: "x", revision: users.revision }),
    ).rejects.toMatchObject({ fields: [{ rule: "file-locked" }] });
    const server = await xmail.file.get({ path: "server.tab" });
    await expect(
      xmail.file.set({ path: "server.tab", text: "# nothing", revision: server.revision }),
    ).rejects.toMatchObject({ fields: [{ rule: "server-root-domain" }] });
  });
});

describe("service", () => {
  test("a stopped XMail takes no orders; a running one is stopped after the word was typed", async () => {
    const stopped = await fresh("tab");
    await expect(stopped.xmail.service.fetchNow({})).rejects.toMatchObject({ code: "XMAIL_STOPPED" });
    await stopped.close();
    const { xmail } = await fresh("ctrl+files");
    await expect(xmail.service.stop({})).rejects.toMatchObject({ fields: [{ rule: "confirm" }] });
    await xmail.service.fetchNow({});
    await xmail.service.flushQueue({ recipients: "*" });
    await expect(xmail.service.restart({ confirm: "restart" })).rejects.toMatchObject({ code: "BAD_CONFIG" });
    expect(await xmail.service.stop({ confirm: "stop" })).toEqual({ told: true });
  });

  test("a start line is taken apart and written so that nothing needs a shell's care", async () => {
    const { xmail } = await fresh("tab");
    const { switches, strange, registry, systemd } = await xmail.service.explain({
      line: "-Pl -Qn 32 -SI 192.0.2.1:25 -SI 192.0.2.2 -Zz -Ms C:\\MailRoot",
    });
    const given = (flag: string) => switches.find((one) => one.flag === flag)?.given;
    expect([given("-Pl"), given("-Qn"), given("-SI")]).toEqual([[""], ["32"], ["192.0.2.1:25", "192.0.2.2"]]);
    expect(strange).toEqual(["-Zz"]);
    expect(registry).toContain('"MAIL_ROOT"="C:\\\\MailRoot"');
    expect(systemd).toContain("KillSignal=SIGINT");
    await expect(xmail.service.explain({ line: '-Pl"; rm' })).rejects.toMatchObject({
      fields: [{ rule: "start-line" }],
    });
  });

  test("the configured command gets its arguments as they are, and its output goes to the log alone", async () => {
    const logged: object[] = [];
    const log = (details: object) => void logged.push(details);
    const script = "console.log(process.argv[1]); process.exit(Number(process.argv[2]))";
    await runCommand([process.execPath, "-e", script, "$(id); a b", "0"], { log });
    expect(JSON.stringify(logged)).toContain("$(id); a b");
    const failed = await runCommand([process.execPath, "-e", script, "x", "3"], { log }).catch(
      (error) => error,
    );
    expect(failed).toMatchObject({ code: "SERVICE_FAILED" });
    expect(failed.message).not.toContain("x\n");
    await expect(runCommand(["/no/such/program"], { log })).rejects.toMatchObject({ code: "SERVICE_FAILED" });
    await expect(
      runCommand([process.execPath, "-e", "setTimeout(() => {}, 60_000)"], { log, timeoutMs: 300 }),
    ).rejects.toMatchObject({ code: "SERVICE_FAILED" });
  });
});
