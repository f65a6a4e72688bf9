import assert from "node:assert/strict";
import { type BackendCase, DOMAIN, POSTMASTER } from "./stage.ts";

const TABLE = "smtprelay.tab";
const bytes = (text: string) => Buffer.from(text, "latin1");
const text = (file: Uint8Array | null) => file && Buffer.from(file).toString("latin1");

export const FILE_CASES: readonly BackendCase[] = [
  {
    name: "files: are read as they are, and null when there is none",
    async play({ backend: { files }, readFile }) {
      assert.equal(text(await files.read("domains.tab")), await readFile("domains.tab"));
      assert.equal(await files.read("filters/none.tab"), null);
    },
  },
  {
    name: "files: a folder lists its plain files, sorted; a missing one none",
    async play({ backend: { files } }) {
      for (const name of ["b.tab", "C.tab", "a.tab"]) await files.edit(`filters/${name}`, () => bytes("x\n"));
      assert.deepEqual(await files.list("filters"), ["C.tab", "a.tab", "b.tab"]);
      assert.deepEqual(await files.list("none"), []);
      const folders = await files.folders("domains");
      assert.ok(folders === null || folders.includes("example.com"), "folders are shown, or known not to be");
    },
  },
  {
    name: "files: an edit gets the bytes and replaces them, bytes over 127 too",
    async play({ backend: { files }, readFile }) {
      await files.edit(TABLE, () => bytes(`"10.0.0.1"\t"255.255.255.255"\n# caf\xe9 \x80\xff\n`));
      await files.edit(TABLE, (before) => Buffer.concat([before ?? bytes("?"), bytes(`"10.0.0.2"\n`)]));
      const wanted = `"10.0.0.1"\t"255.255.255.255"\n# caf\xe9 \x80\xff\n"10.0.0.2"\n`;
      assert.equal(await readFile(TABLE), wanted);
      assert.equal(text(await files.read(TABLE)), wanted);
    },
  },
  {
    name: "files: an edit makes a file where there is none, and null takes one away",
    async play({ backend: { files }, readFile }) {
      await files.edit("filters/new.tab", (before) => {
        assert.equal(before, null);
        return bytes(`"/bin/true"\n`);
      });
      assert.equal(await readFile("filters/new.tab"), `"/bin/true"\n`);
      await files.edit("filters/new.tab", () => null);
      assert.equal(await readFile("filters/new.tab"), null);
      assert.equal(await files.read("filters/new.tab"), null);
      await files.edit("filters/new.tab", () => null);
    },
  },
  {
    name: "files: what an edit refuses changes nothing, and the same bytes are no change",
    async play({ backend: { files }, readFile }) {
      await files.edit(TABLE, () => bytes("# one\n"));
      await assert.rejects(
        files.edit(TABLE, () => {
          throw new Error("not so");
        }),
        /not so/,
      );
      await files.edit(TABLE, (before) => before && Uint8Array.from(before));
      assert.equal(await readFile(TABLE), "# one\n");
    },
  },
  {
    name: "files: a table with an index is read but not edited",
    async play({ backend: { files }, refused }) {
      for (const path of [
        "domains.tab",
        "mailusers.tab",
        "aliases.tab",
        "aliasdomain.tab",
        "extaliases.tab",
      ]) {
        assert.notEqual(await files.read(path), null);
        await refused(() => files.edit(path, () => bytes("# gone\n")), "STORAGE_DENIED");
      }
    },
  },
  {
    name: "files: what is no path is refused",
    async play({ backend: { files }, refused }) {
      for (const path of ["../x", "/etc/passwd", "a//b", "a/./b", "a\\b"]) {
        await refused(() => files.read(path), "STORAGE_PATH");
        await refused(() => files.list(path), "STORAGE_PATH");
        await refused(() => files.edit(path, () => bytes("x\n")), "STORAGE_PATH");
      }
    },
  },
  {
    name: "accounts: a folder is told below MailRoot, the domain in lower case",
    async play({ backend: { accounts }, account, refused, readFile }) {
      await account("Hana");
      const folder = await accounts.folder({ domain: "Example.COM", name: "hana" });
      assert.match(folder, new RegExp(`^domains/${DOMAIN}/hana$`, "i"));
      assert.notEqual(await readFile(`${folder}/user.tab`), null);
      assert.equal(await accounts.folder(POSTMASTER), `domains/${DOMAIN}/postmaster`);
      await refused(() => accounts.folder({ domain: DOMAIN, name: "nobody" }), "ACCOUNT_NOT_FOUND");
    },
  },
];
