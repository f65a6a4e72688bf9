import { type FieldProblem, fail } from "../errors/error.ts";
import { problemsOf, type TSchema, Type } from "../kernel/schema.ts";
import { Config } from "./schema.ts";

type Section = TSchema & {
  type?: string;
  properties?: Record<string, Section>;
  required?: readonly string[];
};

/** JSON text to `Config`. `BAD_CONFIG` names every wrong field by its path, like `xmail.ctrl.port`. */
export function parseConfig(text: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail("BAD_CONFIG", `The configuration is not JSON: ${(cause as Error).message}`, { cause });
  }
  const problems = [...deepProblems(Config, value, ""), ...rulesBroken(value as Config)];
  if (problems.length > 0) refuse(problems);
  return value as Config;
}

function refuse(fields: readonly FieldProblem[]): never {
  const lines = fields.map(({ message }) => message).join("\n  ");
  return fail("BAD_CONFIG", `The configuration is not valid:\n  ${lines}`, { fields });
}

/** Like `problemsOf`, section by section, so that a fault deep inside is named and not its whole section. */
function deepProblems(schema: TSchema, value: unknown, path: string): FieldProblem[] {
  const { properties: byName = {}, required: needed = [] } = schema as Section;
  const properties = Object.entries(byName);
  const isSection = ([, property]: [string, TSchema]) => (property as Section).type === "object";
  const required = (field: string) => needed.includes(field);
  const shallow = Type.Object(
    Object.fromEntries(
      properties.map(([field, property]) => {
        const rule = isSection([field, property]) ? Type.Unknown() : property;
        return [field, required(field) ? rule : Type.Optional(rule)];
      }),
    ),
    { additionalProperties: false },
  );
  const here = problemsOf(shallow, value).map((problem) => ({
    ...problem,
    field: `${path}${problem.field}`,
    message: `${path}${problem.message}`,
  }));
  const record = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const inside = properties
    .filter(isSection)
    .filter(([field]) => record[field] !== undefined)
    .flatMap(([field, section]) => deepProblems(section, record[field], `${path}${field}.`));
  return [...here, ...inside];
}

/** What the schema cannot say. */
function rulesBroken(config: Config): FieldProblem[] {
  const found: FieldProblem[] = [];
  const add = (field: string, message: string) => found.push({ field, rule: "rule", message });
  const { ctrl, mailRoot, offline, reads } = config?.xmail ?? {};
  if (!ctrl && !(offline && mailRoot)) {
    add("xmail.ctrl", "xmail.ctrl is missing: give the control port, or mailRoot with offline: true.");
  }
  if (ctrl && offline) add("xmail.offline", "xmail.offline cannot stand beside xmail.ctrl.");
  if (reads === "files" && !mailRoot) add("xmail.reads", "xmail.reads: files needs xmail.mailRoot.");
  const { file, env } = ctrl?.password ?? {};
  if (ctrl?.password && (file === undefined) === (env === undefined)) {
    add("xmail.ctrl.password", "xmail.ctrl.password needs exactly one of file and env.");
  }
  return found;
}
