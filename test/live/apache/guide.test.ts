import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newReader } from "../../docs/reader.ts";
import { TOP } from "../../gates/tree-copy.ts";
import { apache, describeWith } from "../../peers.ts";
import { freePort, startApache } from "./server.ts";
import { guideConf } from "./site.ts";

const guide = readFileSync(join(TOP, "docs/guide/apache.md"), "utf8");

describeWith("apache", apache(), "the Apache guide, followed by a reader", (where) => {
  test("its FastCGI program is the one that stands in docs/examples/fastcgi.ts, and answers", async () => {
    const program = readFileSync(join(TOP, "docs/examples/fastcgi.ts"), "utf8");
    expect(guide).toContain(`<!-- docs/examples/fastcgi.ts -->\n\`\`\`ts\n${program}\`\`\`\n`);
    const reader = await newReader("example.com");
    const port = String(await freePort());
    reader.write("fastcgi.mjs", reader.fitted(program).replaceAll("9000", port));
    const service = await reader.start("fastcgi.mjs", "FastCGI on");
    const server = await startApache(where, {
      modules: ["proxy", "proxy_fcgi"],
      conf: () => guideConf("fastcgi", { "9000": port }),
    });
    try {
      const page = await fetch(`${server.origin}/mail/sign-in`);
      expect(await page.text()).toContain('action="/mail/sign-in"');
    } finally {
      await server.stop();
      await service.stop();
      await reader.leave();
    }
  });

  test("each of its conf blocks is one that a test starts Apache with", () => {
    const names = [...guide.matchAll(/<!-- conf: ([\w-]+) -->/g)].map(([, name]) => name);
    const here = join(TOP, "test/live/apache");
    const tests = readdirSync(here)
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => readFileSync(join(here, name), "utf8"))
      .join();
    expect(names.length).toBe(guide.match(/^```apache$/gm)?.length);
    for (const name of names) expect(tests).toContain(`"${name}"`);
  });
});
