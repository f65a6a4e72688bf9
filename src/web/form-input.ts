/**
 * Fields of a form or query as input of an operation: blanks around names are slips of copying and go, passwords stay
 * as typed, and an empty field that is not required is left out.
 */
export function inputFrom(
  form: URLSearchParams,
  required: readonly string[],
  optional: readonly string[] = [],
): Record<string, string> {
  const input: Record<string, string> = {};
  for (const name of required) input[name] = read(form, name);
  for (const name of optional) {
    const value = read(form, name);
    if (value !== "") input[name] = value;
  }
  return input;
}

function read(form: URLSearchParams, name: string): string {
  const value = form.get(name) ?? "";
  return /password/i.test(name) ? value : value.trim();
}
