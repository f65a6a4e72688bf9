import { errors } from "./en/errors.ts";
import { fields } from "./en/fields.ts";
import { pages } from "./en/pages.ts";
import { rules } from "./en/rules.ts";

/** Every word of the panel. The other languages are typed against this one: a missing key does not compile. */
export const en = { ...pages, errors, rules, fields };

export type Text = typeof en;
