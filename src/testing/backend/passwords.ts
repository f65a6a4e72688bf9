import assert from "node:assert/strict";
import { secret } from "../../errors/secret.ts";
import { type BackendCase, DOMAIN, POSTMASTER } from "./stage.ts";

export const PASSWORD_CASES: readonly BackendCase[] = [
  {
    name: "passwords: only the right one is right",
    async play({ backend: { accounts }, account }) {
      const bob = await account("bob");
      assert.equal(await accounts.checkPassword(bob, secret("pw-bob")), true);
      assert.equal(
        await accounts.checkPassword({ domain: "EXAMPLE.com", name: "Bob" }, secret("pw-bob")),
        true,
      );
      for (const wrong of ["PW-BOB", "pw-bo", "pw-bobb", "pw-postmaster"]) {
        assert.equal(await accounts.checkPassword(bob, secret(wrong)), false, wrong);
      }
    },
  },
  {
    name: "passwords: a new one counts at once, for this account alone",
    async play({ backend: { accounts }, account }) {
      const bob = await account("bob");
      const carol = await account("carol");
      await accounts.setPassword(bob, secret("another one"));
      assert.equal(await accounts.checkPassword(bob, secret("another one")), true);
      assert.equal(await accounts.checkPassword(bob, secret("pw-bob")), false);
      assert.equal(await accounts.checkPassword(carol, secret("pw-carol")), true);
    },
  },
  {
    name: "passwords: every sign is kept",
    async play({ backend: { accounts } }) {
      for (const password of ['a"b', "a\\b", "end\\", "#x", " blank ", "!$%&'()*+,-./:;=?@[]^_`{|}~"]) {
        await accounts.setPassword(POSTMASTER, secret(password));
        assert.equal(await accounts.checkPassword(POSTMASTER, secret(password)), true, password);
      }
    },
  },
  {
    name: "passwords: a change keeps the order of accounts and everything else of the row",
    async play({ backend: { accounts }, account, readFile }) {
      const bob = await account("bob");
      await account("carol");
      const before = await readFile("mailusers.tab");
      await accounts.setPassword(bob, secret("hello"));
      assert.equal(await readFile("mailusers.tab"), before?.replace("151248070a07", "0d0009090a"));
    },
  },
  {
    name: "passwords: what XMail cannot hold is refused",
    async play({ backend: { accounts }, refused }) {
      // XMail's buffer holds 255 bytes and no more; 300 end the server.
      await refused(() => accounts.setPassword(POSTMASTER, secret("x".repeat(300))));
      await refused(() =>
        accounts.add({ domain: DOMAIN, name: "bob", kind: "user", password: secret("x".repeat(300)) }),
      );
    },
  },
  {
    name: "passwords: of unknown accounts are refused",
    async play({ backend: { accounts }, refused }) {
      for (const ref of [
        { domain: DOMAIN, name: "nobody" },
        { domain: "none.example", name: "postmaster" },
        { domain: DOMAIN, name: "*" },
      ]) {
        await refused(() => accounts.setPassword(ref, secret("x")), "ACCOUNT_NOT_FOUND");
        await refused(() => accounts.checkPassword(ref, secret("x")), "ACCOUNT_NOT_FOUND");
      }
    },
  },
  {
    name: "passwords: a domain alias is not followed, though XMail would",
    async play({ backend: { accounts, domainAliases }, refused }) {
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      // Whoever may act on one domain must not reach accounts of another under a second name.
      const ref = { ...POSTMASTER, domain: "Example.NET" };
      await refused(() => accounts.setPassword(ref, secret("hello")), "ACCOUNT_NOT_FOUND");
      await refused(() => accounts.checkPassword(ref, secret("pw-postmaster")), "ACCOUNT_NOT_FOUND");
    },
  },
];
