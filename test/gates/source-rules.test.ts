import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TOP } from "./tree-copy.ts";

interface Rule {
  readonly name: string;
  /** Files it holds for. */
  readonly where: RegExp;
  /** Files that may: the one place, or what the rule is not about. */
  readonly except?: RegExp;
  readonly never: RegExp;
  /** A file and a line that must be reported. */
  readonly fault: readonly [path: string, line: string];
}

const RULES: readonly Rule[] = [
  {
    name: "the library prints nothing: a log goes to the logger it was given",
    where: /^src\/.*\.ts$/,
    never: /\bconsole\.|process\.std(out|err)/,
    fault: ["src/ctrl/login.ts", "console.log(password)"],
  },
  {
    name: "settings come as arguments, not from the environment",
    where: /^src\/.*\.ts$/,
    never: /process\.env|process\.argv|process\.cwd/,
    fault: ["src/storage/local.ts", 'const root = process.env["MAIL_ROOT"];'],
  },
  {
    name: "operations take time and chance from ctx",
    where: /^src\/operations\//,
    never: /Date\.now\(|new Date\(\)|Math\.random|randomUUID|performance\.now/,
    fault: ["src/operations/domain/add.ts", "const at = Date.now();"],
  },
  {
    name: "HTML is never put together from strings, in the browser or before",
    where: /^src\//,
    never: /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\braw\(/,
    fault: ["src/web/assets/app.js", "row.innerHTML = name;"],
  },
  {
    name: "no text becomes code",
    where: /^(src|adapters)\//,
    never: /\beval\(|new Function\(/,
    fault: ["src/web/assets/app.js", "eval(text)"],
  },
  {
    name: "the CSP has no unsafe-inline: no style attribute, no inline handler, no inline script",
    where: /^src\/web\/.*\.ts$/,
    never: /\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)/,
    fault: ["src/web/parts/table.ts", '<td style="width: 3px">'],
  },
  {
    name: "no Intl on the way to a page: its first use costs a CGI 13 ms",
    where: /^src\/(web|http|operations|kernel)\/.*\.ts$/,
    never: /\bIntl\.|\.toLocale(Date|Time)?String\(/,
    fault: ["src/web/parts/number.ts", "count.toLocaleString()"],
  },
  {
    name: "types are not argued with",
    where: /^(src|adapters|test|docs)\/.*\.ts$/,
    except: /^test\/gates\//,
    never: /@ts-(ignore|expect-error|nocheck)|biome-ignore|\bas any\b|: any\b/,
    fault: ["src/http/api.ts", "const body = input as any;"],
  },
  {
    name: "no test is left out or left alone; a suite without its peer says so through describeWith",
    where: /^test\/.*\.ts$/,
    except: /^test\/(peers\.ts$|gates\/)/,
    never: /\b(it|test|describe|suite)\.(only|skip|todo|fails|skipIf|runIf)\b|\bctx\.skip\(/,
    fault: ["test/unit/tab/codec.test.ts", 'test.skip("later", () => {});'],
  },
  {
    name: "nothing is promised for later",
    where: /^(src|adapters|test|docs)\/.*\.(ts|js|css|md)$/,
    except: /^test\/gates\//,
    never: /\b(TODO|FIXME|XXX)\b|not implemented/i,
    fault: ["src/spool/scan.ts", 'throw new Error("not implemented");'],
  },
  {
    name: "no default exports, no export of everything",
    where: /^(src|adapters)\/.*\.ts$/,
    never: /^export (default|\* from)/,
    fault: ["src/tab/everything.ts", 'export * from "./codec.ts";'],
  },
];

/** A codec is one thing, and the stylesheet is not TypeScript. */
const MAY_BE_LONG = ["src/tab/codec.ts"];
const MOST_LINES = 400;

function files(): Map<string, string> {
  const found = ["src", "adapters", "test", "docs"].flatMap((folder) =>
    readdirSync(join(TOP, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(TOP.length + 1)),
  );
  const ours = found.filter((path) => /\.(ts|js|css|md)$/.test(path) && !path.startsWith("test/fixtures/"));
  return new Map(ours.map((path) => [path, readFileSync(join(TOP, path), "utf8")]));
}

/** `path:line` of each break of `rule`; lines that are only a comment may say the word. */
function breaks(rule: Rule, path: string, text: string): string[] {
  if (!rule.where.test(path) || rule.except?.test(path)) return [];
  return text.split("\n").flatMap((line, index) => {
    const comment = /^\s*(\/\/|\/?\*)/.test(line) && !rule.never.source.includes("TODO");
    return !comment && rule.never.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [];
  });
}

function tooLong(path: string, text: string): boolean {
  const lines = text.split("\n").length - 1;
  return /^(src|adapters)\/.*\.ts$/.test(path) && lines > MOST_LINES && !MAY_BE_LONG.includes(path);
}

describe("source rules", () => {
  const all = files();
  const named = RULES.map((rule) => [rule.name, rule] as const);

  test("look at the whole project", () => {
    for (const folder of ["src/", "adapters/", "test/", "docs/"]) {
      expect([...all.keys()].filter((path) => path.startsWith(folder)).length).toBeGreaterThan(5);
    }
  });

  test.each(named)("%s", (_, rule) => {
    expect([...all].flatMap(([path, text]) => breaks(rule, path, text))).toEqual([]);
  });

  test.each(named)("a planted fault is reported: %s", (_, rule) => {
    const [path, line] = rule.fault;
    expect(breaks(rule, path, `const before = 1;\n${line}\n`)).toEqual([`${path}:2 ${line}`]);
  });

  test(`no file has more than ${MOST_LINES} lines`, () => {
    expect([...all].filter(([path, text]) => tooLong(path, text)).map(([path]) => path)).toEqual([]);
  });

  test("a planted long file is reported, the codec is not", () => {
    expect(tooLong("src/ctrl/planted.ts", "x\n".repeat(MOST_LINES))).toBe(false);
    expect(tooLong("src/ctrl/planted.ts", "x\n".repeat(MOST_LINES + 1))).toBe(true);
    expect(tooLong("adapters/cli/planted.ts", "x\n".repeat(MOST_LINES + 1))).toBe(true);
    expect(tooLong("src/tab/codec.ts", "x\n".repeat(MOST_LINES + 1))).toBe(false);
  });
});
