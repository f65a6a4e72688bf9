import { START_SWITCHES } from "../../../src/settings/start-switches.ts";
import type { Row } from "./cover.ts";

const EACH = "test/unit/operations/server-variables.test.ts#START_SWITCHES";

/** XMail's own parameters: it reads them when it starts, from the registry or the environment. */
export const START_ROWS: readonly Row[] = START_SWITCHES.map(({ flag }) => ({
  name: flag,
  cover: { by: ["service.explain"], on: ["/service/start"], tests: [EACH] },
}));
