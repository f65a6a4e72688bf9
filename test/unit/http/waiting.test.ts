import { expect, test } from "vitest";
import { type Principal, type Site, type Visit, type WaitsFor, whenceOf } from "../../../src/http/types.ts";
import { browserLike } from "./browser-like.ts";
import { notesPanel, ORIGIN } from "./panel-of-notes.ts";

/** Seen by the site at the last request. */
let seen: Visit;

/** A password that was right and a code that is missing yet. */
const halfway =
  (byId: () => Promise<Principal | null>): Site =>
  async (visit) => {
    seen = visit;
    const { browser, path } = visit;
    const principal = await byId();
    if (principal && /^\/(?:factor|enrolment)$/.test(path))
      browser.signIn(principal, path.slice(1) as WaitsFor);
    if (visit.waiting && path === "/complete") browser.signIn(visit.waiting.principal);
    if (path === "/prove") browser.prove();
    return new Response("{}", { headers: { "content-type": "text/html" } });
  };

function open() {
  const site: Site[] = [];
  const panel = notesPanel({}, site);
  site.push(halfway(() => panel.principals.byId("p1", whenceOf(seen))));
  const late = notesPanel(
    { principals: panel.principals, now: () => new Date(panel.clock.seconds * 1000) },
    site,
  );
  return { clock: panel.clock, gone: panel.principals.gone, browser: browserLike(late.handler, ORIGIN) };
}

test.each(["factor", "enrolment"] as const)("a session that waits for %s opens nothing", async (what) => {
  const { browser, clock } = open();
  await browser.go(`/${what}`);
  await browser.go("/any");
  expect(seen.principal).toBeNull();
  expect(seen.waiting).toMatchObject({ principal: { name: "master" }, for: what });
  expect((await browser.go("/api/notes")).status).toBe(401);
  clock.seconds += 899;
  await browser.go("/any");
  expect(seen.waiting).not.toBeNull();
  // Requests do not prolong it.
  clock.seconds += 1;
  await browser.go("/any");
  expect(seen.waiting).toBeNull();
  expect(browser.jar.has("xmailcfg")).toBe(false);
});

test("the completed session is another one", async () => {
  const { browser } = open();
  await browser.go("/factor");
  await browser.go("/any");
  const before = seen;
  await browser.go("/complete");
  await browser.go("/any");
  expect(seen.principal).toMatchObject({ name: "master" });
  expect(seen.waiting).toBeNull();
  expect(seen.session?.id).not.toBe(before.session?.id);
  expect(seen.csrf).not.toBe(before.csrf);
});

test("whoever is gone waits no more", async () => {
  const { browser, gone } = open();
  await browser.go("/factor");
  gone.add("p1");
  await browser.go("/any");
  expect(seen.waiting).toBeNull();
});

test("a session tells when its person showed last who he is, and keeps its id when he does so again", async () => {
  const { browser, clock } = open();
  await browser.go("/factor");
  await browser.go("/complete");
  const signedIn = clock.seconds;
  clock.seconds += 1000;
  await browser.go("/any");
  expect(seen.session?.provedAt).toBe(signedIn);
  const { id } = seen.session ?? {};
  await browser.go("/prove");
  await browser.go("/any");
  expect(seen.session).toMatchObject({ id, issuedAt: signedIn, provedAt: signedIn + 1000 });
});
