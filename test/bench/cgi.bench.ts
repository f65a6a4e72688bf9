import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CgiSite, openCgiSite, type Variables, type Way } from "./cgi-site.ts";
import type { Benchmark } from "./report.ts";
import { median } from "./timing.ts";

const ROUNDS = 25;
/** Requests that the process which stays has served before it is measured. */
const BEFORE = 25;
const COLD = 1.4;
const WARM = 1.3;
const REFERENCE = "`node -e 0` in the same run";

interface Case {
  readonly name: string;
  readonly bound: number;
  readonly program: string;
  readonly variables: Variables;
}

/**
 * The shipped CGI program as a web server starts it, median of whole processes, in turns with bare Node: a page of 50
 * accounts for who is signed in, and the same list as JSON. `-warm` is with what `xmailcfg warm` keeps, `-stay` with
 * `panel.stay`, when a process stayed from earlier requests, `-quick` the same by the start in Perl; the cases named `-ctrl` ask a running XMail (the simulator,
 * in a process of its own), whose answers take time of their own.
 */
export async function benchmarks(): Promise<Benchmark[]> {
  const site = await openCgiSite();
  try {
    const cases = casesOf(site, await warmed(site));
    for (const { program, variables } of cases.filter(({ name }) => /-stay|-quick/.test(name))) {
      for (let before = 0; before < BEFORE; before += 1) await timeOf([program], variables, "Status: 200");
    }
    const bare: number[] = [];
    const times = cases.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await timeOf(["-e", "0"], { PATH: "/usr/bin:/bin" }, null));
      for (const [index, { program, variables }] of cases.entries()) {
        times[index]?.push(await timeOf([program], variables, "Status: 200"));
      }
    }
    return cases.map(({ name, bound }, index) => ({
      name,
      bound,
      ratio: median(times[index] ?? []) / median(bare),
      reference: REFERENCE,
    }));
  } finally {
    await site.close();
  }
}

/** A copy of the program's folder with its compiled code. */
async function warmed({ folder }: CgiSite): Promise<string> {
  const copy = `${folder}-warm`;
  cpSync(folder, copy, { recursive: true });
  await timeOf([join(copy, "xmailcfg.cjs"), "warm"], { PATH: process.env["PATH"] ?? "" }, "Kept");
  return join(copy, "xmailcfg.cgi");
}

function casesOf({ program, variables, cookie, apiKey }: CgiSite, warm: string): Case[] {
  const quick = join(dirname(program), "xmailcfg-quick.cgi");
  const page = (way: Way) => variables(way, "/accounts", { HTTP_COOKIE: cookie });
  const json = (way: Way) => variables(way, "/api/accounts", { HTTP_AUTHORIZATION: `Bearer ${apiKey}` });
  return (["offline", "ctrl"] as const).flatMap((way) => {
    const suffix = way === "offline" ? "" : `-${way}`;
    return [
      { name: `cgi-page${suffix}`, bound: COLD, program, variables: page(way) },
      { name: `cgi-json${suffix}`, bound: COLD, program, variables: json(way) },
      { name: `cgi-page-warm${suffix}`, bound: WARM, program: warm, variables: page(way) },
      { name: `cgi-json-warm${suffix}`, bound: WARM, program: warm, variables: json(way) },
      { name: `cgi-page-stay${suffix}`, bound: COLD, program, variables: page(`${way}-stay`) },
      { name: `cgi-json-stay${suffix}`, bound: COLD, program, variables: json(`${way}-stay`) },
      { name: `cgi-page-quick${suffix}`, bound: COLD, program: quick, variables: page(`${way}-stay`) },
      { name: `cgi-json-quick${suffix}`, bound: COLD, program: quick, variables: json(`${way}-stay`) },
    ];
  });
}

/** Milliseconds from the start of a process to its end; it must succeed and begin as said. */
async function timeOf(args: readonly string[], env: Variables, begins: string | null): Promise<number> {
  const from = performance.now();
  // The start in Perl says itself what it is for.
  const [first = ""] = args;
  const [command, ...more] = first.endsWith("-quick.cgi") ? args : [process.execPath, ...args];
  const child = spawn(command ?? "", more, { env, stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (piece: Buffer) => {
    out += piece.toString("latin1");
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const took = performance.now() - from;
  if (code !== 0 || (begins !== null && !out.startsWith(begins))) {
    throw new Error(`${args.join(" ")} ended with ${code}: ${out.slice(0, 300)}`);
  }
  return took;
}
