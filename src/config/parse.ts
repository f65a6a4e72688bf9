import { type FieldProblem, fail } from "../errors/error.ts";
import { problemsOf, type TSchema, Type } from "../kernel/schema.ts";
import { rulesBroken } from "./rules.ts";
import { Config } from "./schema.ts";

type Section = TSchema & {
  type?: string;
  properties?: Record<string, Section>;
  required?: readonly string[];
  anyOf?: readonly Section[];
  description?: string;
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
  const record = (isRecord(value) ? value : {}) as Record<string, unknown>;
  const properties = Object.entries(byName).map(
    ([field, property]) => ({ field, property, section: sectionFor(property, record[field]) }) as const,
  );
  const shallow = Type.Object(
    Object.fromEntries(
      properties.map(({ field, property, section }) => {
        const rule = section ? Type.Unknown() : property;
        return [field, needed.includes(field) ? rule : Type.Optional(rule)];
      }),
    ),
    { additionalProperties: false },
  );
  const here = problemsOf(shallow, value).map(({ message, ...problem }) => ({
    ...problem,
    field: `${path}${problem.field}`,
    message: `${path}${plainer(problem, message, byName[problem.field])}`,
  }));
  const inside = properties.flatMap(({ field, section }) =>
    section && record[field] !== undefined ? deepProblems(section, record[field], `${path}${field}.`) : [],
  );
  return [...here, ...inside];
}

/** A field may take a plain value or a section: an object is judged as the section. */
function sectionFor(property: Section, value: unknown): Section | null {
  if (property.type === "object") return property;
  return (isRecord(value) && property.anyOf?.find(({ type }) => type === "object")) || null;
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The validator speaks of operations and of regular expressions. */
function plainer({ field, rule }: Omit<FieldProblem, "message">, message: string, schema?: Section): string {
  if (rule === "unknown") return `${field} is not a field of the configuration.`;
  const words = schema?.description;
  return words !== undefined && (rule === "pattern" || schema?.anyOf)
    ? `${field} must be ${words}.`
    : message;
}
