import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Count, fields, Nothing, orNull } from "../fields.ts";
import { CHECKS } from "./checks.ts";
import { CODES, type LintFinding, SEVERITIES } from "./codes.ts";
import { factsOf } from "./facts.ts";

/** Of one kind; more would bury the others. */
const SHOWN = 50;

const Severity = Type.Union([
  Type.Literal("danger"),
  Type.Literal("warning"),
  Type.Literal("note"),
  Type.Literal("skipped"),
]);

const Fix = fields({
  operation: Type.String({ description: "Name of the operation that mends it" }),
  input: Type.Unknown({ description: "The input it takes" }),
});

export const serverLint = defineOperation({
  name: "server.lint",
  summary: "Look through the settings for what is dangerous, broken or never used, and say what mends it",
  effect: "read",
  input: Nothing,
  output: fields({
    counts: fields({ danger: Count, warning: Count, note: Count, skipped: Count }),
    findings: Type.Array(
      fields({
        code: Type.String({ description: `One of ${Object.keys(CODES).join(", ")}` }),
        severity: Severity,
        file: orNull(Type.String({ description: "Below MailRoot" })),
        line: orNull(Type.Integer({ minimum: 1 })),
        values: Type.Array(fields({ name: Type.String(), value: Type.String() })),
        fix: orNull(Fix),
      }),
      { description: `The gravest first, ${SHOWN} of a kind at most` },
    ),
    more: Type.Array(fields({ code: Type.String(), count: Count }), {
      description: "How many of a kind were left out",
    }),
  }),
  errors: [],
  http: "GET /server/lint",
  target: () => SERVER,
  async handler(ctx) {
    const facts = factsOf(ctx);
    const found: LintFinding[] = [];
    for (const [index, check] of CHECKS.entries()) {
      // Hundreds of thousands at once would be too many arguments.
      for (const finding of await check(facts)) found.push(finding);
      ctx.progress(index + 1, CHECKS.length);
    }
    const of = (severity: string) => found.filter(({ code }) => CODES[code] === severity);
    const counts = {
      danger: of("danger").length,
      warning: of("warning").length,
      note: of("note").length,
      skipped: of("skipped").length,
    };
    return { counts, ...shownOf(SEVERITIES.flatMap(of)) };
  },
});

function shownOf(found: readonly LintFinding[]) {
  const seen = new Map<string, number>();
  const findings = found.filter(({ code }) => {
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    return count <= SHOWN;
  });
  return {
    findings: findings.map(({ values, fix, ...rest }) => ({
      ...rest,
      severity: CODES[rest.code],
      values: Object.entries(values).map(([name, value]) => ({ name, value })),
      fix: fix && { operation: fix.operation, input: { ...fix.input } },
    })),
    more: [...seen].flatMap(([code, count]) => (count > SHOWN ? [{ code, count: count - SHOWN }] : [])),
  };
}
