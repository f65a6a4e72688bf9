import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { buildProgram } from "../../conformance/cgi-server.ts";
import { type Host, hostSuite } from "../../conformance/host-suite.ts";
import { openHttp, sendHttp } from "../../conformance/http-client.ts";
import { productSuite } from "../../conformance/product-suite.ts";
import { processesAt, until } from "../../conformance/stay-place.ts";
import { apache, describeWith } from "../../peers.ts";
import { APACHE_IDS, type ApacheServer, apacheFolder, OF_APACHE, startApache } from "./server.ts";
import { configurationOf, copyPrograms, guideConf } from "./site.ts";

const SLOW = { timeout: 120_000 };
const MODULES = ["cgid", "alias", "env"];

const CANNOT: Host["cannot"] = {
  aborted: "who answers notices that nobody reads, and not by the request's signal",
  idle: "Apache looks for its client only when it has something for him",
};

const hostAt = (server: ApacheServer, folder: string, stays: string): Host => ({
  origin: server.origin,
  basePath: "/mail",
  send: (sent) => sendHttp(server.origin, { ...sent, path: `/mail${sent.path}` }),
  open: (sent) => openHttp(server.origin, { ...sent, path: `/mail${sent.path}` }),
  cannot: CANNOT,
  differs: OF_APACHE,
  async close() {
    // It stayed through the whole suite.
    await until(() => processesAt(stays).length === 1);
    await server.stop();
    await ended(stays);
    rmSync(folder, { recursive: true, force: true });
  },
});

async function ended(stays: string): Promise<void> {
  for (const id of processesAt(stays)) process.kill(id, "SIGKILL");
  await until(() => processesAt(stays).length === 0);
}

describeWith("apache", apache(), "Apache, CGI whose process stays", (where) => {
  const start = (folder: string, block = "cgi-quick") =>
    startApache(where, { modules: MODULES, conf: () => guideConf(block, { "/srv/xmailcfg": folder }) });

  /** The suite's handler where the guide has xmailcfg's, with a state folder of Apache's user. */
  async function openSuite(block: string) {
    const program = await buildProgram();
    const folder = apacheFolder();
    const bin = join(folder, "cgi-bin");
    cpSync(dirname(program.path), bin, { recursive: true });
    program.remove();
    for (const name of ["", "xmailcfg.cgi", "xmailcfg-quick.cgi"]) chmodSync(join(bin, name), 0o755);
    const state = join(folder, "state");
    mkdirSync(state);
    if (process.getuid?.() === 0) chownSync(state, APACHE_IDS.uid, APACHE_IDS.gid);
    writeFileSync(join(bin, "xmailcfg.config.json"), JSON.stringify({ state, panel: { stay: 300 } }));
    return { folder, stays: join(state, "stay"), server: await start(folder, block) };
  }

  for (const block of ["cgi", "cgi-quick"])
    hostSuite(`Apache, CGI whose process stays, by ${block}`, async () => {
      const { folder, stays, server } = await openSuite(block);
      await fetch(`${server.origin}/mail/echo/process`);
      await until(() => processesAt(stays).length === 1);
      return hostAt(server, folder, stays);
    });

  productSuite("Apache, CGI whose process stays", async (world) => {
    const config = configurationOf(world, { stay: 300 });
    const folder = copyPrograms(config);
    return hostAt(await start(folder), folder, join(config.state, "stay"));
  });

  test(
    "the first request does not wait for it; it is Apache's user's and outlives Apache",
    SLOW,
    async () => {
      const { folder, stays, server } = await openSuite("cgi-quick");
      const ask = async () => (await (await fetch(`${server.origin}/mail/echo/process`)).json()).id as number;
      const [first] = [await ask()];
      // Two may be started at once; one goes again, and the other is there before it listens.
      const isAlone = async () => {
        const at = processesAt(stays);
        return at.length === 1 && (await ask()) === at[0];
      };
      await expect.poll(isAlone, { timeout: 20_000 }).toBe(true);
      const [id = 0] = processesAt(stays);
      expect(first).not.toBe(id);
      if (process.getuid?.() === 0) expect(statSync(`/proc/${id}`).uid).toBe(APACHE_IDS.uid);
      expect(readFileSync(`/proc/${id}/environ`, "utf8")).not.toMatch(/REMOTE_|HTTP_|SERVER_/);
      const upload = Buffer.alloc(30_000_000, "0123456789abcdef!");
      const got = await sendHttp(server.origin, {
        method: "PUT",
        path: "/mail/echo/bytes",
        headers: {},
        body: upload,
      });
      expect(Buffer.compare(got.body, upload)).toBe(0);
      await server.stop();
      expect(processesAt(stays)).toEqual([id]);
      await ended(stays);
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
