import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { threadInline } from "../../.ci/log-thread.ts";

/**
 * Peak memory, in bytes, of a plain Node process that runs a program of ours, given `folder` as its argument: this process
 * holds the compiler of the tests, too.
 */
export async function peakOf(folder: string, program: string): Promise<number> {
  const outfile = join(folder, "child.mjs");
  const contents = `${program}
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));`;
  const resolveDir = join(import.meta.dirname, "../..");
  await build({
    stdin: { contents, resolveDir, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [threadInline],
  });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile, folder], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return Number(stdout);
}
