import { type Html, html } from "../html.ts";

export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Names are ours, values are escaped; `true` gives the bare name, false and nothing leave it out. */
export function attributes(values: Attributes): Html {
  return html`${Object.entries(values).map(([name, value]) => {
    if (value === undefined || value === null || value === false) return null;
    return value === true ? html` ${name}` : html` ${name}="${value}"`;
  })}`;
}
