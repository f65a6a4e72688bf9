import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CODES } from "../../../src/operations/lint/codes.ts";
import { SAID } from "../../../src/operations/mail/said.ts";
import { MENDERS } from "../../../src/web/pages/health.ts";
import { LANGUAGES } from "../../../src/web/text/language.ts";

const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");

test("every operation that a finding names is one the page carries out", () => {
  const source = sourcesIn("src/operations/lint");
  const named = [...source.matchAll(/fixBy\(\s*"([a-zA-Z.]+)"/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(10);
  for (const noun of [
    "smtpAccess",
    "pop3Access",
    "ctrlAccess",
    "fingerAccess",
    "relay",
    "spammer",
    "ipProperty",
  ]) {
    named.push(`${noun}.remove`);
  }
  named.push("forward.move", "sourceRoute.move");
  expect([...new Set(named)].sort()).toEqual([...MENDERS].sort());
});

test.each(Object.entries(LANGUAGES))("%s has words for every finding and every step", (_, t) => {
  expect(Object.keys(t.lint.found).sort()).toEqual(Object.keys(CODES).sort());
  expect(Object.keys(t.mailJourney.said).sort()).toEqual(Object.keys(SAID).sort());
});

test("sentences have holes for what their checks and steps give, and no others", () => {
  const given = sourcesIn("src/operations/lint") + sourcesIn("src/operations/mail");
  const texts = [
    ...Object.values(LANGUAGES.en.lint.found).flatMap(({ title, text }) => [title, text]),
    ...Object.values(LANGUAGES.en.mailJourney.said),
  ];
  for (const text of texts) {
    for (const [, hole = ""] of text.matchAll(/\{([a-z]+)\}/g)) {
      expect(new RegExp(`\\b${hole}\\b[:,\\s}]`).test(given), `${text}: ${hole}`).toBe(true);
    }
  }
});
