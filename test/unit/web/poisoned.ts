/**
 * A page's data with `text` in every place that may hold text from outside, so that each screen of the gallery, also of
 * pages to come, meets the attacks. What can only be one of our own words (`active`, `smtp-access`), a day or a number
 * stays: views choose their words and looks by it.
 */
export function poisoned<D>(data: D, text: string): D {
  return poison(data, text, "") as D;
}

/** Names that people choose look like our own words. */
const CHOSEN_BY_PEOPLE = ["fullName", "signInAlias", "memo", "reason", "about", "realName", "found"];
const OUR_WORD = /^[A-Za-z][A-Za-z0-9+-]*(?:[.=][A-Za-z]+)?$/;
const MOMENT_OR_NUMBER = /^\d{4}-\d\d-\d\d|^-?\d*$/;

function poison(value: unknown, text: string, key: string): unknown {
  // Markup that has been through the list of what may stay, as text always has; that list meets the attacks in tests of its own.
  if (key === "html" && typeof value === "string") return `<p>${escaped(text)}</p>`;
  if (typeof value === "string") return isOutside(value, key) ? text : value;
  if (Array.isArray(value)) return value.map((one) => poison(one, text, key));
  if (value instanceof Map)
    return new Map([...value].map(([name, one]) => [name, poison(one, text, String(name))]));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, text, name)]));
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

function isOutside(value: string, key: string): boolean {
  if (MOMENT_OR_NUMBER.test(value)) return false;
  return CHOSEN_BY_PEOPLE.includes(key) || !OUR_WORD.test(value);
}
