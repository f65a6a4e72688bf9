import { afterEach, describe, expect, test } from "vitest";
import { sha256Of } from "../../../src/changes/hunks.ts";
import { secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import type { FileChange } from "../../../src/xmail/change-set.ts";
import { DOMAIN, deliver, type Running, startServer } from "./server.ts";

const HANA = { domain: DOMAIN, name: "hana" };
const PASSWORD = "Long-enough-1";

let server: Running;
afterEach(() => server?.close());

const addHana = (xmail: Backend) => xmail.accounts.add({ ...HANA, kind: "user", password: secret(PASSWORD) });

/** Rehearses and applies; the files must be what was told. */
async function made(work: (xmail: Backend) => Promise<unknown>) {
  const before = await server.snapshot();
  const { changes, apply } = await server.changes.rehearse(work);
  expect(await server.snapshot(), "a rehearsal changes nothing").toEqual(before);
  await apply();
  await asTold(changes.files);
  return changes;
}

async function asTold(files: readonly FileChange[]): Promise<void> {
  const now = await server.snapshot();
  for (const change of files) {
    if (change.kind === "file") {
      const text = now[change.path];
      expect(sha256Of(text === undefined ? null : Buffer.from(text, "latin1")), change.path).toBe(
        change.after,
      );
    } else expect(`${change.path}/` in now, change.path).toBe(change.kind === "folderMade");
  }
}

describe.each(["ctrl", "ctrl+files"] as const)("%s", (way) => {
  test("an account is added as told, its password hidden", async () => {
    server = await startServer(way);
    const changes = await made(addHana);
    expect(changes.commands).toEqual([`useradd "${DOMAIN}" "hana" *** "U"`]);
    expect(changes.files.map(({ path }) => path)).toContain("mailusers.tab");
    expect(changes.files.map(({ path }) => path)).toContain(`domains/${DOMAIN}/hana/user.tab`);
    expect(await server.backend.accounts.get(HANA)).not.toBeNull();
  });

  test("what it changed, a rehearsal reads changed; nobody else does", async () => {
    server = await startServer(way);
    const { result } = await server.changes.rehearse(async (xmail) => {
      await addHana(xmail);
      await xmail.accounts.setVariables(HANA, new Map([["RealName", "Hana"]]));
      const [variables] = await xmail.accounts.variables([HANA]);
      const [usage] = await xmail.accounts.usage([HANA]);
      return { name: variables?.get("RealName"), messages: usage?.messages };
    });
    expect(result).toEqual({ name: "Hana", messages: 0 });
    expect(await server.backend.accounts.get(HANA)).toBeNull();
  });

  test("refuses as the server does", async () => {
    server = await startServer(way);
    await made(addHana);
    await expect(server.changes.rehearse(addHana)).rejects.toMatchObject({ code: "ACCOUNT_EXISTS" });
    await expect(
      server.changes.rehearse((xmail) => xmail.domains.remove("nowhere.test")),
    ).rejects.toMatchObject({ code: "DOMAIN_NOT_FOUND" });
  });

  test("does nothing when a file is not what was seen", async () => {
    server = await startServer(way);
    const { apply } = await server.changes.rehearse(addHana);
    await server.backend.accounts.add({
      domain: DOMAIN,
      name: "taro",
      kind: "user",
      password: secret(PASSWORD),
    });
    const before = await server.snapshot();
    await expect(apply()).rejects.toMatchObject({ code: "FILE_CHANGED" });
    expect(await server.snapshot()).toEqual(before);
  });

  test("takes back an account that was added, and one that was changed", async () => {
    server = await startServer(way);
    const before = await server.snapshot();
    const added = await made(addHana);
    const middle = await server.snapshot();
    const changed = await made(async (xmail) => {
      await xmail.accounts.setVariables(
        HANA,
        new Map([
          ["RealName", "Hana"],
          ["SmtpPerms", null],
        ]),
      );
      await xmail.accounts.setPassword(HANA, secret("Another-One-2"));
      await xmail.aliases.add({ domain: DOMAIN, alias: "info", target: `hana@${DOMAIN}` });
    });
    const back = await server.changes.takeBack(changed);
    await back.apply();
    await asTold(back.changes.files);
    expect(await server.snapshot()).toEqual(middle);
    await (await server.changes.takeBack(added)).apply();
    expect(await server.snapshot()).toEqual(before);
  });

  test("what others changed elsewhere stays; the same row is a conflict", async () => {
    server = await startServer(way);
    const added = await made(addHana);
    await server.backend.accounts.add({
      domain: DOMAIN,
      name: "taro",
      kind: "user",
      password: secret(PASSWORD),
    });
    await server.backend.accounts.setPassword(HANA, secret("Another-One-2"));
    await expect(server.changes.takeBack(added)).rejects.toMatchObject({ code: "CONFLICT" });
    await server.backend.accounts.setPassword(HANA, secret(PASSWORD));
    await (await server.changes.takeBack(added)).apply();
    expect(await server.backend.accounts.get(HANA)).toBeNull();
    expect(await server.backend.accounts.get({ domain: DOMAIN, name: "taro" })).not.toBeNull();
  });

  test("settings that are files", async () => {
    server = await startServer(way);
    const before = await server.snapshot();
    const changes = await made((xmail) =>
      xmail.files.edit("smtprelay.tab", () => Buffer.from('"192.0.2.0"\t"255.255.255.0"\n')),
    );
    expect(changes.commands).toEqual(['cfgfileset "smtprelay.tab"']);
    await (await server.changes.takeBack(changes)).apply();
    // No upload makes an empty file.
    expect(await server.snapshot()).toEqual({ ...before, "smtprelay.tab": "#\n" });
  });

  test("a removed account comes back with its settings", async () => {
    server = await startServer(way);
    await made(async (xmail) => {
      await addHana(xmail);
      await xmail.accounts.setVariables(HANA, new Map([["RealName", "Hana"]]));
      await xmail.aliases.add({ domain: DOMAIN, alias: "info", target: `hana@${DOMAIN}` });
      await xmail.files.edit(`domains/${DOMAIN}/hana/mailproc.tab`, () => Buffer.from('"mailbox"\n'));
      await xmail.files.edit(`domains/${DOMAIN}/hana/pop3.ipmap.tab`, () => Buffer.from("# nobody\n"));
    });
    const before = await server.snapshot();
    const gone = await made((xmail) => xmail.accounts.remove(HANA));
    expect(gone.final).toEqual([]);
    const back = await server.changes.takeBack(gone);
    await back.apply();
    await asTold(back.changes.files);
    expect(await server.snapshot()).toEqual(before);
  });

  test("a removed domain comes back with all in it", async () => {
    server = await startServer(way);
    await made(async (xmail) => {
      await xmail.domains.add("example.net");
      await xmail.domainAliases.add({ alias: "example.org", real: "example.net" });
      for (const name of ["one", "two"])
        await xmail.accounts.add({ domain: "example.net", name, kind: "user", password: secret(PASSWORD) });
      await xmail.accounts.add({
        domain: "example.net",
        name: "list",
        kind: "list",
        password: secret(PASSWORD),
      });
      await xmail.aliases.add({ domain: "example.net", alias: "info", target: "one@example.net" });
      await xmail.files.edit("cmdaliases/example.net/run.tab", () => Buffer.from('"smtp"\n'));
      await xmail.files.edit("domains/example.net/list/mlusers.tab", () => Buffer.from('"a@b.test"\t"RW"\n'));
    });
    const before = await server.snapshot();
    const gone = await made((xmail) => xmail.domains.remove("example.net"));
    const back = await server.changes.takeBack(gone);
    await back.apply();
    await asTold(back.changes.files);
    const now = await server.snapshot();
    if (way === "ctrl") before["cmdaliases/example.net/run.tab"] ??= "";
    expect(now).toEqual(before);
  });
});

describe("mail of a removed account", () => {
  const setUp = async (way: "ctrl" | "ctrl+files") => {
    server = await startServer(way);
    await made(addHana);
    await deliver(server.disk, `hana@${DOMAIN}`, "1.mail");
    await deliver(server.disk, `hana@${DOMAIN}`, "2.mail");
  };

  test("is in the bin, and comes back beside what arrived since", async () => {
    await setUp("ctrl+files");
    const gone = await made((xmail) => xmail.accounts.remove(HANA));
    expect(gone.final).toEqual([]);
    const folder = gone.files.find(({ kind }) => kind === "folderRemoved");
    expect(folder).toMatchObject({ files: 3, kept: expect.stringMatching(/^\.xmailcfg\/bin\//) });
    const back = await server.changes.takeBack(gone);
    await back.apply();
    expect(await server.text(`domains/${DOMAIN}/hana/Maildir/new/1.mail`)).toBe("mail 1.mail\r\n");
    expect(await server.text(`domains/${DOMAIN}/hana/Maildir/new/2.mail`)).toBe("mail 2.mail\r\n");
    expect(await server.backend.accounts.checkPassword(HANA, secret(PASSWORD))).toBe(true);
  });

  test("is gone for good when the bin was emptied", async () => {
    await setUp("ctrl+files");
    const gone = await made((xmail) => xmail.accounts.remove(HANA));
    expect(await server.changes.emptyBin(new Date(Date.now() - 60_000))).toBe(0);
    expect(await server.changes.emptyBin(new Date(Date.now() + 60_000))).toBe(1);
    await expect(server.changes.takeBack(gone)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is said to be final where only the control port is at hand", async () => {
    await setUp("ctrl");
    const gone = await made((xmail) => xmail.accounts.remove(HANA));
    expect(gone.final).toEqual(["mailbox"]);
    expect(gone.files.find(({ kind }) => kind === "folderRemoved")).toMatchObject({
      files: null,
      kept: null,
    });
    const back = await server.changes.takeBack(gone);
    expect(back.changes.final).toEqual(["mailbox"]);
    await back.apply();
    expect(await server.disk.stat(storagePath(`domains/${DOMAIN}/hana/Maildir/new/1.mail`))).toBeNull();
    expect(await server.backend.accounts.checkPassword(HANA, secret(PASSWORD))).toBe(true);
  });
});
