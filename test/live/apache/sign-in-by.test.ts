import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendHttp } from "../../conformance/http-client.ts";
import { openWorld, type World } from "../../conformance/world.ts";
import { apache, describeWith } from "../../peers.ts";
import { type ApacheServer, startApache } from "./server.ts";
import { configurationOf, copyPrograms, guideConf } from "./site.ts";

const MODULES = [
  "cgid",
  "alias",
  "env",
  "auth_basic",
  "authn_core",
  "authn_file",
  "authz_core",
  "authz_user",
];

describeWith("apache", apache(), "Apache's basic authentication, believed by the panel", (where) => {
  let world: World;
  let folder: string;
  let server: ApacheServer;

  beforeAll(async () => {
    world = await openWorld("ctrl+files");
    folder = copyPrograms(
      configurationOf(world, {
        signInBy: { variable: "REMOTE_USER", users: [{ name: "hana", person: "master" }] },
      }),
    );
    // `htpasswd -nbs … secret`
    const hash = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
    writeFileSync(join(folder, "people"), `hana:${hash}\nkita:${hash}\n`);
    server = await startApache(where, {
      modules: MODULES,
      conf: () => `${guideConf("cgi", { "/srv/xmailcfg": folder })}
<Location /mail>
    AuthType Basic
    AuthName "Mail"
    AuthUserFile ${folder}/people
    Require valid-user
</Location>
<Location /mail/at>
    Require all granted
</Location>`,
    });
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, user?: string, headers: Record<string, string> = {}) =>
    sendHttp(server.origin, {
      method: "GET",
      path,
      headers: {
        accept: "text/html",
        ...(user === undefined
          ? {}
          : { authorization: `Basic ${Buffer.from(`${user}:secret`).toString("base64")}` }),
        ...headers,
      },
    });

  test("whoever it signed in and the map names is in, nobody else, and no header counts", {
    timeout: 60_000,
  }, async () => {
    expect((await get("/mail/domains")).status).toBe(401);
    const page = await get("/mail/domains", "hana");
    expect([page.status, Buffer.from(page.body).toString()]).toEqual([
      200,
      expect.stringContaining("example.com"),
    ]);
    expect((await get("/mail/domains", "kita")).status).toBe(303);
    expect(
      (await get("/mail/domains", "kita", { "remote-user": "master", "x-remote-user": "master" })).status,
    ).toBe(303);
    const door = await get("/mail/at/office/sign-in");
    expect([door.status, Buffer.from(door.body).toString()]).toEqual([
      200,
      expect.stringContaining("password"),
    ]);
    expect((await get("/mail/at/office/domains", "hana")).status).toBe(303);
  });
});
