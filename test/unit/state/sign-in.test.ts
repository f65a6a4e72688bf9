import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { openWorld, type World } from "../../conformance/world.ts";
import { browserLike } from "../http/browser-like.ts";

const ORIGIN = "https://mail.example.com";

describe("signing in to the panel", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld("tab");
  });
  afterAll(() => world.close());

  async function signIn(name: string, password: string) {
    const browser = browserLike(world.panel, ORIGIN);
    const html = await (await browser.go("/sign-in", { headers: { accept: "text/html" } })).text();
    const [, csrf = ""] = /name="csrf" value="([^"]+)"/.exec(html) ?? [];
    const answer = await browser.submit("/sign-in", { name, password, csrf });
    return { browser, status: answer.status };
  }

  test("a password typed into the box for the name is not in the audit log, the name of an administrator is", async () => {
    expect((await signIn("A-password-by-mistake", "whatever")).status).not.toBe(303);
    expect((await signIn("MASTER", "wrong-password")).status).not.toBe(303);
    expect((await signIn("master", "Administrator-1")).status).toBe(303);
    const kept = world.everything();
    expect(kept).not.toContain("A-password-by-mistake");
    expect(kept).not.toContain("wrong-password");
    const tries = [...kept.matchAll(/\{.*"session\.signIn".*\}/g)].map(([line]) => JSON.parse(line));
    expect(tries.map(({ phase, input }) => [phase, input.name])).toEqual([
      ["refused", "***"],
      ["refused", "MASTER"],
      ["done", "master"],
    ]);
    const [master] = await world.state.people.list();
    expect(tries.at(-1)?.actor).toBe(master?.id);
  });

  test("a changed password ends the sessions that were", async () => {
    const { browser } = await signIn("master", "Administrator-1");
    const api = () => browser.go("/api/domains");
    expect((await api()).status).toBe(200);
    const { people } = world.state;
    await people.setPassword((await people.named("master"))?.id ?? "", new Secret("Administrator-2x"));
    expect((await api()).status).toBe(401);
    const { browser: next, status } = await signIn("master", "Administrator-2x");
    expect(status).toBe(303);
    expect((await next.go("/api/domains")).status).toBe(200);
  });
});
