import type { Text } from "./en.ts";
import { errors } from "./ja/errors.ts";
import { fields } from "./ja/fields.ts";
import { pages } from "./ja/pages.ts";
import { rules } from "./ja/rules.ts";

export const ja: Text = { ...pages, errors, rules, fields };
