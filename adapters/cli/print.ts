type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** An answer for eyes: lists as tables, objects as lines. `--json` is for programs. */
export function asText(answer: unknown): string {
  const value = answer as Json;
  if (isObject(value) && Array.isArray(value["items"])) return asList(value);
  // An export is for a file: nothing stands around it.
  if (isObject(value) && typeof value["csv"] === "string") return asFile(value["csv"]);
  if (isObject(value) && typeof value["jsonl"] === "string") return asJsonLines(value["jsonl"]);
  return isObject(value) ? lines(value, "").join("\n") : cell(value);
}

/** Exactly the same to whoever parses it, and nothing that steers a terminal. */
function asJsonLines(jsonl: string): string {
  const escaped = (text: string) =>
    text
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
  return jsonl.replace(/\n$/, "").replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, escaped);
}

/** The last line end comes with printing. */
function asFile(csv: string): string {
  return csv.replace(/\r\n$/, "").replace(/(?![\t\r\n])\p{Cc}/gu, "\u{fffd}");
}

function asList(page: { readonly [key: string]: Json }): string {
  const items = (page["items"] as readonly Json[]).map((item) => flat(item));
  const about = aboutAll(page);
  if (items.length === 0) return `Nothing found.${about}`;
  const heads = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const table = [heads, ...items.map((item) => heads.map((head) => item[head] ?? ""))];
  const widths = heads.map((_, i) => Math.max(...table.map((row) => width(row[i] ?? ""))));
  const text = table
    .map((row) =>
      row
        .map((value, i) => value + " ".repeat((widths[i] ?? 0) - width(value)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
  const next = page["next"] ? `; more with --cursor ${cell(page["next"])}` : "";
  // The history counts no rows that nobody asked to see.
  if (page["total"] === undefined) return `${text}\n(${items.length} shown${next})${about}`;
  const total = Number(page["total"]);
  return `${text}\n(${page["first"]} to ${Number(page["first"]) + items.length - 1} of ${total}${next})${about}`;
}

/** What is said of all rows at once, such as how much could be seen: an empty list without it would be half the truth. */
function aboutAll({ next: _, previous: __, ...page }: { readonly [key: string]: Json }): string {
  const said = Object.entries(page).filter(([, value]) => typeof value === "string");
  return said.map(([key, value]) => `\n${key}: ${cell(value)}`).join("");
}

function flat(value: Json, prefix = ""): Record<string, string> {
  if (!isObject(value)) return { [prefix || "value"]: cell(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flat(inner, prefix ? `${prefix}.${key}` : key)),
  );
}

function lines(value: { readonly [key: string]: Json }, indent: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isObject(inner)) return [`${indent}${key}:`, ...lines(inner, `${indent}  `)];
    if (!Array.isArray(inner)) return [`${indent}${key}: ${cell(inner)}`];
    return [`${indent}${key}:`, ...inner.map((item) => `${indent}  ${Object.values(flat(item)).join("  ")}`)];
  });
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function cell(value: Json | undefined): string {
  return value === null || value === undefined
    ? "-"
    : forTerminal(String(value)).replaceAll("\t", "\u{fffd}");
}

/** Control and direction characters come from outside and must not steer the terminal; a TAB does no harm. */
export function forTerminal(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}

/** Kanji and kana take two columns. */
function width(text: string): number {
  let columns = 0;
  for (const letter of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        letter,
      )
        ? 2
        : 1;
  return columns;
}
