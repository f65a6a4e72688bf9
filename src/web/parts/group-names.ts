/** Name of one field of one group in a form: `gateways.0.host`. */
export function groupName(name: string, at: number, part: string): string {
  return `${name}.${at}.${part}`;
}

/** Which groups a form that came back has, in their order. */
export function groupNumbers(form: URLSearchParams, name: string): number[] {
  const numbers = [...form.keys()]
    .filter((key) => key.startsWith(`${name}.`))
    .map((key) => /^\.(\d{1,3})\./.exec(key.slice(name.length))?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
