import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MODES, openWorld, type World } from "../../conformance/world.ts";

describe.each(MODES)("who may connect, %s", (mode) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(mode);
  });
  afterEach(() => world.close());

  const put = (file: string, text: string) => writeFileSync(join(world.mailRoot, file), text);
  const get = (file: string) => readFileSync(join(world.mailRoot, file), "latin1");
  const refused = async (work: Promise<unknown>) => {
    const before = world.tree();
    const error = (await work.then(
      () => ({ code: "none" }),
      (reason: unknown) => reason,
    )) as { code: string; fields?: readonly { field: string; rule: string; limit?: unknown }[] };
    expect(world.tree()).toEqual(before);
    return [
      error.code,
      ...(error.fields ?? []).map(({ field, rule, limit }) => `${field} ${rule} ${limit ?? ""}`.trim()),
    ];
  };
  const idOf = async (noun: "smtpAccess" | "ctrlAccess" | "relay", line: number) => {
    const { items } = await world.xmail[noun].list({});
    return items.find((row) => row.line === line)?.id ?? "";
  };

  test("rules are listed in the order in which they decide, with what covers them", async () => {
    put(
      "smtp.ipmap.tab",
      '# ours\n"192.0.2.0"\t"255.255.255.0"\t"ALLOW"\t5\n"192.0.2.7/32"\t"x"\t"DENY"\t1\n#"10.0.0.0"\t"255.0.0.0"\t"DENY"\t9\n"0.0.0.0"\t"0.0.0.0"\t"DENY"\t0\nodd line\n',
    );
    const { items } = await world.xmail.smtpAccess.list({});
    expect(
      items.map(({ entry, line, on, standing }) => [line, on, entry?.range, entry?.decision, standing]),
    ).toEqual([
      [4, false, "10.0.0.0/8", "deny", { rank: 1, shadowedBy: null, exceptions: [], exceptionCount: 0 }],
      [2, true, "192.0.2.0/24", "allow", { rank: 2, shadowedBy: null, exceptions: [], exceptionCount: 0 }],
      [
        3,
        true,
        "192.0.2.7/32",
        "deny",
        {
          rank: 3,
          shadowedBy: { id: await idOf("smtpAccess", 2), line: 2, name: "192.0.2.0/24" },
          exceptions: [],
          exceptionCount: 0,
        },
      ],
      [
        5,
        true,
        "0.0.0.0/0",
        "deny",
        {
          rank: 4,
          shadowedBy: null,
          exceptions: [
            { id: await idOf("smtpAccess", 2), line: 2, name: "192.0.2.0/24" },
            { id: await idOf("smtpAccess", 3), line: 3, name: "192.0.2.7/32" },
          ],
          exceptionCount: 2,
        },
      ],
      [6, true, undefined, undefined, null],
    ]);
  });

  test("moving a rule changes the fewest precedences; comments and other lines keep every byte", async () => {
    put(
      "smtp.ipmap.tab",
      '# office\n"192.0.2.0/24"\t"x"\t"allow"\t"3"\t"kept"\n# rest\n"10.0.0.0"\t"255.0.0.0"\t"DENY"\t2\n"0.0.0.0"\t"0.0.0.0"\t"DENY"\t1\n',
    );
    const first = await idOf("smtpAccess", 2);
    const last = await world.xmail.smtpAccess.move({
      id: await idOf("smtpAccess", 5),
      before: first,
      confirm: "smtp.ipmap.tab",
    });
    expect(last.standing?.rank).toBe(1);
    expect(get("smtp.ipmap.tab")).toBe(
      '# office\n"192.0.2.0/24"\t"x"\t"allow"\t"3"\t"kept"\n# rest\n"10.0.0.0"\t"255.0.0.0"\t"DENY"\t2\n"0.0.0.0"\t"0.0.0.0"\t"DENY"\t3\n',
    );
    await world.xmail.smtpAccess.move({ id: last.id, before: null });
    expect(get("smtp.ipmap.tab")).toContain('"0.0.0.0"\t"0.0.0.0"\t"DENY"\t1\n');
  });

  test("a new rule goes before those about more addresses and behind those about fewer", async () => {
    put("smtp.ipmap.tab", '"192.0.2.7/32"\t"-"\t"DENY"\t4\n"0.0.0.0"\t"0.0.0.0"\t"DENY"\t2\n');
    await world.xmail.smtpAccess.add({ range: "１９２.０.２.９／24", decision: "allow" });
    await world.xmail.smtpAccess.add({ range: "2001:DB8::7/32", decision: "allow" });
    await world.xmail.smtpAccess.add({ range: "::/0", decision: "deny", confirm: "smtp.ipmap.tab" });
    const { items } = await world.xmail.smtpAccess.list({});
    expect(items.map(({ entry, standing }) => [entry?.range, standing?.shadowedBy])).toEqual([
      ["192.0.2.7/32", null],
      ["192.0.2.0/24", null],
      ["0.0.0.0/0", null],
      ["2001:db8::/32", null],
      ["::/0", null],
    ]);
    expect(get("smtp.ipmap.tab")).toContain('"192.0.2.0"\t"255.255.255.0"\t"ALLOW"\t2');
    expect(get("smtp.ipmap.tab")).toContain('"2001:db8::/32"\t"-"\t"ALLOW"\t2');
  });

  test("what is changed keeps the spelling of what stays", async () => {
    put("smtp.ipmap.tab", '"10.0.0.0"\t"255.0.255.0"\t"allow"\t"07"\t"more"\n');
    const id = await idOf("smtpAccess", 1);
    await world.xmail.smtpAccess.change({
      id,
      range: "10.0.0.0/255.0.255.0",
      decision: "deny",
      precedence: 7,
    });
    expect(get("smtp.ipmap.tab")).toBe('"10.0.0.0"\t"255.0.255.0"\t"DENY"\t"07"\t"more"\n');
  });

  test("the last one who may connect is not turned away unasked", async () => {
    put("smtp.ipmap.tab", '"192.0.2.7/32"\t"-"\t"ALLOW"\t4\n"::/0"\t"-"\t"DENY"\t2\n');
    const id = await idOf("smtpAccess", 1);
    expect(await refused(world.xmail.smtpAccess.remove({ id }))).toEqual([
      "INVALID_INPUT",
      "confirm confirm smtp.ipmap.tab",
    ]);
    expect(await refused(world.xmail.smtpAccess.turn({ id, on: false }))).toEqual([
      "INVALID_INPUT",
      "confirm confirm smtp.ipmap.tab",
    ]);
    await world.xmail.smtpAccess.remove({ id, confirm: "smtp.ipmap.tab" });
  });

  test("nothing locks xmailcfg out of the control port", async () => {
    put("ctrl.ipmap.tab", '"127.0.0.0"\t"255.0.0.0"\t"ALLOW"\t5\n"0.0.0.0"\t"0.0.0.0"\t"DENY"\t3\n');
    const [local, rest] = [await idOf("ctrlAccess", 1), await idOf("ctrlAccess", 2)];
    const { ctrlAccess } = world.xmail;
    const attempts = [
      ctrlAccess.add({ range: "127.0.0.1", decision: "deny" }),
      ctrlAccess.add({ range: "::/0", decision: "deny", precedence: 9 }),
      ctrlAccess.change({ id: local, range: "127.0.0.0/8", decision: "deny" }),
      ctrlAccess.change({ id: local, range: "127.0.1.0/24", decision: "allow" }),
      ctrlAccess.change({ id: local, range: "127.0.0.0/8", decision: "allow", precedence: 1 }),
      ctrlAccess.remove({ id: local }),
      ctrlAccess.move({ id: rest, before: local }),
      ctrlAccess.turn({ id: local, on: false }),
    ];
    for (const attempt of attempts) expect(await refused(attempt)).toEqual(["WOULD_LOCK_OUT"]);
    await ctrlAccess.add({ range: "198.51.100.0/24", decision: "deny" });
  });

  test("an open relay has to be meant", async () => {
    const { relay } = world.xmail;
    for (const range of ["0.0.0.0/0", "::/0", "128.0.0.0/1", "2000::/3", "::ffff:0.0.0.0/96"]) {
      expect(await refused(relay.add({ range }))).toEqual(["INVALID_INPUT", `confirm confirm ${range}`]);
    }
    await relay.add({ range: "10.0.0.0/8" });
    await relay.add({ range: "fd00::/8" });
    await relay.add({ range: "0.0.0.0 0.0.0.0", confirm: "0.0.0.0/0" });
    expect(get("smtprelay.tab")).toContain('"0.0.0.0"\t"0.0.0.0"\n');
    expect(await refused(relay.add({ range: "10.1.2.3/8" }))).toEqual(["ENTRY_EXISTS"]);
    for (const [range, rule] of [
      ["10.0.0.1-10.0.0.9", "ip-from-to"],
      ["10.0.0.0/33", "ip-bits"],
      ["10.0.0.0/0.0.0.255", "ip-mask"],
      ["mail.example.com", "ip-name"],
      ["x", "ip-range"],
    ] as const) {
      expect(await refused(relay.add({ range }))).toEqual(["INVALID_INPUT", `range ${rule}`]);
    }
  });

  test("banned addresses keep their other parameters, and the file stays when it is emptied", async () => {
    put(
      "spammers.tab",
      '"192.0.2.1"\t"255.255.255.255"\t"why=old,code=-5"\t"x"\n"198.51.100.1/32"\n"203.0.113.1"\n',
    );
    const { spammer } = world.xmail;
    const { items } = await spammer.list({});
    expect(items.map(({ entry }) => entry)).toEqual([
      { range: "192.0.2.1/32", action: "delay", delaySeconds: 5 },
      { range: "198.51.100.1/32", action: "cut" },
      null,
    ]);
    const [first, second, third] = items.map(({ id }) => id);
    await spammer.change({ id: first ?? "", range: "192.0.2.1/32", action: "authenticated" });
    expect(get("spammers.tab")).toContain('"192.0.2.1"\t"255.255.255.255"\t"why=old,code=0"\t"x"\n');
    expect(
      await refused(spammer.change({ id: second ?? "", range: "198.51.100.1", action: "delay" })),
    ).toEqual(["INVALID_INPUT", "delaySeconds required"]);
    await spammer.change({ id: second ?? "", range: "2001:db8::/32", action: "delay", delaySeconds: 9 });
    expect(get("spammers.tab")).toContain('"2001:db8::/32"\t"code=-9"\n');
    await spammer.remove({ id: third ?? "" });
    for (const { id } of (await spammer.list({})).items) await spammer.remove({ id });
    expect(get("spammers.tab")).toMatch(/^#/);
  });

  test("exceptions are tick boxes, and what is not known to them stays", async () => {
    put("smtp.ipprop.tab", '"192.0.2.0/24"\t"WhiteList"\t"Other=7"\t"EaseTLS=0"\t"SenderDomainCheck=0"\n');
    const { ipProperty, hostProperty } = world.xmail;
    const [row] = (await ipProperty.list({})).items;
    const off = { noAuth: false, easeTls: false, enableVrfy: false, enableEtrn: false };
    expect(row?.entry).toEqual({ range: "192.0.2.0/24", whiteList: true, skipSenderCheck: true, ...off });
    const wanted = {
      range: "192.0.2.0/24",
      ...off,
      whiteList: true,
      skipSenderCheck: false,
      enableVrfy: true,
    };
    await ipProperty.change({ id: row?.id ?? "", ...wanted });
    expect(get("smtp.ipprop.tab")).toBe(
      '"192.0.2.0/24"\t"WhiteList"\t"Other=7"\t"EaseTLS=0"\t"EnableVRFY=1"\n',
    );
    const all = { ...off, skipSenderCheck: false, whiteList: true };
    expect(await refused(ipProperty.add({ range: "0.0.0.0/0", ...all }))).toEqual([
      "INVALID_INPUT",
      "confirm confirm 0.0.0.0/0",
    ]);
    await ipProperty.add({ range: "0.0.0.0/0", ...off, whiteList: false, skipSenderCheck: true });
    expect(await refused(hostProperty.add({ host: ".example.com", ...all }))).toEqual([
      "INVALID_INPUT",
      "host client-host-dot",
    ]);
    await hostProperty.add({ host: "mail.example.com", ...all });
    expect(get("smtp.hnprop.tab")).toBe('"mail.example.com"\t"WhiteList=1"\n');
  });

  test("which rule decides is told with file and line, and which others match", async () => {
    put(
      "smtp.ipmap.tab",
      '"0.0.0.0"\t"0.0.0.0"\t"ALLOW"\t1\n# no\n"192.0.2.0"\t"255.255.255.0"\t"DENY"\t2\n',
    );
    put("spammers.tab", '"198.51.100.0/24"\t"code=-7"\n');
    put("smtprelay.tab", '"10.0.0.0"\t"255.0.0.0"\n"mx.example.net/32"\n');
    put("smtp.ipprop.tab", '"192.0.2.9/32"\t"WhiteList=1"\n');
    const ask = (address: string, more = {}) =>
      world.xmail.access.explain({ service: "smtp", address, ...more });
    const denied = await ask("192.0.2.7");
    expect(denied).toMatchObject({
      address: "192.0.2.7",
      decision: "deny",
      relays: false,
      whiteListed: false,
    });
    expect(denied.rulings.find(({ table }) => table === "ipMap")).toMatchObject({
      file: "smtp.ipmap.tab",
      decides: { line: 3, name: "192.0.2.0/24", says: "deny" },
      lost: [{ line: 1, name: "0.0.0.0/0", says: "allow" }],
    });
    expect(await ask("192.0.2.9")).toMatchObject({ decision: "allow", whiteListed: true });
    expect(await ask("198.51.100.3")).toMatchObject({ decision: "delay", seconds: 7 });
    const relays = await ask("１０.1.2.3");
    expect(relays).toMatchObject({ address: "10.1.2.3", decision: "allow", relays: true });
    expect(relays.rulings.find(({ table }) => table === "relay")?.unknown).toEqual([2]);
    expect(await ask("2001:db8::1")).toMatchObject({ decision: "allow", relays: false });
    expect(await refused(ask("192.0.2.0/24"))).toEqual(["INVALID_INPUT", "address ip-address"]);
    put("server.tab", `${get("server.tab")}"SMTP-IpMapDropCode"\t"0"\n`);
    expect(await ask("192.0.2.7")).toMatchObject({ decision: "allow" });
  });

  test("an account has a map of its own", async () => {
    const ref = { domain: "example.com", name: "hana" };
    await world.xmail.account.add({ ...ref, password: "Long-enough-1" });
    await world.xmail.accountAccess.add({ ...ref, range: "192.0.2.0/24", decision: "deny" });
    expect(get("domains/example.com/hana/pop3.ipmap.tab")).toBe('"192.0.2.0"\t"255.255.255.0"\t"DENY"\t1\n');
    const explained = await world.xmail.access.explain({ service: "pop3", address: "192.0.2.7", ...ref });
    expect(explained).toMatchObject({ decision: "deny" });
    expect(explained.rulings.at(-1)).toMatchObject({ table: "accountMap", decides: { line: 1 } });
    expect(await refused(world.xmail.accountAccess.list({ ...ref, name: "nobody" }))).toEqual([
      "ACCOUNT_NOT_FOUND",
    ]);
  });
});
