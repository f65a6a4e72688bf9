import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { threadInline } from "../../.ci/log-thread.ts";

/**
 * Peak memory, in bytes, of a plain Node process that runs a program of ours, given `folder` as its argument: this process
 * holds the compiler of the tests, too.
 */
export async function peakOf(folder: string, program: string): Promise<number> {
  const run = await built(
    folder,
    "child",
    `${program}
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));`,
  );
  return Number(run());
}

/** A program of ours as it is built, by a name of its own in `folder`: each call runs it in a process and gives what it says. */
export async function built(folder: string, name: string, contents: string): Promise<() => string> {
  const outfile = join(folder, `${name}.mjs`);
  const resolveDir = join(import.meta.dirname, "../..");
  await build({
    stdin: { contents, resolveDir, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [threadInline],
  });
  return () => {
    const { stdout, stderr } = spawnSync(process.execPath, [outfile, folder], { encoding: "utf8" });
    if (stdout === "") throw new Error(stderr);
    return stdout;
  };
}
