import { html as template } from "hono/html";

declare const SAFE: unique symbol;

/** HTML whose every value was escaped; made by `html` alone. */
export interface Html {
  readonly [SAFE]: true;
}

/** What may stand where text stands. */
export type Words = string | Html;

/**
 * The one door to HTML: what stands in the template is ours, what is put in is escaped, unless it is `Html` itself. There
 * is no raw form; a test looks for one, and called as a function with text it refuses.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  if (!Array.isArray(strings.raw))
    throw new TypeError("html is a template: text is put in, never handed over.");
  return template(strings, ...values) as unknown as Html;
}
