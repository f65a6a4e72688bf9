import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import type { ChangeMaker } from "../../../src/xmail/backend.ts";
import { lacking } from "../../conformance/storage-lacking.ts";
import { contentsOf, type TestRoot, testRoot } from "./mail-root.ts";

const D = "example.com";
const BOB = { domain: D, name: "bob" };
const MAIL = `domains/${D}/bob/Maildir/new/1`;
const code = (code: string) => expect.objectContaining({ code });
const later = () => new Date(Date.now() + 60_000);

async function withBob(storage = memory()): Promise<TestRoot & { readonly changes: ChangeMaker }> {
  const root = await testRoot({}, { storage });
  await root.backend.accounts.add({ ...BOB, kind: "user", password: secret("pw") });
  await root.put(MAIL, "mail\n");
  const { changes } = root.backend;
  if (!changes) throw new Error("a stopped server's files have changes");
  return { ...root, changes };
}

async function removeBob({ changes }: { readonly changes: ChangeMaker }) {
  const removal = await changes.rehearse(({ accounts }) => accounts.remove(BOB));
  await removal.apply();
  return removal.changes;
}

describe("a removed folder", () => {
  test("is counted beforehand, kept in the bin, and comes back with its mail", async () => {
    const root = await withBob();
    const before = await contentsOf(root.storage);
    const changes = await removeBob(root);
    const [folder] = changes.files.filter((change) => change.kind === "folderRemoved");
    expect(folder).toMatchObject({ path: `domains/${D}/bob`, files: 2 });
    expect(changes.final).toEqual([]);
    expect(await root.file(`${folder?.kept}/Maildir/new/1`)).toBe("mail\n");
    await (await root.changes.takeBack(changes)).apply();
    expect(await contentsOf(root.storage)).toEqual(before);
  });

  test("goes to the bin again with what came since, when its coming back is taken back", async () => {
    const root = await withBob();
    const back = await root.changes.takeBack(await removeBob(root));
    await back.apply();
    await root.put(`domains/${D}/bob/Maildir/new/2`, "arrived since\n");
    const again = await root.changes.takeBack(back.changes);
    const [folder] = again.changes.files.filter((change) => change.kind === "folderRemoved");
    expect(folder).toMatchObject({ path: `domains/${D}/bob`, files: 3 });
    await again.apply();
    expect(await root.backend.accounts.get(BOB)).toBeNull();
    expect(await root.file(MAIL)).toBeNull();
    await (await root.changes.takeBack(again.changes)).apply();
    expect(await root.file(MAIL)).toBe("mail\n");
    expect(await root.file(`domains/${D}/bob/Maildir/new/2`)).toBe("arrived since\n");
  });

  test("that came back stays while an account of others is in it", async () => {
    const root = await withBob();
    const back = await root.changes.takeBack(await removeBob(root));
    await back.apply();
    const accounts = (await root.file("mailusers.tab")) ?? "";
    await root.put("mailusers.tab", `${accounts}"${D}"\t"eve"\t"15"\t9\t"bob/sub"\t"U"\n`);
    await expect(root.changes.takeBack(back.changes)).rejects.toThrow(code("CONFLICT"));
    expect(await root.file(MAIL)).toBe("mail\n");
  });

  test("also goes to the bin when it is removed without a rehearsal", async () => {
    const root = await withBob();
    await root.backend.accounts.remove(BOB);
    const [id] = (await root.names(".xmailcfg/bin")) ?? [];
    expect(await root.names(`.xmailcfg/bin/${id}/1/domains/${D}`)).toEqual(["bob"]);
  });

  test("is gone with the bin, of which only what is old goes", async () => {
    const root = await withBob();
    const changes = await removeBob(root);
    await root.put(".xmailcfg/bin/notes/ours", "kept");
    expect(await root.changes.emptyBin(new Date(Date.now() - 60_000))).toBe(0);
    expect(await root.changes.emptyBin(later())).toBe(1);
    expect(await root.names(".xmailcfg/bin")).toEqual(["notes"]);
    const now = await contentsOf(root.storage);
    await expect(root.changes.takeBack(changes)).rejects.toThrow(code("NOT_FOUND"));
    expect(await contentsOf(root.storage)).toEqual(now);
  });

  test("does not come back over a new account of its name, nor into a domain that is gone", async () => {
    const root = await withBob();
    const changes = await removeBob(root);
    await root.backend.accounts.add({ ...BOB, kind: "user", password: secret("new") });
    await root.put(MAIL, "new mail\n");
    await expect(root.changes.takeBack(changes)).rejects.toThrow(code("CONFLICT"));
    expect(await root.file(MAIL)).toBe("new mail\n");
    await root.backend.domains.remove(D);
    await expect(root.changes.takeBack(changes)).rejects.toThrow(code("CONFLICT"));
  });

  test("is brought back from nowhere but the bin", async () => {
    const root = await withBob();
    const changes = await removeBob(root);
    const files = changes.files.map((change) =>
      change.kind === "folderRemoved" ? { ...change, kept: "domains" } : change,
    );
    await expect(root.changes.takeBack({ ...changes, files })).rejects.toThrow(code("NOT_FOUND"));
  });

  test("is final where nothing can be moved, and said so when it holds mail", async () => {
    const root = await withBob(lacking(memory(), "move"));
    const { changes } = await root.changes.rehearse(({ accounts }) => accounts.remove(BOB));
    expect(changes.final).toEqual(["mailbox"]);
    expect(changes.files.at(-1)).toMatchObject({ kind: "folderRemoved", kept: null });
    await root.storage.remove(storagePath(MAIL));
    expect((await root.changes.rehearse(({ accounts }) => accounts.remove(BOB))).changes.final).toEqual([]);
  });
});

describe("a new account", () => {
  test("is not taken back once mail came", async () => {
    const root = await testRoot();
    const added = await root.backend.changes?.rehearse(({ accounts }) =>
      accounts.add({ ...BOB, kind: "user", password: secret("pw") }),
    );
    await added?.apply();
    await root.put(MAIL, "mail\n");
    await expect(added && root.backend.changes?.takeBack(added.changes)).rejects.toThrow(code("CONFLICT"));
    expect(await root.file(MAIL)).toBe("mail\n");
  });
});

describe("a rehearsal", () => {
  test("within a rehearsal is applied to the outer one only", async () => {
    const root = await withBob();
    const before = await contentsOf(root.storage);
    const outer = await root.changes.rehearse(async (xmail) => {
      const inner = await xmail.changes?.rehearse(({ accounts }) => accounts.remove(BOB));
      expect(await xmail.accounts.get(BOB)).not.toBeNull();
      await inner?.apply();
      return xmail.accounts.get(BOB);
    });
    expect(outer.result).toBeNull();
    expect(await contentsOf(root.storage)).toEqual(before);
    await outer.apply();
    expect(await root.backend.accounts.get(BOB)).toBeNull();
  });

  test("keeps nothing of a change that was refused on the way and caught", async () => {
    const root = await withBob();
    const { changes } = await root.changes.rehearse(async ({ accounts, files }) => {
      await files.edit("smtprelay.tab", () => Buffer.from("# one\n"));
      await accounts.add({ ...BOB, kind: "user", password: secret("pw") }).catch(() => undefined);
    });
    expect(changes.files.map(({ path }) => path)).toEqual(["smtprelay.tab"]);
  });

  test("is applied once", async () => {
    const root = await withBob();
    const { apply } = await root.changes.rehearse(({ domains }) => domains.add("example.jp"));
    await apply();
    await expect(apply()).rejects.toThrow(code("FILE_CHANGED"));
  });

  test("does not tell of the index, and takes it away", async () => {
    const root = await withBob();
    await root.put("tabindex/domains-00.hdx", "index");
    const { changes, apply } = await root.changes.rehearse(({ domains }) => domains.add("example.jp"));
    expect(changes.files.map(({ path }) => path)).not.toContain("tabindex/domains-00.hdx");
    await apply();
    expect(await root.file("tabindex/domains-00.hdx")).toBeNull();
    await root.put("tabindex/domains-00.hdx", "index");
    await (await root.changes.takeBack(changes)).apply();
    expect(await root.file("tabindex/domains-00.hdx")).toBeNull();
  });

  test("sees a change of the same size and time", async () => {
    const root = await withBob(memory({ now: () => Date.now() - (Date.now() % 1_000_000) + 5_000_000 }));
    const other = { ...BOB, name: "eve" };
    await root.backend.accounts.add({ ...other, kind: "user", password: secret("aa") });
    const { apply } = await root.changes.rehearse(({ accounts }) => accounts.setPassword(BOB, secret("xx")));
    await root.backend.accounts.setPassword(other, secret("bb"));
    await expect(apply()).rejects.toThrow(code("FILE_CHANGED"));
    expect(await root.backend.accounts.checkPassword(other, secret("bb"))).toBe(true);
  });
});

describe("what a killed process left", () => {
  const leave = (root: TestRoot, ...steps: object[]) =>
    root.put(
      ".xmailcfg/change.json",
      JSON.stringify({ version: 1, begun: new Date(0), way: "forward", steps, whole: {} }),
    );

  test("is seen without touching it", async () => {
    const root = await withBob();
    expect(await root.changes.unfinished()).toBe(false);
    await leave(root, { do: "makeFolder", path: "domains/example.jp" });
    expect(await root.changes.unfinished()).toBe(true);
    expect(await root.names("domains")).not.toContain("example.jp");
    await root.changes.recover();
    expect(await root.changes.unfinished()).toBe(false);
  });

  test("and can neither be finished nor rolled back is set aside, told, and in nobody's way", async () => {
    const root = await withBob();
    const write = { do: "write", path: "smtprelay.tab", before: "00", after: "11" };
    await leave(root, { ...write, hunks: [{ at: 0, removed: ["gone\n"], added: ["new\n"] }] });
    const journal = await root.file(".xmailcfg/change.json");
    const note = ".xmailcfg/change-unfinished-1.json";
    expect(await root.changes.recover()).toEqual([
      { at: new Date(0), outcome: "setAside", files: ["smtprelay.tab"], note },
    ]);
    expect(JSON.parse((await root.file(note)) ?? "").steps).toEqual(JSON.parse(journal ?? "").steps);
    expect(await root.changes.unfinished()).toBe(false);
    await root.backend.aliases.add({ domain: D, alias: "a", target: `bob@${D}` });
    expect(await root.changes.recover()).toEqual([]);
  });

  test("of an older version is finished, and told", async () => {
    const root = await withBob();
    await root.put(`domains/${D}/gone/Maildir/new/1`, "mail\n");
    await root.put(".xmailcfg/removal.json", JSON.stringify({ domain: D, directories: ["gone", "bob"] }));
    const told = await root.changes.recover();
    expect(told).toMatchObject([{ outcome: "finished", files: [`domains/${D}/gone`] }]);
    expect(await root.names(`domains/${D}`)).toEqual(["bob"]);
    expect(await root.changes.recover()).toEqual([]);
  });

  test("is finished before the next change, and told when asked for", async () => {
    const root = await withBob();
    const steps = [
      { do: "makeFolder", path: "domains/example.jp" },
      { do: "makeFolder", path: "cmdaliases/example.jp" },
    ];
    const journal = { version: 1, begun: new Date(0), way: "forward", steps, whole: {} };
    await root.put(".xmailcfg/change.json", JSON.stringify(journal));
    await root.backend.aliases.add({ domain: D, alias: "a", target: `bob@${D}` });
    expect(await root.names("cmdaliases")).toContain("example.jp");
    expect(await root.changes.recover()).toEqual([
      {
        at: new Date(0),
        outcome: "finished",
        files: ["domains/example.jp", "cmdaliases/example.jp"],
      },
    ]);
  });

  test("leaves no path of the MailRoot, whatever a journal says", async () => {
    const root = await withBob();
    const steps = [{ do: "removeFolder", path: "../x" }];
    await root.put(
      ".xmailcfg/change.json",
      JSON.stringify({ version: 1, begun: new Date(), way: "forward", steps, whole: {} }),
    );
    expect(await root.changes.recover()).toEqual([]);
  });

  test("does not take the folder of an account that was added again since", async () => {
    const root = await withBob();
    const steps = [
      { do: "move", from: `domains/${D}/bob`, to: `.xmailcfg/bin/x/0/domains/${D}/bob` },
      { do: "makeFolder", path: "cmdaliases/example.jp" },
    ];
    await root.put(
      ".xmailcfg/change.json",
      JSON.stringify({ version: 1, begun: new Date(), way: "forward", steps, whole: {} }),
    );
    await root.changes.recover();
    expect(await root.file(MAIL)).toBe("mail\n");
  });
});

describe("a storage that replaces no file in one step", () => {
  const half = (text: string) => text.slice(0, Math.floor(text.length / 2));

  /** Dies in the middle of writing this file: half of it stands there, and nothing works any more. */
  function tearing(storage: Storage, file: string): Storage {
    let dead = false;
    const alive = () => {
      if (dead) throw new Error("killed");
    };
    return through(storage, {
      can: { ...storage.can, atomicReplace: false },
      async write(path, bytes, how) {
        alive();
        if (path !== file) return storage.write(path, bytes, how);
        dead = true;
        await storage.write(path, Buffer.from(half(Buffer.from(bytes).toString("latin1")), "latin1"), how);
        alive();
      },
      async move(from, to, how) {
        alive();
        await storage.move(from, to, how);
      },
      async remove(path, how) {
        alive();
        await storage.remove(path, how);
      },
    });
  }

  test.each(["mailusers.tab", "aliases.tab", ".xmailcfg/change.json"])(
    "leaves %s torn, and the next one has all of it again",
    async (file) => {
      const disk = memory();
      const root = await withBob(disk);
      for (const name of ["eve", "zoe.the.second"]) {
        await root.backend.accounts.add({ domain: D, name, kind: "user", password: secret("pw") });
        await root.backend.aliases.add({ domain: D, alias: `a-${name}`, target: `${name}@${D}` });
      }
      await root.backend.aliases.add({ domain: D, alias: "a", target: `bob@${D}` });
      const old = await contentsOf(disk);
      const whole = await root.changes.rehearse(({ accounts }) => accounts.remove(BOB));
      await whole.apply();
      const young = await contentsOf(disk);
      await (await root.changes.takeBack(whole.changes)).apply();
      expect(await contentsOf(disk)).toEqual(old);

      const torn = await openTabBackend({ storage: tearing(disk, file) });
      await expect(torn.accounts.remove(BOB)).rejects.toThrow();
      const left = (await root.file(file)) ?? "";
      expect([old[file], young[file]]).not.toContain(left);
      expect(left).not.toMatch(/[\n}]$/);
      await disk.remove(storagePath(".xmailcfg/locks")).catch(() => undefined);
      const next = await openTabBackend({
        storage: through(disk, { can: { ...disk.can, atomicReplace: false } }),
      });
      const [recovery] = (await next.changes?.recover()) ?? [];
      // A journal that is torn was followed by no step.
      expect(recovery?.outcome).toBe(file.endsWith(".tab") ? "finished" : undefined);
      expect(await contentsOf(disk)).toEqual(file.endsWith(".tab") ? young : old);
      expect(await next.changes?.unfinished()).toBe(false);
    },
  );
});
