import { describe, expect, test } from "vitest";
import type { Problem } from "../../../src/http/problem.ts";
import { MASTER_KEY, type NotesPanel, notesPanel, SATO_KEY } from "./panel-of-notes.ts";

function call(
  panel: NotesPanel,
  line: string,
  body?: BodyInit | object,
  headers: Record<string, string> = {},
) {
  const [method = "", path = ""] = line.split(" ");
  const plain = typeof body === "object" && Object.getPrototypeOf(body) === Object.prototype;
  return panel.fetch(`/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${MASTER_KEY}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: plain ? JSON.stringify(body) : (body as BodyInit) }),
  });
}

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const found = (await response.json()) as Problem;
  expect(found.status).toBe(response.status);
  expect(found.type).toBe(`errors.md#${found.code}`);
  expect(found.requestId).toBe(response.headers.get("x-request-id"));
  return found;
}

function fieldsOf({ errors = [] }: Problem): string[] {
  return errors.map(({ field, rule }) => `${field} ${rule}`);
}

describe("the API does what the table says", () => {
  test("add, get, list, remove", async () => {
    const panel = notesPanel();
    const added = await call(panel, "POST /domains/example.com/notes", { text: "日本", stars: 3 });
    expect(added.status).toBe(200);
    expect(added.headers.get("content-type")).toBe("application/json");
    const note = { domain: "example.com", text: "日本", pinned: false, stars: 3 };
    expect(await added.json()).toEqual(note);
    expect(await (await call(panel, "GET /domains/example.com/notes")).json()).toEqual(note);
    expect(await (await call(panel, "GET /notes")).json()).toEqual({ items: [note], next: null, total: 1 });
    const removed = await call(panel, "DELETE /domains/example.com/notes");
    expect([removed.status, await removed.json(), panel.kept.size]).toEqual([200, {}, 0]);
    expect(panel.audited.map(({ operation, phase }) => `${operation} ${phase}`)).toEqual([
      "note.add intent",
      "note.add done",
      "note.remove intent",
      "note.remove done",
    ]);
  });

  test("query text becomes integers, booleans and arrays", async () => {
    const panel = notesPanel();
    panel.kept.set("a", { text: "", pinned: true, stars: 1 });
    panel.kept.set("b", { text: "", pinned: false, stars: 2 });
    panel.kept.set("c", { text: "", pinned: true, stars: 2 });
    const found = async (query: string) =>
      (
        (await (await call(panel, `GET /notes?${query}`)).json()) as { items: { domain: string }[] }
      ).items.map(({ domain }) => domain);
    expect(await found("pinned=true")).toEqual(["a", "c"]);
    expect(await found("pinned=false")).toEqual(["b"]);
    expect(await found("stars=2&stars=7")).toEqual(["b", "c"]);
    expect(await found("stars=1")).toEqual(["a"]);
    expect(await found("limit=1")).toEqual(["a"]);
  });

  test("the literal address wins over the one with a field", async () => {
    expect((await problem(await call(notesPanel(), "GET /notes/crash"))).code).toBe("INTERNAL");
  });

  test("a body may repeat the path's value, not contradict it", async () => {
    const panel = notesPanel();
    const same = await call(panel, "POST /domains/example.com/notes", { domain: "example.com", text: "x" });
    expect(same.status).toBe(200);
    const other = await call(panel, "POST /domains/example.org/notes", { domain: "example.com", text: "x" });
    expect(fieldsOf(await problem(other))).toEqual(["domain conflict"]);
    expect([...panel.kept.keys()]).toEqual(["example.com"]);
  });

  test("HEAD answers like GET without a body; OPTIONS names the methods", async () => {
    const panel = notesPanel();
    const get = await call(panel, "GET /notes");
    const head = await call(panel, "HEAD /notes");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String((await get.arrayBuffer()).byteLength));
    const options = await call(panel, "OPTIONS /domains/x/notes");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, GET, DELETE, HEAD, OPTIONS"]);
  });
});

describe("bad requests are refused, each in its own way, and change nothing", () => {
  const post = "POST /domains/example.com/notes";
  const json = (text: string) => [post, text] as const;
  const refusals: readonly [
    string,
    number,
    string,
    readonly [string, (BodyInit | object | undefined)?, Record<string, string>?],
  ][] = [
    ["no key", 401, "UNAUTHENTICATED", [post, { text: "x" }, { authorization: "" }]],
    ["wrong key", 401, "UNAUTHENTICATED", [post, { text: "x" }, { authorization: "Bearer nope" }]],
    ["empty key", 401, "UNAUTHENTICATED", [post, { text: "x" }, { authorization: "Bearer" }]],
    [
      "no key at an unknown address",
      401,
      "UNAUTHENTICATED",
      ["GET /nothing", undefined, { authorization: "" }],
    ],
    ["unknown address", 404, "NOT_FOUND", ["GET /nothing"]],
    ["operation that is off the network", 404, "NOT_FOUND", ["GET /note.inside"]],
    ["empty part", 404, "NOT_FOUND", ["GET /domains//notes"]],
    ["slash inside a part", 404, "NOT_FOUND", ["GET /domains/a%2Fb/notes"]],
    ["NUL inside a part", 404, "NOT_FOUND", ["GET /domains/a%00b/notes"]],
    ["part that is no UTF-8", 404, "NOT_FOUND", ["GET /domains/%ff/notes"]],
    ["lone percent sign", 404, "NOT_FOUND", ["GET /domains/%/notes"]],
    ["query that is no UTF-8", 404, "NOT_FOUND", ["GET /notes?limit=%ff"]],
    ["wrong method", 405, "METHOD_NOT_ALLOWED", ["PUT /notes", {}]],
    [
      "form instead of JSON",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      [post, new URLSearchParams({ text: "x" }), { "content-type": "application/x-www-form-urlencoded" }],
    ],
    [
      "JSON without its type",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      [post, '{"text":"x"}', { "content-type": "text/plain" }],
    ],
    [
      "another charset",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      [post, '{"text":"x"}', { "content-type": "application/json; charset=utf-16" }],
    ],
    [
      "compressed body",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      [post, '{"text":"x"}', { "content-encoding": "gzip" }],
    ],
    ["broken JSON", 400, "MALFORMED_BODY", json('{"text":')],
    ["array", 400, "MALFORMED_BODY", json('[{"text":"x"}]')],
    ["null", 400, "MALFORMED_BODY", json("null")],
    ["string", 400, "MALFORMED_BODY", json('"x"')],
    ["key twice", 400, "MALFORMED_BODY", json('{"text":"x","\\u0074ext":"y"}')],
    ["__proto__", 400, "MALFORMED_BODY", json('{"text":"x","__proto__":{"pinned":true}}')],
    ["__proto__ in disguise, inside", 400, "MALFORMED_BODY", json('{"text":[{"\\u005f_proto__":1}]}')],
    ["too deep", 400, "MALFORMED_BODY", json(`{"text":${"[".repeat(5000)}${"]".repeat(5000)}}`)],
    ["bytes that are no UTF-8", 400, "MALFORMED_BODY", [post, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]],
    ["too large", 413, "BODY_TOO_LARGE", json(JSON.stringify({ text: "x".repeat(1024 * 1024) }))],
  ];
  test.each(refusals)("%s: %i %s", async (_, status, code, [line, body, headers]) => {
    const panel = notesPanel();
    const response = await call(panel, line, body, headers);
    const found = await problem(response);
    expect([found.status, found.code]).toEqual([status, code]);
    expect(panel.kept.size).toBe(0);
    expect(panel.audited).toEqual([]);
    if (status === 401) expect(response.headers.get("www-authenticate")).toBe('Bearer realm="xmailcfg"');
    if (status === 405) expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });

  test("fields are named, in the order of the form", async () => {
    const panel = notesPanel();
    const response = await call(panel, "POST /domains/UPPER/notes", { stars: 9, pinned: "yes", more: 1 });
    const found = await problem(response);
    expect([found.status, found.code]).toEqual([422, "INVALID_INPUT"]);
    expect(fieldsOf(found)).toEqual([
      "domain pattern",
      "text required",
      "pinned type",
      "stars maximum",
      "more unknown",
    ]);
    expect(found.errors?.[3]).toMatchObject({ limit: 5 });
    expect(panel.kept.size).toBe(0);
  });

  test.each([
    ["limit=1&limit=2", ["limit repeated"]],
    ["limit=one", ["limit type"]],
    ["limit=1e3", ["limit type"]],
    ["pinned=1", ["pinned type"]],
    ["stars=x", ["stars type"]],
    ["secret=hunter2", ["secret inBody"]],
    ["constructor=1&__proto__=2", ["constructor unknown", "__proto__ unknown"]],
  ])("query ?%s", async (query, fields) => {
    const found = await problem(await call(notesPanel(), `GET /notes?${query}`));
    expect([found.status, fieldsOf(found)]).toEqual([422, fields]);
  });

  test("the order is 422 before 403 before 404, and a refusal is audited", async () => {
    const panel = notesPanel();
    const sato = { authorization: `Bearer ${SATO_KEY}` };
    const status = async (line: string) => (await call(panel, line, undefined, sato)).status;
    expect(await status("GET /domains/UPPER/notes")).toBe(422);
    expect(await status("GET /domains/other.org/notes")).toBe(403);
    expect(await status("GET /domains/example.com/notes")).toBe(404);
    expect(panel.audited.map(({ phase, code }) => `${phase} ${code}`)).toEqual(["refused FORBIDDEN"]);
  });

  test("what is inside stays inside", async () => {
    const panel = notesPanel();
    const response = await call(panel, "GET /notes/crash");
    expect(await response.clone().text()).not.toContain("MailRoot");
    expect((await problem(response)).detail).toBe("Something went wrong in xmailcfg");
    const [entry] = panel.logged.filter(({ level }) => level === "error");
    expect(JSON.stringify(entry?.details)).toContain("MailRoot");
  });

  test("a secret never reaches log or audit", async () => {
    const panel = notesPanel();
    const marker = "marker-password-1";
    const fields = { text: "x", password: marker };
    await call(panel, post, fields);
    await call(panel, post, fields);
    await call(panel, post, `{"text":"x","password":"${marker}`);
    await call(panel, `GET /notes?secret=${marker}`);
    expect(panel.audited.length).toBe(4);
    expect(JSON.stringify([panel.audited, panel.logged])).not.toContain(marker);
    expect(panel.logged.length).toBeGreaterThan(2);
  });
});

describe("body limit", () => {
  test("counts what comes, whatever Content-Length says, and stops reading", async () => {
    const panel = notesPanel({ bodyLimit: 1000 });
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        if (pulled > 100) throw new Error("nobody stops reading");
        controller.enqueue(new Uint8Array(400).fill(0x20));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const response = await panel.fetch("/api/domains/a/notes", {
      method: "POST",
      headers: { authorization: `Bearer ${MASTER_KEY}`, "content-length": "10" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(6);
    expect(cancelled).toBe(true);
  });

  test("exactly the limit passes", async () => {
    const panel = notesPanel({ bodyLimit: 64 });
    const text = `{"text":"${"x".repeat(64 - 11)}"}`;
    expect(text.length).toBe(64);
    expect((await call(panel, "POST /domains/a/notes", text)).status).toBe(200);
    expect((await call(panel, "POST /domains/b/notes", `${text} `)).status).toBe(413);
  });
});
