import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../conformance/cgi-server.ts";
import { type Host, hostSuite, type OpenHost } from "../../conformance/host-suite.ts";
import { openHttp, sendHttp } from "../../conformance/http-client.ts";
import { productSuite } from "../../conformance/product-suite.ts";
import { apache, describeWith } from "../../peers.ts";
import { MASTER_KEY } from "../../unit/http/panel-of-notes.ts";
import { type ApacheServer, apacheFolder, OF_APACHE, startApache } from "./server.ts";
import { configurationOf, copyPrograms, guideConf } from "./site.ts";

const MODULES = ["cgid", "alias", "env", "rewrite", "auth_basic", "authn_core", "authn_file", "authz_user"];

/** Processes that run a program of this folder. */
function programsIn(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(`${folder}/cgi-bin/`) || line.includes("node\0./xmailcfg.cgi"));
}

/** The suite's handler as a CGI program, where the guide has xmailcfg's. */
async function suiteFolder(): Promise<string> {
  const program = await buildProgram();
  const folder = apacheFolder();
  const bin = join(folder, "cgi-bin");
  cpSync(dirname(program.path), bin, { recursive: true });
  program.remove();
  for (const path of [bin, join(bin, "xmailcfg.cgi")]) chmodSync(path, 0o755);
  return folder;
}

const KILLED = "Apache ends the program whose client has left";

const hostAt = (server: ApacheServer, basePath: string, folder: string): Host => ({
  origin: server.origin,
  basePath,
  send: (sent) => sendHttp(server.origin, { ...sent, path: basePath + sent.path }),
  open: (sent) => openHttp(server.origin, { ...sent, path: basePath + sent.path }),
  cannot: { aborted: KILLED, cancelled: KILLED, idle: KILLED, broken: KILLED },
  differs: {
    ...OF_APACHE,
    ...(basePath === "/panel" ? { "path, query and headers": "mod_rewrite refuses %3F" } : {}),
  },
  async close() {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

describeWith("apache", apache(), "Apache, CGI", (where) => {
  const mounts = {
    "/mail": ["cgi"],
    "/panel": ["cgi", "rewrite"],
    "/cgi-bin/xmailcfg.cgi": ["cgi", "rewrite"],
  } as const;

  for (const [basePath, blocks] of Object.entries(mounts)) {
    const start = (folder: string) =>
      startApache(where, {
        modules: MODULES,
        conf: () => blocks.map((name) => guideConf(name, { "/srv/xmailcfg": folder })).join("\n"),
      });
    const openSuite: OpenHost = async () => {
      const folder = await suiteFolder();
      return hostAt(await start(folder), basePath, folder);
    };
    hostSuite(`Apache, CGI at ${basePath}`, openSuite);
    productSuite(`Apache, CGI at ${basePath}`, async (world) => {
      const folder = copyPrograms(configurationOf(world));
      return hostAt(await start(folder), basePath, folder);
    });
  }

  describe("its own ways", () => {
    let server: ApacheServer;
    let folder: string;
    beforeAll(async () => {
      folder = await suiteFolder();
      server = await startApache(where, {
        modules: MODULES,
        conf: () => `${guideConf("cgi", { "/srv/xmailcfg": folder })}
ScriptAlias /private ${folder}/cgi-bin/xmailcfg.cgi
<Location /private>
    AuthType Basic
    AuthName "Apache's own"
    AuthUserFile ${folder}/people
    Require valid-user
</Location>`,
      });
      // `htpasswd -nbs hana secret`
      writeFileSync(join(folder, "people"), "hana:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
    });
    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const get = (path: string, headers: Record<string, string> = {}) =>
      sendHttp(server.origin, { method: "GET", path, headers });
    const json = async (path: string, headers: Record<string, string> = {}) =>
      JSON.parse(Buffer.from((await get(path, headers)).body).toString()) as Record<string, unknown>;

    test("redirects are 303 and absolute, and not followed by Apache itself", async () => {
      const got = await get("/mail/echo/away");
      expect([got.status, got.headers["location"]]).toEqual([303, `${server.origin}/mail/echo/request`]);
    });

    test("a chunked body of unknown length arrives whole", async () => {
      const pieces = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10_000, String(index)));
      const text = await new Promise<string>((resolve, reject) => {
        const outgoing = request(`${server.origin}/mail/echo/digest`, { method: "POST", agent: false });
        outgoing.once("error", reject).once("response", async (incoming) => {
          resolve(Buffer.concat(await incoming.toArray()).toString());
        });
        for (const piece of pieces) outgoing.write(piece);
        outgoing.end();
      });
      expect(text).toMatch(/^500000 /);
    });

    test("an upload of 30 MB arrives whole, and comes back whole", async () => {
      const body = Buffer.alloc(30_000_000, "0123456789abcdef!");
      const got = await sendHttp(server.origin, {
        method: "PUT",
        path: "/mail/echo/bytes",
        headers: {},
        body,
      });
      expect(Buffer.compare(got.body, body)).toBe(0);
    });

    test.each([1_500_000, 12_000_000])("who sends %i bytes too many gets 413 and no reset", async (size) => {
      const headers = { authorization: `Bearer ${MASTER_KEY}`, "content-type": "application/json" };
      const path = "/mail/api/domains/a/notes";
      for (let times = 0; times < 3; times += 1) {
        const got = await sendHttp(server.origin, {
          method: "POST",
          path,
          headers,
          body: Buffer.alloc(size, " "),
        });
        expect(got.status).toBe(413);
      }
    });

    test.each(["endless", "idle"])(
      "a program whose client left during an answer that is %s is ended",
      async (what) => {
        const marks = join(folder, "cgi-bin");
        const opening = openHttp(server.origin, {
          method: "GET",
          path: `/mail/echo/${what}?in=${marks}`,
          headers: {},
        });
        await opening.read();
        expect(programsIn(folder).length).toBe(1);
        opening.leave();
        for (const end = Date.now() + 15_000; programsIn(folder).length > 0 && Date.now() < end; ) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect(programsIn(folder)).toEqual([]);
      },
    );

    test("API keys come through, and no HTTP_PROXY", async () => {
      const key = { authorization: `Bearer ${MASTER_KEY}` };
      expect((await get("/mail/api/notes", key)).status).toBe(200);
      expect((await get("/mail/api/notes")).status).toBe(401);
      expect(await json("/mail/echo/request", { proxy: "http://evil.example" })).toMatchObject({
        base: "/mail",
      });
    });

    test("Apache's own sign-in stands in front, and tells who came", async () => {
      expect((await get("/private/echo/request")).status).toBe(401);
      const authorization = `Basic ${Buffer.from("hana:secret").toString("base64")}`;
      expect(await json("/private/echo/request", { authorization })).toMatchObject({ user: "hana" });
    });
  });

  describe.each([
    ["that is not JSON", "{", "BAD_CONFIG"],
    ["without state", '{ "xmail": { "mailRoot": "/nowhere", "offline": true } }', "BAD_CONFIG"],
  ])("with a configuration %s", (_, text, code) => {
    test("shows a page that says so and nothing else; the log has the reason", async () => {
      const folder = copyPrograms({});
      writeFileSync(join(folder, "cgi-bin/xmailcfg.config.json"), text);
      const conf = guideConf("cgi", { "/srv/xmailcfg": folder });
      const server = await startApache(where, { modules: MODULES, conf: () => conf });
      try {
        const page = await fetch(`${server.origin}/mail/accounts`, { headers: { accept: "text/html" } });
        const words = await page.text();
        expect([page.status, page.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
        expect(words).toContain("<h1>");
        expect(words).not.toMatch(/xmailcfg-apache|at .*\.cjs|SyntaxError|nowhere/);
        const problem = await fetch(`${server.origin}/mail/api/accounts`);
        expect([problem.status, problem.headers.get("content-type")]).toEqual([
          500,
          "application/problem+json",
        ]);
        expect(server.errorLog()).toContain(code);
      } finally {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });

  test("finds a configuration elsewhere by XMAILCFG_CONFIG", async () => {
    const folder = copyPrograms({});
    rmSync(join(folder, "cgi-bin/xmailcfg.config.json"));
    const elsewhere = join(folder, "elsewhere.json");
    writeFileSync(elsewhere, "{ wrong");
    const fitted = { "/srv/xmailcfg": folder, "/etc/xmailcfg/xmailcfg.config.json": elsewhere };
    const conf = guideConf("cgi", fitted) + guideConf("cgi-config", fitted);
    const server = await startApache(where, { modules: MODULES, conf: () => conf });
    try {
      expect((await fetch(`${server.origin}/mail/`)).status).toBe(500);
      // The program says why after its answer, and Apache writes it down when it comes.
      await expect.poll(() => server.errorLog(), { timeout: 20_000 }).toContain("BAD_CONFIG");
      expect(server.errorLog()).not.toContain("There is no configuration");
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
