import { failField } from "../errors/error.ts";
import { SPOOL_STATES, type SpooledMessage, type SpoolState } from "./spool.ts";
import { fingerprintOf, reasonFingerprint } from "./spool-alike.ts";

const TEXT_KEYS = ["from", "to", "auth", "ip", "subject", "reason", "domain", "id"] as const;
type TextKey = (typeof TEXT_KEYS)[number];
export type SpoolFilterKey = TextKey | "status" | "age" | "size";
const SPOOL_FILTER_KEYS: readonly SpoolFilterKey[] = [...TEXT_KEYS, "status", "age", "size"];

/** How a text is compared, whatever its case: `=exact`, `^begins`, `contains`, and `~alike` but for numbers and addresses. */
export type TextMode = "exact" | "begins" | "contains" | "alike";

interface TextPart {
  readonly mode: TextMode;
  /** In lower case. */
  readonly text: string;
}

/** What a message must be to be caught: of several wishes about one thing any, of different things all. */
export interface SpoolFilter {
  readonly texts: ReadonlyMap<TextKey, readonly TextPart[]>;
  readonly states: ReadonlySet<SpoolState> | null;
  /** Bounds on age, in milliseconds, and size, in bytes: at least, and less than. */
  readonly age: Bounds;
  readonly size: Bounds;
  /** None of these: the same, each of one part, with a `-` before. */
  readonly not: readonly SpoolFilter[];
  /** Whether the logs of the tries must be looked at to know. */
  readonly needsLogs: boolean;
}

interface Bounds {
  readonly least: number;
  readonly below: number;
}

const ANY: Bounds = { least: 0, below: Number.POSITIVE_INFINITY };
const LONGEST = 1000;
const MARKS: Readonly<Record<string, TextMode>> = { "=": "exact", "^": "begins", "~": "alike" };
const DURATIONS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZES: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const WORD = /(-?)([A-Za-z]*)(:?)([=^~]?)(?:"((?:[^"\\]|\\.)*)"|(\S*))/y;

/**
 * Reads `from:=a@example.com -subject:"weekly report" age:>2h size:<100k status:frozen`. `INVALID_INPUT` names the word
 * that is not understood.
 */
export function parseSpoolFilter(text: string): SpoolFilter {
  if (text.length > LONGEST) refuse("maxLength", text.slice(0, 20), `at most ${LONGEST} letters`, LONGEST);
  const yes: Wish[] = [];
  const not: SpoolFilter[] = [];
  for (const { negated, ...wish } of wishesIn(text)) {
    if (negated) not.push(filterOf([wish], []));
    else yes.push(wish);
  }
  return filterOf(yes, not);
}

interface Wish {
  readonly key: SpoolFilterKey;
  readonly mode: TextMode;
  readonly value: string;
  /** As it was written. */
  readonly word: string;
}

/** The words of a filter, each with what it means. */
export function* wishesIn(text: string): Generator<Wish & { readonly negated: boolean }> {
  for (let at = 0; ; ) {
    while (/\s/.test(text[at] ?? "")) at += 1;
    if (at >= text.length) return;
    WORD.lastIndex = at;
    const found = WORD.exec(text);
    const [word = "", minus = "", key = "", colon = "", mark = "", quoted, bare] = found ?? [];
    if (word === "") refuse("spool-word", text.slice(at, at + 40), "it is not understood");
    at += word.length;
    if (quoted !== undefined && at < text.length && !/\s/.test(text[at] ?? ""))
      refuse("spool-quote", word, "a blank must follow the closing quotation mark");
    const value = quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1");
    if (quoted === undefined && value.includes('"'))
      refuse("spool-quote", word, "a quotation mark stays open");
    const name = SPOOL_FILTER_KEYS.find((one) => one === key.toLowerCase());
    if (colon === "" || name === undefined)
      return refuse(
        "spool-word",
        word,
        `it must begin with one of ${SPOOL_FILTER_KEYS.join(", ")} and a colon`,
      );
    yield { negated: minus !== "", key: name, mode: MARKS[mark] ?? "contains", value, word };
  }
}

function filterOf(wishes: readonly Wish[], not: readonly SpoolFilter[]): SpoolFilter {
  const texts = new Map<TextKey, TextPart[]>();
  const states = new Set<SpoolState>();
  let age = ANY;
  let size = ANY;
  for (const { key, mode, value, word } of wishes) {
    if (key === "status") states.add(stateIn(value, word));
    else if (key === "age") age = narrowed(age, value, word, durationIn);
    else if (key === "size") size = narrowed(size, value, word, sizeIn);
    else texts.set(key, [...(texts.get(key) ?? []), textPart(key, mode, value, word)]);
  }
  const needsLogs = texts.has("reason") || not.some((one) => one.needsLogs);
  return { texts, states: states.size > 0 ? states : null, age, size, not, needsLogs };
}

function textPart(key: TextKey, mode: TextMode, value: string, word: string): TextPart {
  // `from:=` is the null sender, and `auth:=` who had not signed in.
  if (value === "" && mode !== "exact" && mode !== "alike") refuse("spool-empty", word, "nothing follows");
  if (mode !== "alike") return { mode, text: value.toLowerCase() };
  return { mode, text: key === "reason" ? reasonFingerprint(value) : fingerprintOf(value) };
}

function stateIn(value: string, word: string): SpoolState {
  const state = SPOOL_STATES.find((one) => one === value.toLowerCase());
  return state ?? refuse("spool-status", word, `status is one of ${SPOOL_STATES.join(", ")}`);
}

function narrowed(
  bounds: Bounds,
  value: string,
  word: string,
  read: (value: string, word: string) => number,
): Bounds {
  const [, sign = "", rest = ""] = /^([<>]?)(.*)$/.exec(value) ?? [];
  const bound = read(rest, word);
  if (sign === "<") return { ...bounds, below: Math.min(bounds.below, bound) };
  return { ...bounds, least: Math.max(bounds.least, bound) };
}

function durationIn(value: string, word: string): number {
  const [, number, unit = ""] = /^(\d{1,6})([mhd])$/i.exec(value) ?? [];
  const ms = DURATIONS[unit.toLowerCase()];
  return number === undefined || ms === undefined
    ? refuse("spool-age", word, "an age is like >2h, <30m or >3d")
    : Number(number) * ms;
}

function sizeIn(value: string, word: string): number {
  const [, number, unit = ""] = /^(\d{1,9})([kmg]?)b?$/i.exec(value) ?? [];
  return number === undefined
    ? refuse("spool-size", word, "a size is like >100k, <2m or >500")
    : Number(number) * (SIZES[unit.toLowerCase()] ?? 1);
}

function refuse(rule: string, word: string, why: string, limit?: number): never {
  return failField("filter", rule, `filter: ${word}: ${why}.`, limit ?? word);
}

/** Whether the filter catches a message. */
export function isCaught(filter: SpoolFilter, message: SpooledMessage, now: number): boolean {
  const { states, age, size, texts, not } = filter;
  if (states && !states.has(message.state)) return false;
  if (message.size < size.least || message.size >= size.below) return false;
  if (age !== ANY) {
    const old = now - message.since;
    if (old < age.least || old >= age.below) return false;
  }
  for (const [key, parts] of texts) if (!parts.some((part) => fits(key, part, message))) return false;
  return !not.some((one) => isCaught(one, message, now));
}

function fits(key: TextKey, { mode, text }: TextPart, message: SpooledMessage): boolean {
  if (mode === "alike")
    return (key === "reason" ? reasonFingerprint : fingerprintOf)(textOf(key, message)) === text;
  const value = textOf(key, message).toLowerCase();
  if (mode === "exact") return value === text;
  return mode === "begins" ? value.startsWith(text) : value.includes(text);
}

function textOf(key: TextKey, message: SpooledMessage): string {
  if (key === "domain") return domainOf(message.to);
  // As the logs tell it; what we call the id is where its file stands.
  return key === "id" ? message.number : message[key];
}

/** Of an address, in lower case; empty where there is none. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** Whether a message is from or to a domain. */
export function concernsDomain({ from, to, auth }: SpooledMessage, domain: string): boolean {
  const wanted = domain.toLowerCase();
  return [from, to, auth].some((address) => address.includes("@") && domainOf(address) === wanted);
}

/** One part of a filter as text, for a link that narrows a list. */
export function filterPart(key: SpoolFilterKey, mode: TextMode, value: string): string {
  const mark = { exact: "=", begins: "^", contains: "", alike: "~" }[mode];
  const plain = /^[^\s"\\=^~<>][^\s"\\]*$/.test(value) || value === "";
  return `${key}:${mark}${plain ? value : `"${value.replace(/["\\]/g, "\\$&")}"`}`;
}
