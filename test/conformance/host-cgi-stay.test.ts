import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildProgram, CANNOT_OF_CGI, openCgi, sendCgi, startProgram } from "./cgi-server.ts";
import { hostSuite } from "./host-suite.ts";
import { isMarked, mark, marked } from "./marks.ts";
import { openPlace, type Place, pause, until } from "./stay-place.ts";

let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** Two ways to it, of which one is written in Perl. */
const STARTS = ["xmailcfg.cgi", "xmailcfg-quick.cgi"] as const;
const startOf = (name: string) => join(dirname(program.path), name);

for (const name of STARTS)
  hostSuite(`CGI, a process that stayed, by ${name}`, async () => {
    const path = startOf(name);
    const place = openPlace(path);
    const id = await place.stayed();
    return {
      origin: "http://127.0.0.1:8080",
      basePath: "/cgi-bin/xmailcfg.cgi",
      send: (sent) => sendCgi(path, place.variables(sent), sent),
      open: (sent) => openCgi(path, place.variables(sent), sent),
      cannot: CANNOT_OF_CGI,
      async close() {
        // It was the same one for the whole suite, through every client that left.
        expect(place.processes()).toEqual([id]);
        await place.close();
      },
    };
  });

describe.each(STARTS)("a process that stays, by %s", { timeout: 120_000 }, (name) => {
  let place: Place;
  beforeEach(() => {
    place = openPlace(startOf(name));
  });
  afterEach(() => place.close());

  test("is left by the first request and serves the later ones", async () => {
    expect(await place.who()).toMatchObject({ itself: true, err: "" });
    const id = await place.stayed();
    expect(await place.who()).toMatchObject({ id, itself: false, err: "" });
    const folder = lstatSync(place.folder);
    expect([folder.mode & 0o777, folder.uid]).toEqual([0o700, process.geteuid?.()]);
    const [name = "", ...others] = readdirSync(place.folder);
    expect([lstatSync(join(place.folder, name)).isSocket(), others]).toEqual([true, []]);
  });

  test("nobody stays who was not asked to", async () => {
    writeFileSync(
      place.configuration,
      JSON.stringify({ panel: { stay: 0 }, state: join(place.top, "state") }),
    );
    for (let times = 0; times < 2; times += 1) expect((await place.who()).itself).toBe(true);
    await pause(1_000);
    expect([place.processes(), readdirSync(join(place.top, "state"))]).toEqual([[], []]);
  });

  test("of several who start at once one is left", async () => {
    await Promise.all(Array.from({ length: 6 }, () => place.who()));
    // Before that the first may answer which the second then takes the place of.
    await until(() => place.processes().length === 1);
    const id = await place.stayed();
    const all = await Promise.all(Array.from({ length: 6 }, () => place.who()));
    expect(new Set(all.map((who) => who.id))).toEqual(new Set([id]));
    expect(place.processes()).toEqual([id]);
  });

  test("two that took the same place are one soon", async () => {
    const id = await place.stayed();
    const [name = ""] = readdirSync(place.folder);
    // As if two had seen nobody: the second takes the name from the first.
    renameSync(join(place.folder, name), join(place.folder, "elsewhere"));
    const next = await place.stayed();
    expect(next).not.toBe(id);
    await until(() => place.processes().length === 1);
    expect(place.processes()).toEqual([next]);
  });

  test("keeps nothing of a request: neither its environment nor who it was", async () => {
    await place.stayed();
    const visitors = Array.from({ length: 8 }, (_, index) => ({
      REMOTE_USER: `user${index}`,
      HTTPS: index % 2 === 0 ? "on" : "off",
      HTTP_COOKIE: `who=${index}`,
      HTTP_ACCEPT_LANGUAGE: index % 2 === 0 ? "ja" : "en",
    }));
    const seen = await Promise.all(visitors.map((visitor) => place.who(visitor)));
    for (const [index, who] of seen.entries()) {
      expect(who).toMatchObject({
        itself: false,
        user: `user${index}`,
        cookie: `who=${index}`,
        language: visitors[index]?.HTTP_ACCEPT_LANGUAGE,
        url: expect.stringMatching(index % 2 === 0 ? /^https:/ : /^http:/),
      });
    }
    const plain = await place.who();
    expect([plain.user, plain.cookie]).toEqual([undefined, null]);
    expect(plain.environment.filter((name) => /^(?:HTTP|REMOTE|REQUEST|SCRIPT|XMAILCFG)/.test(name))).toEqual(
      [],
    );
  });

  test("what a request writes to the error log stands in the log of that request", async () => {
    await place.stayed();
    const { code, status, err } = await place.ask("/echo/throw");
    expect([code, status]).toEqual([1, 500]);
    expect(err).toContain("the handler failed");
  });

  describe("ends", () => {
    test("when nobody asked for its seconds, and leaves no socket", async () => {
      const short = openPlace(startOf(name), 1);
      await short.stayed();
      await until(() => short.processes().length === 0);
      expect(readdirSync(short.folder)).toEqual([]);
      expect((await short.who()).itself).toBe(true);
      await short.close();
    });

    test("at SIGTERM, when the request under way is served to its end", async () => {
      const id = await place.stayed();
      const { ended } = place.start(`/echo/wait?in=${place.top}`, { method: "POST" });
      await marked(place.top, "begun");
      process.kill(id, "SIGTERM");
      await until(() => readdirSync(place.folder).length === 0);
      expect((await place.who()).itself).toBe(true);
      mark(place.top, "go");
      expect((await ended).out.toString()).toMatch(/^Status: 200[\s\S]*done$/);
      await until(() => !place.processes().includes(id));
    });

    test.each(["program", "configuration"])("when the %s is another one", async (what) => {
      const id = await place.stayed();
      const file = what === "program" ? join(dirname(program.path), "xmailcfg-cgi.cjs") : place.configuration;
      utimesSync(file, new Date(), new Date());
      expect((await place.who()).itself).toBe(true);
      await until(() => !place.processes().includes(id));
      expect(await place.stayed()).not.toBe(id);
    });
  });

  describe("that is killed", () => {
    test("leaves a socket at which nobody is, and the next request does without", async () => {
      const id = await place.stayed();
      process.kill(id, "SIGKILL");
      await until(() => place.processes().length === 0);
      expect(readdirSync(place.folder).length).toBe(1);
      expect(await place.who()).toMatchObject({ itself: true, err: "" });
      expect(await place.stayed()).not.toBe(id);
    });

    test("under a change: a page that says so, a line in the log, and nothing is done twice", async () => {
      const id = await place.stayed();
      const { ended } = place.start(`/echo/wait?in=${place.top}`, {
        method: "POST",
        HTTP_ACCEPT: "text/html",
      });
      await marked(place.top, "begun");
      rmSync(join(place.top, "begun"));
      process.kill(id, "SIGKILL");
      const { code, out, err } = await ended;
      expect([code, out.toString()]).toEqual([1, expect.stringMatching(/^Status: 500[\s\S]*<h1>/)]);
      expect(err).toContain("ended in the middle of a request");
      expect(isMarked(place.top, "begun")).toBe(false);
    });

    test("under a question: the program answers it itself", async () => {
      const id = await place.stayed();
      const { ended } = place.start(`/echo/wait?in=${place.top}`);
      await marked(place.top, "begun");
      process.kill(id, "SIGKILL");
      mark(place.top, "go");
      const { code, out, err } = await ended;
      expect([code, out.toString(), err]).toEqual([0, expect.stringMatching(/^Status: 200[\s\S]*done$/), ""]);
    });

    test("by a mistake that nobody catches: its stack is in the log", async () => {
      await place.stayed();
      const { code, status, err } = await place.ask("/echo/crash", { method: "POST" });
      expect([code, status]).toEqual([1, 500]);
      expect(err).toContain("nobody catches this");
      expect((await place.who()).itself).toBe(true);
    });

    test("or only stopped: nobody waits for it long", async () => {
      const id = await place.stayed();
      process.kill(id, "SIGSTOP");
      expect((await place.who()).itself).toBe(true);
      process.kill(id, "SIGCONT");
    });
  });

  describe("is met only in a folder of its own user", () => {
    const asRoot = process.getuid?.() === 0;
    const CHANGES: readonly [string, (folder: string, top: string) => void][] = [
      ["open to others", (folder) => chmodSync(folder, 0o755)],
      [
        "a link",
        (folder, top) => {
          renameSync(folder, join(top, "real"));
          symlinkSync(join(top, "real"), folder);
        },
      ],
      ["of somebody else", (folder) => chownSync(folder, 12_345, 12_345)],
    ];
    // Only root can give something away.
    test.each(CHANGES.slice(0, asRoot ? 3 : 2))(
      "%s: the program does without and says why",
      async (_, change) => {
        await place.stayed();
        change(place.folder, place.top);
        const { itself, err } = await place.who();
        expect(itself).toBe(true);
        expect(err).toMatch(/panel\.stay: .* must be a folder of this user/);
      },
    );

    test.each(asRoot ? ["link", "socket of somebody else"] : ["link"])("by no %s", async (what) => {
      await place.stayed();
      const [name = ""] = readdirSync(place.folder);
      const path = join(place.folder, name);
      const liar = createServer((socket) => socket.end("not for you"));
      await new Promise<void>((resolve) => liar.listen(join(place.top, "liar"), resolve));
      rmSync(path);
      if (what === "link") symlinkSync(join(place.top, "liar"), path);
      else {
        renameSync(join(place.top, "liar"), path);
        chownSync(path, 12_345, 12_345);
      }
      expect((await place.who()).itself).toBe(true);
      liar.close();
    });
  });

  test("reads a body that comes slowly, and no more of it than its length", async () => {
    await place.stayed();
    const sent = { method: "POST", path: "/echo/bytes", headers: {}, body: Buffer.from("12345") };
    const { child, ended } = startProgram(startOf(name), place.variables(sent));
    child.stdin.write("123");
    await pause(200);
    child.stdin.write("45and more");
    expect((await ended).out.toString()).toMatch(/\r\n\r\n12345$/);
    child.stdin.destroy();
  });
});
