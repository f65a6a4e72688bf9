import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { partedOf, textOfParts, valueProblem } from "../../settings/server-values/values.ts";
import { rightSpelling, serverVariable } from "../../settings/server-variables/catalogue.ts";
import { changeVariables } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { editSeen, Revision } from "../edit-seen.ts";
import { fields } from "../fields.ts";
import { Confirm } from "../rows/row-schema.ts";
import { refuseUnusable } from "./guard.ts";
import { ValuePart } from "./rows.ts";

const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: "^[!-~]+$",
  description: "The variable's name, in XMail's own spelling",
  "x-rule": "server-variable",
});

const Setting = fields({
  name: Name,
  value: Type.Optional(
    Type.String({
      maxLength: 1500,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
      description: "One line of text",
      "x-rule": "one-line",
    }),
  ),
  parts: Type.Optional(
    Type.Array(ValuePart, { maxItems: 50, description: "Instead of value, where it is made of parts" }),
  ),
});

export const serverSettingSet = defineOperation({
  name: "serverSetting.set",
  summary: "Change or take away variables of server.tab; every other line stays as it is",
  effect: "write",
  input: fields({
    set: Type.Optional(Type.Array(Setting, { maxItems: 100, description: "Variables to write" })),
    unset: Type.Optional(
      Type.Array(Name, { maxItems: 100, description: "Variables to take away; XMail's default then counts" }),
    ),
    revision: Type.Optional(Revision),
    confirm: Type.Optional(Confirm),
  }),
  output: fields({ changed: Type.Array(Type.String(), { description: "Names of the variables" }) }),
  errors: ["CONFLICT", "CELL_NOT_WRITABLE", "FILE_CHANGED", "WOULD_LOCK_OUT"],
  http: "PUT /server/settings",
  target: () => SERVER,
  async handler(ctx: Context, { set = [], unset = [], revision, confirm }) {
    const changes = new Map<string, string | null>(unset.map((name) => [name, null]));
    for (const one of set) {
      if (changes.has(one.name)) failField("set", "twice", `${one.name} is named twice.`);
      changes.set(one.name, textFor(one));
    }
    if (changes.size === 0) failField("set", "required", "Name at least one variable to set or unset.");
    await editSeen(ctx, FILES.server.path, revision as string | undefined, async (bytes) => {
      const wanted = changeVariables(bytes, FILES.server, changes);
      await refuseUnusable(ctx, bytes, wanted, confirm);
      return wanted;
    });
    return { changed: [...changes.keys()] };
  },
});

/** Checked: XMail would read anything else as 0, or not at all, and say nothing. */
function textFor({ name, value, parts }: Static<typeof Setting>): string {
  const right = rightSpelling(name);
  if (right !== null)
    failField(name, "spelling", `${name}: XMail reads this variable as ${right} only.`, right);
  const variable = serverVariable(name);
  const parted = variable && partedOf(variable.kind);
  if (parts !== undefined) {
    if (!parted || value !== undefined) failField(name, "server-one-value", `${name} takes one text.`);
    const printed = textOfParts(parted, parts);
    if ("text" in printed) return printed.text;
    const { at, field, rule } = printed;
    return failField(name, "server-part", `${name}: entry ${at + 1}, ${field}: ${rule}.`, String(at + 1));
  }
  if (value === undefined) failField(name, "required", `${name} needs a value.`);
  if (value.endsWith("\\")) failField(name, "backslash", `${name} must not end in a backslash.`);
  const problem = variable && valueProblem(variable, value);
  if (problem) failField(name, problem.rule, `${name} does not fit: ${problem.rule}.`, problem.limit);
  return value;
}
