import { describe, expect, test } from "vitest";
import { serveAssets } from "../../../src/http/assets.ts";
import { signedIn } from "./browser-like.ts";
import { notesPanel, ORIGIN } from "./panel-of-notes.ts";

const css = { name: "app.css", type: "text/css; charset=utf-8", bytes: Buffer.from("body{color:red}") };
const icon = {
  name: "icon",
  type: "image/x-icon",
  bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte),
};
const assets = serveAssets([css, icon]);
const panel = notesPanel({}, [assets.site]);

describe("assets", () => {
  test("have their hash in the name and are kept for ever", async () => {
    const href = assets.href("", "app.css");
    expect(href).toMatch(/^\/assets\/app\.[0-9a-f]{16}\.css$/);
    const response = await panel.fetch(href);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toBe("body{color:red}");
  });

  test("never carry a cookie: a cache between would hand one person's session to all", async () => {
    const browser = await signedIn(panel.handler, ORIGIN);
    panel.clock.seconds += 120;
    const asset = await browser.go(assets.href("", "app.css"));
    expect([asset.status, asset.headers.getSetCookie()]).toEqual([200, []]);
    panel.clock.seconds += 7200;
    expect((await browser.go(assets.href("", "app.css"))).headers.getSetCookie()).toEqual([]);
    // A page still tells the browser what became of its session.
    expect((await browser.go("/form")).headers.getSetCookie()).not.toEqual([]);
  });

  test("another byte is another address; the prefix stands in front", () => {
    const other = serveAssets([{ ...css, bytes: Buffer.from("body{color:tan}") }]);
    expect(other.href("/mail", "app.css")).toMatch(/^\/mail\/assets\/app\./);
    expect(other.href("", "app.css")).not.toBe(assets.href("", "app.css"));
  });

  test("all byte values survive", async () => {
    const response = await panel.fetch(assets.href("", "icon"));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(icon.bytes);
    expect(response.headers.get("content-length")).toBe("256");
  });

  test("answer 304 for what the browser has", async () => {
    const href = assets.href("", "app.css");
    const etag = (await panel.fetch(href)).headers.get("etag") ?? "";
    const status = async (tag: string) =>
      (await panel.fetch(href, { headers: { "if-none-match": tag } })).status;
    expect(await status(etag)).toBe(304);
    expect(await status(`"other", W/${etag}`)).toBe(304);
    expect(await status("*")).toBe(304);
    expect(await status('"other"')).toBe(200);
  });

  test("take no other name and no other method", async () => {
    for (const path of [
      "/assets/app.css",
      "/assets/app.0000000000000000.css",
      "/assets/",
      "/assets/x/../y",
    ]) {
      expect((await panel.fetch(path)).status, path).toBe(404);
    }
    const response = await panel.fetch(assets.href("", "app.css"), { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect(() => assets.href("", "nothing.css")).toThrowError(
      expect.objectContaining({ code: "BAD_CONFIG" }),
    );
  });
});
