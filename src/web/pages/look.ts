import { watchRun } from "../../operations/watch/run.ts";
import { definePage } from "../page.ts";

/** Seconds for the walk of the queue: somebody waits for the page. */
const PATIENCE = 10;

/** Looks at everything for the overview, and tells nobody else. */
export const lookPage = definePage({
  path: "/look",
  async submit({ run }) {
    await run(watchRun, { quiet: true, seconds: PATIENCE });
    return { to: "/" };
  },
});
