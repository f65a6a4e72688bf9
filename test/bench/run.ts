import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Benchmark, isMet, report } from "./report.ts";

/** `npm run bench [-- --json FILE] [NAME …]`: every `*.bench.ts` in turn; exit code 1 when a bound is not met. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" } },
});
// Node reads it at every start, which adds 40 ms to whatever child process a benchmark times.
delete process.env["NODE_EXTRA_CA_CERTS"];

const found: Benchmark[] = [];
for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".bench.ts"))) {
  if (positionals.length > 0 && !positionals.includes(file.replace(".bench.ts", ""))) continue;
  const module = (await import(join(import.meta.dirname, file))) as { benchmarks(): Promise<Benchmark[]> };
  for (const benchmark of await module.benchmarks()) {
    found.push(benchmark);
    const { name, ratio, bound, of = "time", reference } = benchmark;
    const verdict = isMet(benchmark) ? "met" : "NOT MET";
    process.stdout.write(
      `${name}: ${ratio.toFixed(3)}, ${of === "time" ? "at most" : "at least"} ${bound}: ${verdict} (${reference})\n`,
    );
  }
}
if (found.length === 0) throw new Error("no benchmark was run");
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report(found), null, 2)}\n`);
if (!found.every(isMet)) process.exitCode = 1;
