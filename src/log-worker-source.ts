import { fileURLToPath } from "node:url";

/** The text of a thread that runs `log-worker.ts`. Where the program is built its whole text stands here instead. */
export const LOG_WORKER = `require("tsx/cjs"); require(${JSON.stringify(
  fileURLToPath(new URL("./log-worker.ts", import.meta.url)),
)});`;
