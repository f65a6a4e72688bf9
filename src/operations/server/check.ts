import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { CHECK_STEPS, outcomeOf, stepOf } from "../../xmail/check.ts";
import { Count, fields, Nothing } from "../fields.ts";

export const serverCheck = defineOperation({
  name: "server.check",
  summary: "Try every connection from end to end, with a scratch file that is taken away again",
  // It writes, though it leaves nothing behind.
  effect: "write",
  changesNothing: true,
  input: Nothing,
  output: fields({
    failures: Count,
    warnings: Count,
    findings: Type.Array(
      fields({
        part: Type.Union([
          Type.Literal("configuration"),
          Type.Literal("ctrl"),
          Type.Literal("mailRoot"),
          Type.Literal("state"),
          Type.Literal("tries"),
        ]),
        step: Type.String({ description: `What was tried: ${CHECK_STEPS.join(", ")}` }),
        outcome: Type.Union([
          Type.Literal("ok"),
          Type.Literal("warning"),
          Type.Literal("failure"),
          Type.Literal("skipped"),
        ]),
        found: Type.String({ description: "Key of the sentence that says what it is and how to mend it" }),
        values: Type.Array(fields({ name: Type.String(), value: Type.String() }), {
          description: "What stands in that sentence",
        }),
      }),
    ),
  }),
  errors: [],
  http: "POST /server/check",
  target: () => SERVER,
  async handler(ctx) {
    const findings = (await ctx.xmail.server.check(ctx)).map(({ part, found, values }) => ({
      part,
      step: stepOf({ found }),
      outcome: outcomeOf({ found }),
      found,
      values: Object.entries(values).map(([name, value]) => ({ name, value })),
    }));
    const having = (outcome: string) => findings.filter((one) => one.outcome === outcome).length;
    return { failures: having("failure"), warnings: having("warning"), findings };
  },
});
