import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { sftp } from "../../../src/storage/sftp/sftp.ts";
import { storageSuite } from "../../../src/testing/storage-suite.ts";
import { describeWith, sshd } from "../../peers.ts";
import { type Sshd, startSshd } from "./server.ts";

vi.setConfig({ testTimeout: 60_000 });

describeWith("sshd", sshd(), "sftp on a real OpenSSH server", () => {
  for (const extensions of [true, false]) {
    describe(extensions ? "with OpenSSH's additions" : "with the bare protocol", () => {
      let server: Sshd;
      beforeAll(async () => {
        server = await startSshd({ extensions });
      });
      afterAll(() => server.stop());

      const open = async () => {
        const root = mkdtempSync(join(server.folder, "root-"));
        mkdirSync(root, { recursive: true });
        const reopen = () =>
          sftp({
            host: "127.0.0.1",
            port: server.port,
            user: server.user,
            hostKey: server.hostKey,
            privateKey: new Secret(server.privateKey),
            root,
          });
        return {
          storage: await reopen(),
          reopen,
          close: async () => rmSync(root, { recursive: true, force: true }),
        };
      };
      for (const { name, run } of storageSuite(open)) test(name, run);

      test("claims what the server has, and nothing else", async () => {
        const { storage, close } = await open();
        expect(storage.can).toEqual({
          atomicReplace: extensions,
          exclusiveCreate: true,
          rangedRead: true,
          append: extensions,
          durableWrite: extensions,
          watch: false,
          caseSensitive: true,
          binary: true,
          folders: true,
          move: extensions,
          times: true,
        });
        await storage.close();
        await close();
      });
    });
  }
});
