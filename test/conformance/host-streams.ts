import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ability, Host, Opening, Sent } from "./host-suite.ts";
import { isMarked, mark, marked } from "./marks.ts";

const A_WHILE_MS = 200;

/** Bytes on their way, and clients that go away: what a host cannot do it has said, and it must be true. */
export function streamSuite(hostOf: () => Host): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "xmailcfg-marks-"));
    // The handler may be another user's.
    chmodSync(folder, 0o777);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const get = (what: string): Sent => ({ method: "GET", path: `/echo/${what}?in=${folder}`, headers: {} });

  test("the first bytes of an answer arrive before its last are made", async () => {
    const { open, cannot, send } = hostOf();
    if (open && !cannot.streams) {
      const opening = open(get("until"));
      expect(await textOf(opening, "first ".length)).toBe("first ");
      mark(folder, "go");
      expect(await textOf(opening)).toBe("last");
      return;
    }
    expect(cannot.streams).toBeTruthy();
    const arrives = send(get("until"));
    await marked(folder, "first");
    const pause = new Promise((resolve) => setTimeout(resolve, A_WHILE_MS, "nothing yet"));
    expect(await Promise.race([arrives, pause])).toBe("nothing yet");
    mark(folder, "go");
    expect(Buffer.from((await arrives).body).toString()).toBe("first last");
  });

  test.each(["endless", "idle"])("a client that leaves ends an answer that is %s", async (what) => {
    const { open, cannot } = hostOf();
    if (!open)
      return expect(cannot).toMatchObject({ aborted: expect.anything(), cancelled: expect.anything() });
    const opening = open(get(what));
    expect((await textOf(opening, 1)).length).toBeGreaterThan(0);
    opening.leave();
    const silent = what === "idle" ? cannot.idle : undefined;
    const deaf = cannot.departures && { aborted: cannot.departures, cancelled: cannot.departures };
    await noticed(["aborted", "cancelled"], { ...cannot, ...(silent ? { cancelled: silent } : {}), ...deaf });
  });

  test("a client that leaves in the middle of its upload breaks the body off", async () => {
    const { open, cannot } = hostOf();
    if (!open) return expect(cannot).toMatchObject({ aborted: expect.anything(), broken: expect.anything() });
    const headers = { "content-type": "application/octet-stream", "content-length": "1000000" };
    const opening = open({ method: "POST", path: `/echo/swallow?in=${folder}`, headers });
    opening.write(Buffer.alloc(100_000));
    if (cannot.uploads) await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
    else await marked(folder, "begun");
    opening.leave();
    if (cannot.uploads) expect(isMarked(folder, "begun"), cannot.uploads).toBe(false);
    else await noticed(["aborted", "broken"], cannot);
    expect(isMarked(folder, "whole")).toBe(false);
  });

  /** All of these, but not what the host says it cannot. */
  async function noticed(notices: readonly Ability[], cannot: Host["cannot"]): Promise<void> {
    for (const notice of notices.filter((name) => cannot[name] === undefined)) await marked(folder, notice);
    for (const notice of notices.filter((name) => cannot[name] !== undefined)) {
      expect(isMarked(folder, notice), `${notice}: ${cannot[notice]}`).toBe(false);
    }
  }
}

/** At least `length` characters of the answer, or all that is left of it. */
async function textOf(opening: Opening, length = Number.POSITIVE_INFINITY): Promise<string> {
  let text = "";
  while (text.length < length) {
    const piece = await opening.read();
    if (piece === null) return text;
    text += Buffer.from(piece).toString();
  }
  return text;
}
