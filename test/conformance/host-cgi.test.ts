import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MASTER_KEY } from "../unit/http/panel-of-notes.ts";
import {
  buildProgram,
  CANNOT_OF_CGI,
  openCgi,
  readAnswer,
  sendCgi,
  startProgram,
  variablesOf,
} from "./cgi-server.ts";
import { hostSuite, type Sent } from "./host-suite.ts";

const SCRIPT = "/cgi-bin/xmailcfg.cgi";

let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** What is shipped has Fetch classes of its own; the real ones must make no difference. */
let real: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  real = await buildProgram(false);
});
afterAll(() => real.remove());

for (const [name, chosen] of [
  ["CGI, a process for each request", () => program],
  ["CGI, with the real Fetch classes", () => real],
] as const) {
  hostSuite(name, async () => ({
    origin: "http://127.0.0.1:8080",
    basePath: SCRIPT,
    send: (sent) => sendCgi(chosen().path, variablesOf(sent, SCRIPT), sent),
    open: (sent) => openCgi(chosen().path, variablesOf(sent, SCRIPT), sent),
    cannot: CANNOT_OF_CGI,
    close: async () => undefined,
  }));
}

describe("CGI, the process itself", () => {
  const post: Sent = { method: "POST", path: "/echo/bytes", headers: {}, body: Buffer.from("12345") };

  test("reads CONTENT_LENGTH bytes and no more, from a pipe that stays open", async () => {
    const { child, ended } = startProgram(program.path, variablesOf(post, SCRIPT));
    child.stdin.write("12345and more");
    const { code, out } = await ended;
    child.stdin.destroy();
    expect([code, Buffer.from(readAnswer(out).body).toString()]).toEqual([0, "12345"]);
  });

  test("reads a chunked body, which has no length, to its end, and a body that comes slowly", async () => {
    const { body: _, ...chunked } = post;
    const variables = { ...variablesOf(chunked, SCRIPT), HTTP_TRANSFER_ENCODING: "chunked" };
    const { child, ended } = startProgram(program.path, variables);
    for (const piece of ["one ", "two ", "three"]) {
      child.stdin.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    child.stdin.end();
    expect(Buffer.from(readAnswer((await ended).out).body).toString()).toBe("one two three");
  });

  test("looks at no argument and makes no header of HTTP_PROXY", async () => {
    const sent: Sent = { method: "GET", path: "/echo/request?--version", headers: {} };
    const variables = { ...variablesOf(sent, SCRIPT), HTTP_PROXY: "http://evil.example", HTTP_X_TEST: "日" };
    const { child, ended } = startProgram(program.path, variables, ["--version"]);
    child.stdin.end();
    const { status, body } = readAnswer((await ended).out);
    expect(status).toBe(200);
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({
      url: "http://127.0.0.1:8080/cgi-bin/xmailcfg.cgi/echo/request?--version",
      // The bytes of the header, as Fetch has them.
      test: Buffer.from("日").toString("latin1"),
    });
  });

  test("redirects by status and whole address", async () => {
    const { child, ended } = startProgram(
      program.path,
      variablesOf({ method: "GET", path: "/echo/away", headers: {} }, SCRIPT),
    );
    child.stdin.end();
    const { status, headers } = readAnswer((await ended).out);
    expect([status, headers["location"]]).toEqual([303, `http://127.0.0.1:8080${SCRIPT}/echo/request`]);
  });

  test("writes all of a large answer to a reader that dawdles, over pipes that never block", async () => {
    const sent: Sent = {
      method: "PUT",
      path: "/echo/bytes",
      headers: {},
      body: Buffer.alloc(5_000_000, "0123456789"),
    };
    const { child, ended } = startProgram(program.path, { ...variablesOf(sent, SCRIPT), NEVER_BLOCK: "1" });
    child.stdout.pause();
    child.stdin.write(sent.body?.subarray(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.stdin.end(sent.body?.subarray(10));
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.stdout.resume();
    const { out, err } = await ended;
    expect(err).toBe("");
    expect(Buffer.compare(readAnswer(out).body, sent.body ?? new Uint8Array())).toBe(0);
  });

  test("takes in the rest of a body that was refused", async () => {
    const sent: Sent = {
      method: "POST",
      path: "/api/domains/a/notes",
      headers: { authorization: `Bearer ${MASTER_KEY}`, "content-type": "application/json" },
      body: Buffer.alloc(4_000_000, " "),
    };
    const { child, ended } = startProgram(program.path, variablesOf(sent, SCRIPT));
    child.stdin.end(sent.body);
    const { out, refused } = await ended;
    expect([readAnswer(out).status, refused]).toEqual([413, []]);
  });

  test("a failing handler fails the program: an answer without a word of it, the stack in the error log only", async () => {
    const { child, ended } = startProgram(
      program.path,
      variablesOf({ method: "GET", path: "/echo/throw", headers: {} }, SCRIPT),
    );
    child.stdin.end();
    const { code, out, err } = await ended;
    expect([code, readAnswer(out).status]).toEqual([1, 500]);
    expect(out.toString()).not.toContain("the handler failed");
    expect(err).toContain("the handler failed");
  });

  test("a request that is none gets 400", async () => {
    const sent: Sent = { method: "TRACE", path: "/", headers: {} };
    const { child, ended } = startProgram(program.path, variablesOf(sent, SCRIPT));
    child.stdin.end();
    expect(readAnswer((await ended).out).status).toBe(400);
  });
});
