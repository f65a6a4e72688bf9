import { expect, test } from "vitest";
import { Secret } from "../../../../src/errors/secret.ts";
import { smb } from "../../../../src/storage/smb/smb.ts";

const OPTIONS = { host: "127.0.0.1", port: 1, share: "mail", user: "mail", password: new Secret("x") };

test.each([
  ["a root that leads upwards", { root: "a/../b" }],
  ["a root with a name that Windows has not", { root: "mail:root" }],
  ["a root of ours", { root: ".xmailcfg-tmp-x" }],
  ["a share with a slash", { share: "mail/root" }],
  ["no user", { user: "" }],
])("%s is a wrong configuration, before anybody is asked", async (_, more) => {
  await expect(smb({ ...OPTIONS, ...more })).rejects.toMatchObject({ code: "BAD_CONFIG" });
});
