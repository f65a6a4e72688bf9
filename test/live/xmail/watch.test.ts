import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { libraryOver, type XMail } from "../../../src/library.ts";
import { openBackend } from "../../../src/open.ts";
import { openWatch } from "../../../src/open-watch.ts";
import { openState } from "../../../src/state/state.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

/** XMail delivers what stands in `spool/local` within seconds. */
const ARRIVAL_MS = 30_000;

describeWith(
  "xmail",
  xmailBin(),
  "what is new on a running XMail, told by a mail that it delivers",
  (bin) => {
    let server: XMailServer;
    let xmail: XMail;
    beforeAll(async () => {
      server = await startXMail(bin);
      const ctrl = { host: "127.0.0.1", port: server.port, ...CTRL };
      const backend = await openBackend({ ctrl, storage: local(server.folder) });
      const watch = openWatch(
        { mailTo: ["hana@example.com"], mailFrom: "xmailcfg@example.com" },
        {
          memory: (await openState(memory())).watch,
          post: backend.post,
          serverName: "mx1",
          now: () => new Date(),
        },
      );
      xmail = libraryOver(backend, { watch });
      await xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    }, 120_000);
    afterAll(async () => {
      await xmail.close();
      server.stop();
      await allStopped();
    }, 60_000);

    /** Mails that XMail has delivered, as soon as there are so many. */
    async function letters(count: number) {
      const box = join(server.folder, "domains/example.com/hana/Maildir/new");
      const until = Date.now() + ARRIVAL_MS;
      let names: string[] = [];
      do {
        await new Promise((resolve) => setTimeout(resolve, 100));
        names = await readdir(box).catch(() => []);
      } while (names.length < count && Date.now() < until);
      return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(box, name)))));
    }

    test("a certificate that ends is told once, and once more when it is no trouble any longer", async () => {
      // The server has one of a day.
      const { told } = await xmail.watch.run({});
      expect(told).toMatchObject([{ way: "mail:hana@example.com", begun: 1, over: 0, failure: null }]);
      expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, over: 0, failure: null }]);
      const [first, ...others] = await letters(1);
      expect(others).toEqual([]);
      expect(first?.subject).toContain("mx1");
      expect(first?.from?.address).toBe("xmailcfg@example.com");
      expect(first?.text).toContain("localhost");
      await rm(join(server.folder, "server.cert"));
      expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, over: 1, failure: null }]);
      const subjects = (await letters(2)).map(({ subject }) => subject);
      expect(new Set(subjects).size).toBe(2);
    }, 90_000);
  },
);
