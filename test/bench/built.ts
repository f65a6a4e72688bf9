import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { threadInline } from "../../.ci/thread-inline.ts";

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
