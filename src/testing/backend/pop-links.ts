import assert from "node:assert/strict";
import { secret } from "../../errors/secret.ts";
import { type BackendCase, DOMAIN } from "./stage.ts";

const WITH_PORT = {
  domain: DOMAIN,
  name: "postmaster",
  host: "pop.provider.example:995",
  remoteName: "zoe",
};
const SECRETS = { options: ["POP3S", "Leave=1"], password: secret("fetch-me") };
const BY_RULE = [
  { domain: `@${DOMAIN}`, name: "all", host: "pop.provider.example", remoteName: "all" },
  { domain: `?${DOMAIN},old.example`, name: "masq", host: "pop.provider.example", remoteName: "masq" },
  { domain: `&.suffix,${DOMAIN}`, name: "more", host: "pop.provider.example", remoteName: "more" },
] as const;
/** `colons`: whether the files may have a colon in their names, as the mark of a link with a port has. */
export function popLinkCases(colons: boolean): readonly BackendCase[] {
  const key = colons ? WITH_PORT : { ...WITH_PORT, host: "pop.provider.example" };
  return [...casesOf(key), ...(colons ? [] : NO_COLONS)];
}

const casesOf = (KEY: typeof WITH_PORT): readonly BackendCase[] => {
  const LINK = { ...KEY, ...SECRETS };
  const OFF = `domains/${DOMAIN}/postmaster/zoe@${KEY.host}.disabled`;
  return [
    {
      name: "POP3 links: all kinds are added, on, in the order of the file, passwords coded",
      async play({ backend: { popLinks }, readFile }) {
        await popLinks.add(LINK);
        for (const key of BY_RULE) await popLinks.add({ ...key, options: [], password: secret("x") });
        assert.deepEqual(await popLinks.list(), [
          { ...KEY, options: ["POP3S", "Leave=1"], enabled: true },
          ...BY_RULE.map((key) => ({ ...key, options: [], enabled: true })),
        ]);
        const row = [DOMAIN, KEY.name, KEY.host, KEY.remoteName, "030011060d480800", "POP3S,Leave=1"];
        const file = (await readFile("pop3links.tab")) ?? "";
        assert.ok(file.split("\n").includes(row.map((cell) => `"${cell}"`).join("\t")), file);
        assert.ok(!file.includes("fetch-me"));
      },
    },
    {
      name: "POP3 links: the same link is refused, whatever its capitals, and so is what is no file name",
      async play({ backend: { popLinks }, refused }) {
        await popLinks.add(LINK);
        await refused(
          () => popLinks.add({ ...LINK, domain: "Example.COM", remoteName: "ZOE" }),
          "POP_LINK_EXISTS",
        );
        for (const wrong of [{ remoteName: "a/b" }, { host: ".." }, { remoteName: "" }, { host: "a\nb" }]) {
          await refused(() => popLinks.add({ ...LINK, ...wrong }));
        }
      },
    },
    {
      name: "POP3 links: switched off and on, and a link of nobody cannot be",
      async play({ backend: { popLinks }, refused, readFile }) {
        const orphan = { ...LINK, name: "nobody" };
        for (const link of [LINK, orphan, { ...LINK, ...BY_RULE[0] }]) await popLinks.add(link);
        const states = async () => (await popLinks.list()).map(({ enabled }) => enabled);
        assert.deepEqual(await states(), [true, false, true]);
        await popLinks.turn(KEY, false);
        await popLinks.turn(KEY, false);
        await popLinks.turn(BY_RULE[0], false);
        assert.deepEqual(await states(), [false, false, false]);
        assert.notEqual(await readFile(OFF), null);
        assert.notEqual(await readFile("pop3links/all@pop.provider.example.disabled"), null);
        await popLinks.turn(KEY, true);
        await popLinks.turn(BY_RULE[0], true);
        assert.deepEqual(await states(), [true, false, true]);
        assert.equal(await readFile(OFF), null);
        await refused(() => popLinks.turn(orphan, true), "ACCOUNT_NOT_FOUND");
        await refused(() => popLinks.turn({ ...KEY, host: "other.example" }, true), "POP_LINK_NOT_FOUND");
      },
    },
    {
      name: "POP3 links: a change leaves on or off, place and password as they were",
      async play({ backend: { popLinks }, refused, readFile }) {
        await popLinks.add(LINK);
        await popLinks.add({ ...LINK, ...BY_RULE[0] });
        await popLinks.turn(KEY, false);
        await popLinks.change(KEY, { options: ["STLS"] });
        assert.deepEqual((await popLinks.list())[0], { ...KEY, options: ["STLS"], enabled: false });
        const row = async () =>
          ((await readFile("pop3links.tab")) ?? "")
            .split("\n")
            .find((one) => one.includes(`"${KEY.remoteName}"`));
        assert.match((await row()) ?? "", /"030011060d480800"\t"STLS"$/);
        await popLinks.change(KEY, { options: [], password: secret("x") });
        assert.match((await row()) ?? "", /"1d"\t""$/);
        await refused(
          () => popLinks.change({ ...KEY, remoteName: "q" }, { options: [] }),
          "POP_LINK_NOT_FOUND",
        );
      },
    },
    {
      name: "POP3 links: removed with the mark that they are off",
      async play({ backend: { popLinks }, refused, readFile }) {
        await popLinks.add(LINK);
        await popLinks.add({ ...LINK, name: "nobody" });
        await popLinks.turn(KEY, false);
        await popLinks.remove({ ...KEY, domain: "EXAMPLE.com" });
        assert.equal(await readFile(OFF), null);
        await popLinks.remove({ ...KEY, name: "nobody" });
        assert.deepEqual(await popLinks.list(), []);
        await refused(() => popLinks.remove(KEY), "POP_LINK_NOT_FOUND");
      },
    },
  ];
};

const NO_COLONS: readonly BackendCase[] = [
  {
    name: "POP3 links: one with a port is listed and removed; it is switched off only where its mark can be kept",
    async play({ backend: { kind, popLinks }, refused }) {
      await popLinks.add({ ...WITH_PORT, ...SECRETS });
      const isOn = async () => (await popLinks.list()).map(({ enabled }) => enabled);
      if (kind === "tab") await refused(() => popLinks.turn(WITH_PORT, false), "STORAGE_PATH");
      else await popLinks.turn(WITH_PORT, false);
      assert.deepEqual(await isOn(), [kind === "tab"]);
      await popLinks.turn(WITH_PORT, true);
      assert.deepEqual(await isOn(), [true]);
      await popLinks.change(WITH_PORT, { options: ["STLS"] });
      await popLinks.remove(WITH_PORT);
      assert.deepEqual(await popLinks.list(), []);
    },
  },
];
