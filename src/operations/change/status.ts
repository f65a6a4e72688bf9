import { isAppError } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Moment, Nothing, orNull } from "../fields.ts";

const Recovered = fields({
  at: Moment,
  outcome: Type.Union([Type.Literal("finished"), Type.Literal("rolledBack"), Type.Literal("setAside")], {
    description: "setAside: it could be neither finished nor rolled back, and somebody has to look",
  }),
  files: Type.Array(Type.String()),
  note: orNull(Type.String({ description: "File below MailRoot that holds all that is known of it" })),
});

export const changeStatus = defineOperation({
  name: "change.status",
  summary: "Show which changes were interrupted, and what became of them",
  effect: "read",
  input: Nothing,
  output: fields({
    unfinished: orNull(
      Type.Boolean({
        description:
          "A change is under way at this moment, or was interrupted and waits for the next one; null: it cannot be seen",
      }),
    ),
    recovered: Type.Array(Recovered),
  }),
  errors: [],
  http: "GET /changes/status",
  target: () => SERVER,
  async handler(ctx) {
    const { history = NO_HISTORY } = ctx;
    const found = await history.recoveries();
    return {
      unfinished: await isUnfinished(ctx),
      recovered: found.map(({ at, outcome, files, note }) => ({
        at: at.toISOString(),
        outcome,
        files: [...files],
        note: note ?? null,
      })),
    };
  },
});

/** What is out of reach is other news, told elsewhere. */
async function isUnfinished({ xmail, signal }: Context): Promise<boolean | null> {
  try {
    return (await xmail.changes?.unfinished({ signal })) ?? false;
  } catch (error) {
    if (isAppError(error) && error.code !== "ABORTED") return null;
    throw error;
  }
}
