import { NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Moment, Nothing } from "../fields.ts";

const Recovered = fields({
  at: Moment,
  outcome: Type.Union([Type.Literal("finished"), Type.Literal("rolledBack")]),
  files: Type.Array(Type.String()),
});

export const changeStatus = defineOperation({
  name: "change.status",
  summary: "Show which interrupted changes were finished or rolled back",
  effect: "read",
  input: Nothing,
  output: fields({ recovered: Type.Array(Recovered) }),
  errors: [],
  http: "GET /changes/status",
  target: () => SERVER,
  async handler({ history = NO_HISTORY }) {
    const found = await history.recoveries();
    return {
      recovered: found.map(({ at, outcome, files }) => ({
        at: at.toISOString(),
        outcome,
        files: [...files],
      })),
    };
  },
});
