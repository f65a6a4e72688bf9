import { fileURLToPath } from "node:url";

/** The text of a thread that runs `spool-worker.ts`. Where the program is built its whole text stands here instead. */
export const SPOOL_WORKER = `require("tsx/cjs"); require(${JSON.stringify(
  fileURLToPath(new URL("./spool-worker.ts", import.meta.url)),
)});`;
