import { build, type Plugin } from "esbuild";

/** Puts the whole text of the thread that counts logs in place of reading its source: what is built needs no file for it. */
export const threadInline: Plugin = {
  name: "thread-inline",
  setup(outer) {
    outer.onLoad({ filter: /src[\\/]log-worker-source\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [path.replace("log-worker-source", "log-worker")],
        bundle: true,
        minify: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        legalComments: "none",
        write: false,
      });
      const text = outputFiles[0]?.text ?? "";
      if (!text.includes("worker_threads")) throw new Error("The thread that counts logs has no text.");
      return { contents: `export const LOG_WORKER = ${JSON.stringify(text)};`, loader: "ts" };
    });
  },
};
