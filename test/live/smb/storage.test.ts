import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { smb } from "../../../src/storage/smb/smb.ts";
import { storageSuite } from "../../../src/testing/storage-suite.ts";
import { describeWith, samba } from "../../peers.ts";
import { type SambaKind, type SambaServer, startSamba } from "./servers.ts";

const KINDS: readonly SambaKind[] = ["default", "signing", "encryption", "smb3.1.1", "smb2"];

describeWith("samba", samba(), "smb against Samba", () => {
  describe.each(KINDS)("%s", (kind) => {
    let server: SambaServer;
    let count = 0;
    beforeAll(async () => {
      server = await startSamba(kind);
    });
    afterAll(() => server.stop());

    const open = async () => {
      count += 1;
      const root = `roots/${count}`;
      mkdirSync(join(server.folder, root), { recursive: true });
      const options = { host: "127.0.0.1", ...server, root };
      return { storage: await smb(options), reopen: () => smb(options) };
    };
    for (const { name, run } of storageSuite(open)) test(name, run);
  });
});
