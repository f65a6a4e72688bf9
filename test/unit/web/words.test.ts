import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../../src/errors/codes.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { fieldWords } from "../../../src/web/parts/field.ts";
import { LANGUAGES } from "../../../src/web/text/language.ts";

type Properties = Record<string, Record<string, unknown>>;

const propertiesOf = (operation: (typeof ALL_OPERATIONS)[number]) =>
  (operation.input as { properties?: Properties }).properties ?? {};

/** Rules named in the schemas, and those that handlers and pages raise by name. */
function rules(): string[] {
  const found = new Set<string>();
  const walk = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === "x-rule") found.add(String(value));
      walk(value);
    }
  };
  for (const operation of ALL_OPERATIONS) walk(operation.input);
  for (const file of sourcesIn("src/operations").concat(sourcesIn("src/web"), sourcesIn("src/kernel"))) {
    const source = readFileSync(file, "utf8");
    for (const [, rule] of source.matchAll(/failField\(\s*[\w"`.]+,\s*"([^"]+)"/g)) found.add(rule ?? "");
    for (const [, rule] of source.matchAll(/\brule: "([^"]+)"/g)) found.add(rule ?? "");
  }
  return [...found].filter((rule) => rule !== "wrong");
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

/** Every string of a language, by its path; functions are asked with numbers. */
function strings(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [2, 1, 0].map((n) => [`${path}(${n})`, String(value(n, n, n))]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}.${key}`));
}

const holes = (text: string) => [...text.matchAll(/\{[a-z]+\}/g)].map(String).sort();

describe.each(Object.entries(LANGUAGES))("%s", (language, t) => {
  test("has a title and an advice for every error code", () => {
    expect(Object.keys(t.errors).sort()).toEqual(Object.keys(ERROR_CODES).sort());
    for (const { title, advice } of Object.values(t.errors))
      expect(title.trim() && advice.trim()).not.toBe("");
  });

  test("says that nothing was changed only of what was refused before anything was done", () => {
    for (const [code, { status }] of Object.entries(ERROR_CODES)) {
      if (status < 499) continue;
      const { title, advice } = t.errors[code as keyof typeof ERROR_CODES];
      expect(`${title} ${advice}`, code).not.toMatch(
        /nothing was (?:changed|saved)|変更していません|保存していません/i,
      );
    }
  });

  test("has a sentence for every rule a field can break", () => {
    expect(rules().length).toBeGreaterThan(20);
    for (const rule of rules()) expect(Object.hasOwn(t.rules, rule), rule).toBe(true);
  });

  test("has words for every keyword the schemas use", () => {
    const keywords = new Set(
      ALL_OPERATIONS.flatMap((operation) => Object.values(propertiesOf(operation)).flatMap(Object.keys)),
    );
    const refusing = [
      "minLength",
      "maxLength",
      "minimum",
      "maximum",
      "maxItems",
      "pattern",
      "anyOf",
      "const",
    ];
    for (const keyword of [...refusing.filter((one) => keywords.has(one)), "required", "unknown", "type"]) {
      expect(Object.hasOwn(t.rules, keyword), keyword).toBe(true);
    }
  });

  test("has a label and help for every field of every operation", () => {
    for (const operation of ALL_OPERATIONS) {
      for (const field of Object.keys(propertiesOf(operation))) {
        const { label, help } = fieldWords(t, operation.name, field);
        expect(help, `${operation.name} ${field}`).not.toBe("");
        expect(label).not.toBe(field);
      }
    }
  });

  test("fills the same holes as English", () => {
    const own = new Map(strings(t));
    for (const [path, text] of strings(LANGUAGES.en)) {
      expect(holes(own.get(path) ?? ""), `${language}${path}`).toEqual(holes(text));
    }
  });

  test("leaves nothing empty and uses no typewriter quotes around names", () => {
    for (const [path, text] of strings(t)) {
      expect(text.trim() === "" && !path.startsWith(".sentenceEnd"), path).toBe(false);
      expect(text, path).not.toMatch(/'\{|"\{/);
    }
  });
});

test("Japanese is Japanese: nothing was left in English", () => {
  const sameOnPurpose = /^\.(?:code|me\.languages|settings\.permissionsHelp)/;
  const en = new Map(strings(LANGUAGES.en));
  for (const [path, text] of strings(LANGUAGES.ja)) {
    if (sameOnPurpose.test(path) || !/[A-Za-z]{3}/.test(en.get(path) ?? "")) continue;
    expect(text, path).not.toBe(en.get(path));
    expect(text, path).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]|^\{used\} \/ \{limit\}$/);
  }
});

test("Japanese words are spelt one way", () => {
  for (const [path, text] of strings(LANGUAGES.ja)) {
    expect(text, path).not.toMatch(/サーバー|ユーザー|フォルダー|メモリー/);
  }
});

test("Japanese sentences are polite and end as Japanese ones do", () => {
  for (const [path, text] of strings(LANGUAGES.ja)) {
    expect(text, path).not.toMatch(/[a-z]\. |。.*[^。:）}]。? $/);
    expect(text, path).not.toMatch(/(?:である|だ|しろ|せよ)。/);
  }
});
