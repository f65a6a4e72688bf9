import { html } from "hono/html";

/**
 * The one door to HTML: what stands in the template is ours, what is put in is escaped. There is no raw form; a test
 * looks for one.
 */
export { html };

export type Html = ReturnType<typeof html>;

/** What may stand where text stands. */
export type Words = string | Html;
