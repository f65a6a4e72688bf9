import { readFile } from "node:fs/promises";
import { checkConfiguration } from "../../src/site.ts";

/** `xmailcfg check` by somebody who owns nothing. */
const NOBODY = 65_534;
const text = await readFile(process.argv[2] ?? "", "utf8");
process.setgroups?.([]);
process.setgid?.(NOBODY);
process.setuid?.(NOBODY);
const findings = await checkConfiguration(text, {
  env: process.env,
  readFile: (path) => readFile(path, "utf8"),
});
process.stdout.write(`found: ${findings.map(({ found }) => found).join(" ")}\n`);
