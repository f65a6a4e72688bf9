import { join } from "node:path";
import { build } from "esbuild";

/**
 * Builds what XMail starts for a mail: one file, because it is copied to XMail's machine, where nothing else of the
 * package need be.
 */
export async function buildFilter(folder: string): Promise<void> {
  await build({
    entryPoints: ["adapters/filter/main.ts"],
    outfile: join(folder, "xmailcfg-filter.cjs"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    // The look of the panel cannot be read from a bundle; nothing of it is in here.
    logLevel: "error",
    external: ["ssh2"],
  });
}
