import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isAppError } from "../../errors/error.ts";
import { isSecret, secret } from "../../errors/secret.ts";
import type { Backend } from "../../xmail/backend.ts";
import type { Hunk } from "../../xmail/change-set.ts";
import { CHANGES, contents, filesIn, furnish, makerOf } from "./change-stage.ts";
import { accountsOf, type BackendCase, DOMAIN } from "./stage.ts";

const HANA = { domain: DOMAIN, name: "hana" };

export const CHANGE_CASES: readonly BackendCase[] = [
  ...CHANGES.flatMap(({ name, make }): BackendCase[] => [
    {
      name: `changes: ${name} is rehearsed without a trace, told, and made as told`,
      async play(stage) {
        await furnish(stage);
        const { backend, readFile } = stage;
        const before = await contents(readFile);
        const { changes, apply } = await makerOf(backend).rehearse(make);
        assert.deepEqual(await contents(readFile), before, "the rehearsal changed a file");
        const all = await contents(readFile, changes);
        assert.ok(changes.files.length > 0, "nothing is told");
        await apply();
        const after = await contents(readFile, changes);
        const told = { ...all };
        for (const file of filesIn(changes)) {
          assert.equal(shaOf(all[file.path] ?? null), file.before, `${file.path} before`);
          assert.equal(shaOf(after[file.path] ?? null), file.after, `${file.path} after`);
          told[file.path] = file.after === null ? null : applied(all[file.path] ?? "", file.hunks);
        }
        // Files in a folder that went are not told one by one.
        for (const { kind, path } of changes.files) {
          if (kind !== "folderRemoved") continue;
          for (const one of Object.keys(told)) if (one.startsWith(`${path}/`)) told[one] = null;
        }
        assert.deepEqual(after, told);
      },
    },
    {
      name: `changes: ${name} is taken back`,
      async play(stage) {
        await furnish(stage);
        const { backend, readFile } = stage;
        const before = await contents(readFile);
        const done = await makerOf(backend).rehearse(make);
        await done.apply();
        const isGone = done.changes.files.some(
          (change) => change.kind === "folderRemoved" && change.kept === null,
        );
        // Commands bring an account back without its folder.
        if (isGone && backend.kind === "tab") {
          await refusedWith("NOT_FOUND", () => makerOf(backend).takeBack(done.changes));
          return;
        }
        const back = await makerOf(backend).takeBack(done.changes);
        assert.notDeepEqual(await contents(readFile), before, "taking back is a rehearsal too");
        await back.apply();
        const after = await contents(readFile);
        // A running XMail puts rows at the end and numbers accounts itself.
        if (backend.kind === "tab") assert.deepEqual(after, before);
        else assert.deepEqual(rowsOf(after), rowsOf(before));
      },
    },
  ]),
  {
    name: "changes: a rehearsal answers, and sees what it has changed itself",
    async play({ backend, readFile }) {
      const before = await contents(readFile);
      const { result } = await makerOf(backend).rehearse(async (xmail) => {
        await xmail.domains.add("example.jp");
        await xmail.accounts.add({
          domain: "example.jp",
          name: "ken",
          kind: "user",
          password: secret("pw-ken"),
        });
        await xmail.aliases.add({ domain: "example.jp", alias: "info", target: "ken@example.jp" });
        const isPassword = await xmail.accounts.checkPassword(
          { domain: "example.jp", name: "ken" },
          secret("pw-ken"),
        );
        return { names: (await accountsOf(xmail, "example.jp")).map(({ name }) => name), isPassword };
      });
      assert.deepEqual(result, { names: ["ken"], isPassword: true });
      assert.deepEqual(await backend.domains.list(), [DOMAIN]);
      assert.deepEqual(await contents(readFile), before);
    },
  },
  {
    name: "changes: what is refused in earnest is refused in a rehearsal, with the same error",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const before = await contents(readFile);
      const attempts: readonly ((xmail: Backend) => Promise<unknown>)[] = [
        ({ domains }) => domains.add(DOMAIN),
        ({ domains }) => domains.remove("none.example"),
        ({ accounts }) => accounts.add({ ...HANA, kind: "user", password: secret("x") }),
        ({ accounts }) => accounts.remove({ domain: DOMAIN, name: "nobody" }),
        ({ accounts }) => accounts.setPassword({ domain: DOMAIN, name: "nobody" }, secret("x")),
        ({ aliases }) => aliases.add({ domain: DOMAIN, alias: "info", target: `taro@${DOMAIN}` }),
        ({ aliases }) => aliases.remove(DOMAIN, "none"),
        ({ domainAliases }) => domainAliases.add({ alias: "example.net", real: DOMAIN }),
        ({ domainAliases }) => domainAliases.remove("none.example"),
        ({ files }) => files.edit("mailusers.tab", () => null),
        ({ files }) => files.edit("../x", () => null),
      ];
      for (const attempt of attempts) {
        const code = await codeOf(() => attempt(backend));
        assert.equal(await codeOf(() => makerOf(backend).rehearse(attempt)), code, String(attempt));
      }
      assert.deepEqual(await contents(readFile), before);
    },
  },
  {
    name: "changes: nothing to change is an empty change",
    async play({ backend, readFile }) {
      const before = await contents(readFile);
      const { changes, apply, result } = await makerOf(backend).rehearse(({ domains }) => domains.list());
      assert.deepEqual([result, changes.files, changes.commands], [[DOMAIN], [], []]);
      await apply();
      assert.deepEqual(await contents(readFile), before);
    },
  },
  {
    name: "changes: what somebody changed after the rehearsal is not overwritten",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const late = await makerOf(backend).rehearse(({ accounts }) => accounts.remove(HANA));
      await backend.aliases.remove(DOMAIN, "sales");
      const theirs = await contents(readFile);
      await refusedWith("FILE_CHANGED", late.apply);
      assert.deepEqual(await contents(readFile), theirs);
    },
  },
  {
    name: "changes: taking back keeps what others did elsewhere in the same files",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const done = await makerOf(backend).rehearse(async ({ aliases, accounts }) => {
        await aliases.remove(DOMAIN, "info");
        await accounts.setPassword(HANA, secret("other"));
      });
      await done.apply();
      await backend.accounts.add({ domain: DOMAIN, name: "yuki", kind: "user", password: secret("pw-yuki") });
      await backend.aliases.add({ domain: DOMAIN, alias: "help", target: `yuki@${DOMAIN}` });
      await (await makerOf(backend).takeBack(done.changes)).apply();
      const aliases = (await backend.aliases.list(DOMAIN)).map(({ alias }) => alias).sort();
      assert.deepEqual(aliases, ["help", "info", "sales"]);
      assert.ok(await backend.accounts.checkPassword(HANA, secret("pw-hana")));
      assert.ok(await backend.accounts.checkPassword({ domain: DOMAIN, name: "yuki" }, secret("pw-yuki")));
      assert.equal(await readFile("aliases.tab").then((file) => file?.match(/"info"/g)?.length), 1);
    },
  },
  {
    name: "changes: taking back what others changed since is refused with both versions",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const done = await makerOf(backend).rehearse((xmail) =>
        xmail.accounts.setPassword(HANA, secret("ours")),
      );
      await done.apply();
      await backend.accounts.setPassword(HANA, secret("theirs"));
      const theirs = await contents(readFile);
      const error = await refusedWith("CONFLICT", () => makerOf(backend).takeBack(done.changes));
      assert.ok(isAppError(error));
      const { expected, found } = error.internal;
      assert.ok(isSecret(expected) && isSecret(found), "both versions, which may hold passwords");
      assert.notEqual(expected.reveal(), found.reveal());
      assert.deepEqual(await contents(readFile), theirs);
    },
  },
  {
    name: "changes: taking back a removal is refused where somebody made the same name again",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const done = await makerOf(backend).rehearse(({ aliases }) => aliases.remove(DOMAIN, "info"));
      await done.apply();
      await backend.aliases.add({ domain: DOMAIN, alias: "info", target: `taro@${DOMAIN}` });
      const theirs = await contents(readFile);
      await refusedWith("CONFLICT", () => makerOf(backend).takeBack(done.changes));
      assert.deepEqual(await contents(readFile), theirs);
    },
  },
  {
    name: "changes: a domain in which others made something is not taken back with it",
    async play({ backend, readFile }) {
      const maker = makerOf(backend);
      const domain = "example.jp";
      const done = await maker.rehearse(({ domains }) => domains.add(domain));
      await done.apply();
      const ken = { domain, name: "ken" };
      await backend.accounts.add({ ...ken, kind: "user", password: secret("pw-ken") });
      await refusedWith("CONFLICT", () => maker.takeBack(done.changes));
      await backend.accounts.remove(ken);
      await backend.domainAliases.add({ alias: "example.net", real: domain });
      const theirs = await contents(readFile);
      await refusedWith("CONFLICT", () => maker.takeBack(done.changes));
      assert.deepEqual(await contents(readFile), theirs);
      await backend.domainAliases.remove("example.net");
      await backend.files.edit(`cmdaliases/${domain}/run.tab`, () => Buffer.from('"smtp"\n'));
      await refusedWith("CONFLICT", () => maker.takeBack(done.changes));
      await backend.files.edit(`cmdaliases/${domain}/run.tab`, () => null);
      await (await maker.takeBack(done.changes)).apply();
      assert.deepEqual(await backend.domains.list(), [DOMAIN]);
    },
  },
  {
    name: "changes: the undo of a removal is taken back, and that again",
    async play(stage) {
      await furnish(stage);
      const { backend, readFile } = stage;
      const maker = makerOf(backend);
      let last = await maker.rehearse(({ accounts }) => accounts.remove(HANA));
      const isGone = last.changes.files.some((one) => one.kind === "folderRemoved" && one.kept === null);
      if (isGone && backend.kind === "tab") return;
      const before = await contents(readFile);
      await last.apply();
      const removed = await contents(readFile);
      for (const wanted of [before, removed, before, removed]) {
        last = (await maker.takeBack(last.changes)) as typeof last;
        await last.apply();
        assert.deepEqual(rowsOf(await contents(readFile)), rowsOf(wanted));
      }
    },
  },
  {
    name: "changes: nothing is found half done where nothing was, and an empty bin stays so",
    async play({ backend }) {
      assert.deepEqual(await makerOf(backend).recover(), []);
      assert.equal(await makerOf(backend).emptyBin(new Date()), 0);
    },
  },
];

export const NO_CHANGE_CASES: readonly BackendCase[] = [
  {
    name: "changes: there are none, as was said",
    async play({ backend }) {
      assert.equal(backend.changes, undefined);
    },
  },
];

function rowsOf(files: Readonly<Record<string, string | null>>): Record<string, string[] | null> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      // An emptied file keeps a comment.
      const lines = text?.split("\n").filter((line) => line !== "" && line !== "#") ?? null;
      return [path, lines?.map((line) => line.replace(/\t\d+\t/, "\t#\t")).sort() ?? null];
    }),
  );
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    assert.ok(isAppError(error), `not one of our errors: ${error}`);
    return error.code;
  }
  return assert.fail("went through");
}

async function refusedWith(code: string, work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    assert.ok(isAppError(error), `not one of our errors: ${error}`);
    assert.equal(error.code, code);
    return error;
  }
  return assert.fail(`went through instead of ${code}`);
}

function shaOf(file: string | null): string | null {
  return file === null ? null : createHash("sha256").update(Buffer.from(file, "latin1")).digest("hex");
}

/** By its own hand, so that what a change tells can be checked without the code that told it. */
function applied(file: string, hunks: readonly Hunk[]): string {
  const lines = file.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let shift = 0;
  for (const { at, removed, added } of hunks) {
    assert.deepEqual(lines.splice(at + shift, removed.length, ...added), removed, "other lines stand there");
    shift += added.length - removed.length;
  }
  return lines.join("");
}
