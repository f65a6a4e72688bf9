import type { Text } from "../../../src/web/text/en.ts";
import { ja } from "../../../src/web/text/ja.ts";

const { rules, ...rest } = ja;
const { required, ...otherRules } = rules;

export const without: Text = rest; // refused
export const withoutOne: Text["rules"] = otherRules; // refused
export const misspelt: Text["rules"] = { ...rules, requierd: required }; // refused
