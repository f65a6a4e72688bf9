import { readFileSync } from "node:fs";
import { build, type Plugin } from "esbuild";

/** Puts the whole text of a thread in place of reading its source: what is built needs no file for it. */
export const threadInline: Plugin = {
  name: "thread-inline",
  setup(outer) {
    outer.onLoad({ filter: /src[\\/]\w+-worker-source\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [path.replace("-worker-source", "-worker")],
        bundle: true,
        minify: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        legalComments: "none",
        write: false,
      });
      const text = outputFiles[0]?.text ?? "";
      const [, name] = /export const (\w+)/.exec(readFileSync(path, "utf8")) ?? [];
      if (!name || !text.includes("worker_threads")) throw new Error(`The thread of ${path} has no text.`);
      return { contents: `export const ${name} = ${JSON.stringify(text)};`, loader: "ts" };
    });
  },
};
