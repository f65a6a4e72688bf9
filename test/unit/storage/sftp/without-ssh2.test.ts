import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../../../../src");
const FINGERPRINT = `SHA256:${"A".repeat(43)}`;
let home = "";

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "without-ssh2-"));
  for (const room of ["storage", "errors"]) cpSync(join(SRC, room), join(home, room), { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What goes wrong where no package is installed at all. */
function failure(): string {
  const options = { host: "mail.example", user: "mail", hostKey: FINGERPRINT, root: "/" };
  writeFileSync(
    join(home, "open.ts"),
    `import { sftp } from "./storage/sftp/sftp.ts";
     sftp(${JSON.stringify(options)}).catch(({ code, message }) => console.log(code, message));`,
  );
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return execFileSync(process.execPath, ["--import", tsx, join(home, "open.ts")], { encoding: "utf8" });
}

test("without the package ssh2, the error says what to do", () => {
  expect(failure()).toMatch(/^BAD_CONFIG SFTP needs the package ssh2.*`npm install ssh2`/);
  // Loaded is not the same as there.
  cpSync(join(home, "storage", "path.ts"), join(home, "node_modules", "ssh2", "index.js"));
  expect(failure()).toMatch(/^BAD_CONFIG SFTP needs the package ssh2, which cannot be loaded/);
}, 60_000);
