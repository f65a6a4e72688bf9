import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ASSETS } from "../../src/web/assets.ts";
import type { Got, Host, Sent } from "./host-suite.ts";
import { openWorld, type World } from "./world.ts";

/** The whole product through a host: what a person and a program do with it, over a simulated XMail. */
export function productSuite(name: string, openHost: (world: World) => Promise<Host>): void {
  describe(`${name}, the product`, { timeout: 60_000 }, () => {
    let world: World;
    let host: Host;
    let person: Person;
    let key: string;

    beforeAll(async () => {
      world = await openWorld("ctrl+files");
      key = (await world.state.addApiKey({ administrator: "master", name: "host" })).reveal();
      host = await openHost(world);
      person = personAt(host);
    });
    afterAll(async () => {
      await host?.close();
      await world?.close();
    });

    test("sends a stranger to sign in, and takes the right password only", async () => {
      expect(await person.get("/accounts")).toMatchObject({ status: 303 });
      await person.get("/sign-in?next=%2Faccounts");
      const wrong = await person.post("/sign-in", { name: "master", password: "wrong", next: "/accounts" });
      expect(wrong.status).toBe(422);
      expect(textOf(wrong)).toContain("Name or password is wrong.");
      const right = await person.post("/sign-in", {
        name: "master",
        password: "Administrator-1",
        next: "/accounts",
      });
      expect(right.status).toBe(303);
      expect(new URL(right.headers["location"] ?? "", host.origin).href).toBe(
        `${host.origin}${host.basePath}/accounts`,
      );
    });

    test("adds an account by its form and lists it, with links below its mount", async () => {
      await person.get("/add-account");
      const added = await person.post("/add-account", {
        domain: "example.com",
        name: "hana",
        password: "tall-bridge-42",
        passwordAgain: "tall-bridge-42",
        realName: "佐藤 花",
      });
      expect(added.status).toBe(303);
      expect(readFileSync(join(world.mailRoot, "mailusers.tab"), "latin1")).toContain(
        '"example.com"\t"hana"',
      );
      const list = await person.get("/accounts?domain=example.com");
      expect(list.status).toBe(200);
      expect(textOf(list)).toContain(`href="${host.basePath}/accounts/example.com/hana"`);
      expect(textOf(list)).toContain("佐藤 花");
    });

    test("speaks Japanese to whoever asks for it", async () => {
      const page = await person.get("/accounts", { "accept-language": "ja" });
      expect(textOf(page)).toContain('<html lang="ja"');
    });

    test("answers the API with a key, and nobody without", async () => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const body = Buffer.from('{"alias":"sales","target":"hana"}');
      const path = "/api/domains/example.com/aliases";
      const send = (sent: Omit<Sent, "path">) => host.send({ ...sent, path });
      expect(await send({ method: "POST", headers, body })).toMatchObject({ status: 200, cookies: [] });
      const list = await host.send({ method: "GET", path: "/api/aliases?domain=example.com", headers });
      expect(JSON.parse(textOf(list))).toMatchObject({
        items: [{ alias: "sales", target: "hana@example.com" }],
      });
      const { authorization: _, ...stranger } = headers;
      expect((await send({ method: "POST", headers: stranger, body })).status).toBe(401);
    });

    test("refuses what is too large, to a program and to a person", async () => {
      const large = "x".repeat(1_500_000);
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const body = Buffer.from(JSON.stringify({ alias: large, target: "hana" }));
      const path = "/api/domains/example.com/aliases";
      const problem = await host.send({ method: "POST", path, headers, body });
      expect([problem.status, problem.headers["content-type"]]).toEqual([413, "application/problem+json"]);
      expect(JSON.parse(textOf(problem))).toMatchObject({ code: "BODY_TOO_LARGE" });
      const page = await person.post("/add-account", { realName: large });
      expect(page.status).toBe(413);
      expect(textOf(page)).toContain("<html");
    });

    test("serves its look with type, length and a year in the cache, and 304 afterwards", async () => {
      const page = textOf(await person.get("/accounts"));
      for (const { name: file, type, bytes } of ASSETS) {
        const [stem = "", ending = ""] = file.split(".");
        const href = new RegExp(`"(${host.basePath}/assets/${stem}\\.[0-9a-f]{16}\\.${ending})"`).exec(
          page,
        )?.[1];
        expect(href, file).toBeDefined();
        const path = (href ?? "").slice(host.basePath.length);
        const got = await person.get(path);
        expect(got, file).toMatchObject({
          status: 200,
          cookies: [],
          headers: { "content-type": type, "cache-control": "public, max-age=31536000, immutable" },
        });
        expect(digest(got.body)).toBe(digest(bytes));
        const again = await person.get(path, { "if-none-match": got.headers["etag"] ?? "" });
        expect([again.status, again.body.byteLength]).toEqual([304, 0]);
      }
    });

    test("signs out", async () => {
      await person.get("/accounts");
      expect((await person.post("/sign-out", {})).status).toBe(303);
      expect((await person.get("/accounts")).status).toBe(303);
    });

    test("knows the client's address, in the audit log", () => {
      expect(world.everything()).toContain('"from":"127.0.0.1"');
    });
  });
}

interface Person {
  get(path: string, headers?: Sent["headers"]): Promise<Got>;
  /** Sends a form with the token of the page that was seen last. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Got>;
}

/** Somebody with a browser: keeps cookies, and the token of the form before him. */
function personAt(host: Host): Person {
  const cookies = new Map<string, string>();
  let token = "";
  const ask = async (sent: Sent): Promise<Got> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const got = await host.send({
      ...sent,
      headers: { accept: "text/html", ...(cookie === "" ? {} : { cookie }), ...sent.headers },
    });
    for (const line of got.cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    token = /name="csrf" value="([^"]+)"/.exec(textOf(got))?.[1] ?? token;
    return got;
  };
  return {
    get: (path, headers = {}) => ask({ method: "GET", path, headers }),
    post: (path, fields) =>
      ask({
        method: "POST",
        path,
        headers: { origin: host.origin, "content-type": "application/x-www-form-urlencoded" },
        body: Buffer.from(new URLSearchParams({ csrf: token, ...fields }).toString()),
      }),
  };
}

function textOf({ body }: Got): string {
  return Buffer.from(body).toString();
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
