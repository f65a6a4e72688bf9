import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { apacheFolder, startApache } from "../live/apache/server.ts";
import { handOver } from "../live/apache/site.ts";
import { apache } from "../peers.ts";
import { openCgiSite } from "./cgi-site.ts";
import type { Benchmark } from "./report.ts";
import { median } from "./timing.ts";

const ROUNDS = 3;
const REQUESTS = 24;
const TOGETHER = 4;
const PLACES = [
  { name: "apache-cgi", program: "cgi-bin/xmailcfg.cgi" },
  { name: "apache-cgi-stay", program: "stay/xmailcfg.cgi" },
  { name: "apache-cgi-quick", program: "stay/xmailcfg-quick.cgi" },
];
const run = promisify(execFile);

const PERL = `#!/usr/bin/perl
use CGI;
my $q = CGI->new;
print $q->header("text/plain"), "hello\\n";
`;

/**
 * Requests a second, four at a time: the panel's page of 50 accounts beside a greeting by Perl's CGI.pm. `-stay`: when a
 * process stayed from earlier requests; `-quick`: when it is asked by the start in Perl.
 */
export async function benchmarks(): Promise<Benchmark[]> {
  const where = apache();
  if (!where) throw new Error("apache2 is not on this machine");
  const site = await openCgiSite();
  const folder = apacheFolder();
  mkdirSync(join(folder, "perl"));
  const hello = join(folder, "perl/hello.pl");
  writeFileSync(hello, PERL);
  chmodSync(hello, 0o755);
  const config = site.variables("offline", "/")["XMAILCFG_CONFIG"] ?? "";
  if (process.getuid?.() === 0) handOver(dirname(config));
  const server = await startApache(where, {
    modules: ["cgid", "alias", "env"],
    conf: () => `ScriptAlias /perl/ ${folder}/perl/
ScriptAlias /cgi-bin/ ${site.folder}/
ScriptAlias /stay/ ${site.folder}/
SetEnv XMAILCFG_CONFIG ${config}
SetEnv PATH ${process.env["PATH"]}
<Directory />
  Require all granted
</Directory>
<Location /stay>
  SetEnv XMAILCFG_CONFIG ${site.variables("offline-stay", "/")["XMAILCFG_CONFIG"]}
</Location>`,
  });
  try {
    const perl: number[] = [];
    const ours = PLACES.map(({ name, program }) => ({ name, program, speeds: [] as number[] }));
    const page = (of: string) =>
      requestsPerSecond(`${server.origin}/${of}/accounts`, ["-H", `Cookie: ${site.cookie}`]);
    // Until a process stays, and has served for a while.
    await page("stay/xmailcfg.cgi");
    await page("stay/xmailcfg.cgi");
    for (let round = 0; round < ROUNDS; round += 1) {
      perl.push(await requestsPerSecond(`${server.origin}/perl/hello.pl`, []));
      for (const { program, speeds } of ours) speeds.push(await page(program));
    }
    return ours.map(({ name, speeds }) => ({
      name,
      of: "speed",
      ratio: median(speeds) / median(perl),
      bound: 0.8,
      reference: `a greeting by Perl's CGI.pm under the same Apache, ${TOGETHER} at a time`,
    }));
  } catch (error) {
    throw new Error(server.errorLog().slice(-2_000), { cause: error });
  } finally {
    await server.stop();
    await site.close();
  }
}

async function requestsPerSecond(url: string, more: readonly string[]): Promise<number> {
  const { stdout } = await run("ab", ["-q", "-n", String(REQUESTS), "-c", String(TOGETHER), ...more, url]);
  const number = (label: string) => Number(new RegExp(`${label}:\\s+([\\d.]+)`).exec(stdout)?.[1] ?? 0);
  if (number("Non-2xx responses") > 0 || number("Complete requests") !== REQUESTS) throw new Error(stdout);
  return number("Requests per second");
}
