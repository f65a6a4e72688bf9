/** One part of a value that is made of several, such as one gateway of a list; absent ones are empty texts. */
export type Part = Readonly<Record<string, string>>;

/** What a field of a part takes. */
export interface PartField {
  readonly name: string;
  readonly required: boolean;
  readonly pattern: RegExp;
  /** Values to choose from. */
  readonly values?: readonly string[];
}

/** How a value of one kind is read and written. */
export interface Parted {
  readonly fields: readonly PartField[];
  /** Always exactly one part, or any number of them. */
  readonly single: boolean;
  /** `null` for what is written in a way we do not understand: it is shown as text and kept. */
  parse(text: string): readonly Part[] | null;
  print(parts: readonly Part[]): string;
}

/** Parts between separators, blanks around them dropped, empty ones left out. */
export function pieces(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

/** All of them, or `null` when one of them was not understood. */
export function allOf<T>(found: readonly (T | null)[]): readonly T[] | null {
  const understood = found.filter((one) => one !== null);
  return understood.length === found.length ? understood : null;
}

/** The rule a part breaks first. */
export function partProblem({ fields }: Parted, part: Part): { field: string; rule: string } | null {
  for (const { name, required, pattern, values } of fields) {
    const value = part[name] ?? "";
    if (value === "") {
      if (required) return { field: name, rule: "required" };
      continue;
    }
    if (!pattern.test(value) || (values && !values.includes(value))) return { field: name, rule: "invalid" };
  }
  const known = fields.map(({ name }) => name);
  const stranger = Object.keys(part).find((name) => !known.includes(name) && part[name] !== "");
  return stranger === undefined ? null : { field: stranger, rule: "unknown" };
}
