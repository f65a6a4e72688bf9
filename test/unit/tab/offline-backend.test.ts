import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { FILES } from "../../../src/tab/files.ts";
import type { TableFile } from "../../../src/tab/table-file.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { contentsOf, testRoot } from "./mail-root.ts";

const D = "example.com";
const BOB = { domain: D, name: "bob" };

function withCode(code: string): Error {
  return expect.objectContaining({ code });
}

async function addBob({ accounts }: Backend, kind: "user" | "list" = "user"): Promise<void> {
  await accounts.add({ ...BOB, kind, password: secret("pw") });
}

describe("opening", () => {
  test("a folder without domains.tab is no MailRoot", async () => {
    await expect(openTabBackend({ storage: memory() })).rejects.toThrow(withCode("BAD_CONFIG"));
  });
});

describe("what is not ours to change survives", () => {
  test("comments and odd lines of every table a removal touches", async () => {
    const { backend, file } = await testRoot({
      "mailusers.tab": `# no comment to XMail\r\n"${D}"\t"bob"\t"15"\t"7"\t"bob"\t"U"\t"more"\r\n\r\n"${D}" "x"\r\n${D}\tcarol\t15\t9\tcarol\tU`,
      "aliases.tab": `"${D}"\t"a"\t"bob"\t"more"\n"odd"\n"${D}"\t\t"b"\t"carol"\n`,
      "pop3links.tab": `# links\n"${D}"\t"bob"\t"h"\t"u"\t"15"\t"CLR"\n\n`,
      [`domains/${D}/bob/user.tab`]: "",
    });
    await backend.accounts.remove(BOB);
    expect(await file("mailusers.tab")).toBe(
      `# no comment to XMail\r\n\r\n"${D}" "x"\r\n${D}\tcarol\t15\t9\tcarol\tU`,
    );
    expect(await file("aliases.tab")).toBe(`"odd"\n"${D}"\t\t"b"\t"carol"\n`);
    expect(await file("pop3links.tab")).toBe("# links\n\n");
  });

  test("a new password keeps unknown columns and the quoted number", async () => {
    const { backend, file } = await testRoot({
      "mailusers.tab": `"${D}"\t"bob"\t"15"\t"7"\t"bob"\t"U"\t"\xff"\r\n`,
    });
    await backend.accounts.setPassword(BOB, secret("hello"));
    expect(await file("mailusers.tab")).toBe(`"${D}"\t"bob"\t"0d0009090a"\t"7"\t"bob"\t"U"\t"\xff"\r\n`);
  });

  test("comments, odd lines and doubles of user.tab", async () => {
    const { backend, file, put } = await testRoot();
    await addBob(backend);
    const path = `domains/${D}/bob/user.tab`;
    await put(path, '# of bob\n"A"\t"1"\nA\t2\n"three"\t"col"\t"umns"\n"Bytes"\t"\xff"\n');
    expect([...((await backend.accounts.variables([BOB]))[0] ?? [])]).toEqual([
      ["A", "1"],
      ["Bytes", "\xff"],
    ]);
    await backend.accounts.setVariables(BOB, new Map([["A", "é"]]));
    expect(await file(path)).toBe(
      '# of bob\n"A"\t"\xc3\xa9"\nA\t2\n"three"\t"col"\t"umns"\n"Bytes"\t"\xff"\n',
    );
    expect((await backend.accounts.variables([BOB]))[0]?.get("A")).toBe("é");
    await backend.accounts.setVariables(BOB, new Map([["A", null]]));
    expect(await file(path)).toBe('# of bob\n"three"\t"col"\t"umns"\n"Bytes"\t"\xff"\n');
  });

  test("a file is not written when nothing changes", async () => {
    let writes = 0;
    const storage = memory();
    const { backend } = await testRoot({}, { storage });
    await addBob(backend);
    const counting = new Proxy(storage, {
      get(target, verb: keyof typeof storage) {
        if (verb !== "write") return target[verb];
        return (...args: Parameters<typeof storage.write>) => {
          if (!args[0].includes(".xmailcfg")) writes += 1;
          return target.write(...args);
        };
      },
    });
    const again = await openTabBackend({ storage: counting });
    await again.accounts.setPassword(BOB, secret("pw"));
    await again.accounts.setVariables(
      BOB,
      new Map([
        ["PopEnable", "1"],
        ["None", null],
      ]),
    );
    expect(writes).toBe(0);
    await again.accounts.setPassword(BOB, secret("other"));
    expect(writes).toBe(1);
  });
});

describe("the index of an edited table", () => {
  const index = (name: string) => `tabindex/${name}`;
  const of = (file: TableFile) => file.index ?? "none";
  const every = [FILES.accounts, FILES.aliases, FILES.externalAliases, FILES.domains, FILES.domainAliases];
  const indexes = Object.fromEntries(every.map((file) => [index(of(file)), "stale"]));

  test.each<[string, (backend: Backend) => Promise<void>, string[]]>([
    [
      "account added",
      ({ accounts }) => accounts.add({ domain: D, name: "new", kind: "user", password: secret("x") }),
      [of(FILES.accounts)],
    ],
    [
      "alias added",
      ({ aliases }) => aliases.add({ domain: D, alias: "x", target: `bob@${D}` }),
      [of(FILES.aliases)],
    ],
    ["domain added", ({ domains }) => domains.add("example.jp"), [of(FILES.domains)]],
    [
      "domain alias added",
      ({ domainAliases }) => domainAliases.add({ alias: "n", real: D }),
      [of(FILES.domainAliases)],
    ],
    ["variable set", ({ accounts }) => accounts.setVariables(BOB, new Map([["A", "1"]])), []],
    [
      "account refused",
      ({ accounts }) => accounts.add({ ...BOB, kind: "user", password: secret("x") }).catch(() => {}),
      [],
    ],
  ])("is gone when: %s, and no other", async (_, change, gone) => {
    const { backend, put, names } = await testRoot();
    await addBob(backend);
    for (const [path, text] of Object.entries(indexes)) await put(path, text);
    await change(backend);
    const left = Object.keys(indexes).filter((path) => !gone.map(index).includes(path));
    expect((await names("tabindex"))?.map(index)).toEqual(left.toSorted());
  });
});

describe("a new account", () => {
  test("has the variables of its domain where there are some", async () => {
    const { backend, file } = await testRoot({ [`domains/${D}/userdef.tab`]: '# ours\n"A"\t"1"\n' });
    await addBob(backend);
    expect(await file(`domains/${D}/bob/user.tab`)).toBe('# ours\n"A"\t"1"\n');
  });

  test("keeps mail as told, else as the accounts there do, else in a Maildir", async () => {
    const first = await testRoot();
    await addBob(first.backend);
    expect(await first.names(`domains/${D}/bob/Maildir`)).toEqual(["cur", "new", "tmp"]);
    const told = await testRoot({}, { mailboxFormat: "mailbox" });
    await addBob(told.backend);
    expect(await told.names(`domains/${D}/bob`)).toEqual(["mailbox", "user.tab"]);
    await told.backend.accounts.add({ domain: D, name: "carol", kind: "user", password: secret("x") });
    const learned = await openTabBackend({ storage: told.storage });
    await learned.accounts.add({ domain: D, name: "dan", kind: "user", password: secret("x") });
    expect(await told.names(`domains/${D}/dan`)).toEqual(["mailbox", "user.tab"]);
  });

  test("does not get the mail of an earlier one of its name", async () => {
    const { backend, storage, put } = await testRoot();
    await put(`domains/${D}/bob/Maildir/new/1`, "old mail");
    const before = await contentsOf(storage);
    await expect(addBob(backend)).rejects.toThrow(withCode("STORAGE_EXISTS"));
    expect(await contentsOf(storage)).toEqual(before);
  });

  test("does not get the folder another account uses", async () => {
    const { backend } = await testRoot({ "mailusers.tab": `"${D}"\t"x"\t"15"\t1\t"bob"\t"U"\n` });
    await expect(addBob(backend)).rejects.toThrow(withCode("STORAGE_EXISTS"));
  });

  test("has a number above all others, numbers that are none aside", async () => {
    const { backend, file } = await testRoot({
      "mailusers.tab": `"${D}"\t"a"\t"15"\t"41"\t"a"\t"U"\n"${D}"\t"b"\t"15"\t"?"\t"b"\t"U"\n"${D}"\t"c"\t""\t2\t"c"\t"M"\n`,
    });
    await addBob(backend);
    expect(await file("mailusers.tab")).toMatch(/\t42\t"bob"\t"U"\n$/);
  });
});

describe("a removal", () => {
  test("stops at a folder in which another account lives", async () => {
    const { backend, storage } = await testRoot({
      "mailusers.tab": `"${D}"\t"bob"\t"15"\t1\t"bob"\t"U"\n"${D}"\t"bob/sub"\t"15"\t2\t"bob/sub"\t"U"\n`,
      [`domains/${D}/bob/sub/Maildir/new/1`]: "mail",
    });
    const before = await contentsOf(storage);
    await expect(backend.accounts.remove(BOB)).rejects.toThrow(withCode("CONFLICT"));
    expect(await contentsOf(storage)).toEqual(before);
  });

  test("cannot be led out of the domain's folder", async () => {
    const { backend, storage } = await testRoot({
      "mailusers.tab": `"${D}"\t"bob"\t"15"\t1\t"../../spool"\t"U"\n"${D}"\t"eve"\t"15"\t2\t""\t"U"\n`,
    });
    await expect(backend.accounts.remove(BOB)).rejects.toThrow(withCode("STORAGE_PATH"));
    await expect(backend.accounts.remove({ domain: D, name: "eve" })).rejects.toThrow(
      withCode("STORAGE_PATH"),
    );
    expect(await storage.stat(storagePath("spool"))).not.toBeNull();
    expect(await storage.stat(storagePath("domains", D))).not.toBeNull();
  });

  test("of a domain takes external aliases, POP3 links and command aliases along, and only its own", async () => {
    const { backend, file, names, put } = await testRoot();
    await backend.domains.add("example.jp");
    await put("extaliases.tab", `"r.test"\t"a"\t"example.jp"\t"x"\n"example.jp"\t"a"\t"${D}"\t"bob"\n`);
    await put(
      "pop3links.tab",
      `# c\n"example.jp"\t"x"\t"h"\t"u"\t""\t"CLR"\n"@example.jp"\t"x"\t"h"\t"u"\t""\t"CLR"\n`,
    );
    await put("cmdaliases/example.jp/x.tab", '"redirect"\t"a@b.test"\n');
    expect(await backend.domains.holdings("example.jp")).toMatchObject({ externalAliases: 1, popLinks: 1 });
    await backend.domains.remove("example.jp");
    expect(await file("extaliases.tab")).toBe(`"example.jp"\t"a"\t"${D}"\t"bob"\n`);
    expect(await file("pop3links.tab")).toBe('# c\n"@example.jp"\t"x"\t"h"\t"u"\t""\t"CLR"\n');
    expect(await names("cmdaliases")).toEqual([D]);
    expect(await names("domains")).toEqual([D]);
  });
});

describe("a new domain", () => {
  test("does not get the files of an earlier one of its name", async () => {
    const { backend, storage, put } = await testRoot();
    await put("domains/example.jp/mailproc.tab", '"external"\t"0"\t"0"\t"/bin/evil"\n');
    const before = await contentsOf(storage);
    await expect(backend.domains.add("example.jp")).rejects.toThrow(withCode("STORAGE_EXISTS"));
    expect(await contentsOf(storage)).toEqual(before);
  });

  test.each(["", "a b", "a/b", "..", "a..b", ".a", "a.", "a@b", "x".repeat(256), "a\tb"])(
    "%j is refused",
    async (name) => {
      const { backend, storage } = await testRoot();
      const before = await contentsOf(storage);
      await expect(backend.domains.add(name)).rejects.toThrow(withCode("INVALID_INPUT"));
      expect(await contentsOf(storage)).toEqual(before);
    },
  );
});

test.each([
  ["M", "list"],
  ["m", "list"],
  ["Mailing", "list"],
  ["U", "user"],
  ["x", "user"],
])("an account of type %j is a %s", async (type, kind) => {
  const { backend } = await testRoot({ "mailusers.tab": `"${D}"\t"bob"\t"15"\t1\t"bob"\t"${type}"\n` });
  expect(await backend.accounts.get(BOB)).toEqual({ ...BOB, kind });
});

describe("usage", () => {
  test("counts as XMail does: all folders below, but no hidden file", async () => {
    let clock = 1_795_400_000_000;
    const storage = memory({ now: () => clock });
    const { backend, put } = await testRoot({}, { storage });
    await addBob(backend);
    const box = `domains/${D}/bob`;
    for (const path of ["new/a", "cur/bb:2,S", "tmp/c", "sub/deep/d", ".Sent/new/e", "f"])
      await put(`${box}/Maildir/${path}`, "12345");
    for (const path of ["Maildir/new/.hidden", "mailbox/g", "other"]) await put(`${box}/${path}`, "12345");
    clock = 1_795_500_000_000;
    await put(`${box}/.ipconn`, "192.0.2.7\n");
    expect(await backend.accounts.usage([BOB])).toEqual([
      { bytes: 30, messages: 6, lastLogin: { at: new Date(clock), address: "192.0.2.7" } },
    ]);
    expect(await backend.domains.holdings(D)).toMatchObject({ accounts: 1, messages: 6, bytes: 30 });
  });

  test("reads a mailbox folder where there is no Maildir", async () => {
    const { backend, put } = await testRoot({}, { mailboxFormat: "mailbox" });
    await addBob(backend);
    await put(`domains/${D}/bob/mailbox/a`, "12345");
    expect(await backend.accounts.usage([BOB])).toEqual([{ bytes: 5, messages: 1, lastLogin: null }]);
  });
});

describe("names in other letters", () => {
  test("UTF-8 and Latin-1 names in the files are read, kept and removed", async () => {
    const { backend, file } = await testRoot({
      "aliases.tab": `"${D}"\t"caf\xc3\xa9"\t"bob"\n"${D}"\t"na\xefve"\t"bob"\n`,
    });
    expect((await backend.aliases.list()).map(({ alias }) => alias)).toEqual(["café", "naïve"]);
    await backend.aliases.remove(D, "CAFé");
    expect(await file("aliases.tab")).toBe(`"${D}"\t"na\xefve"\t"bob"\n`);
  });

  test("a # line of domains.tab is kept and is no domain", async () => {
    const { backend, file } = await testRoot({ "domains.tab": `"${D}"\n# ours\n` });
    expect(await backend.domains.list()).toEqual([D]);
    await backend.domains.add("example.jp");
    expect(await file("domains.tab")).toBe(`"${D}"\n# ours\n"example.jp"\n`);
  });
});
