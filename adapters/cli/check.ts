import { parseArgs } from "node:util";
import { checkConfiguration, type ExplainedFinding, explainFinding } from "../../src/index.ts";
import { importBeside } from "../node/import-plugin.ts";
import { jsonLines } from "../node/json-lines.ts";
import { configurationFile, configurationText } from "./configuration.ts";
import type { Terminal } from "./terminal.ts";

export interface CheckCall {
  readonly config: string | undefined;
  readonly args: readonly string[];
  readonly json: boolean;
}

const MARKS = { ok: "ok", warning: "WARNING", failure: "FAILURE", skipped: "-" } as const;
const MARK_WIDTH = 9;

/** `xmailcfg check`: whether the configuration works, connection by connection. Resolves how many things failed. */
export async function runCheck({ config, args, json }: CheckCall, terminal: Terminal): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const text = await configurationText(config, terminal);
  const findings = await checkConfiguration(text, {
    env: terminal.env,
    readFile: terminal.readFile,
    ...(terminal.modeOf ? { modeOf: terminal.modeOf } : {}),
    importPlugin: importBeside(configurationFile(config, terminal)),
    log: jsonLines("xmailcfg", terminal.err),
  });
  const explained = findings.map(explainFinding);
  const count = (outcome: ExplainedFinding["outcome"]) =>
    explained.filter((finding) => finding.outcome === outcome).length;
  const failures = count("failure");
  if (json) {
    terminal.out(
      `${JSON.stringify({ failures, warnings: count("warning"), findings: explained }, null, 2)}\n`,
    );
  } else {
    terminal.out(`${asText(explained)}\n\n${summary(failures, count("warning"))}\n`);
  }
  return failures;
}

function asText(findings: readonly ExplainedFinding[]): string {
  const lines: string[] = [];
  let about = "";
  for (const finding of findings) {
    if (finding.about !== about) lines.push(...(about === "" ? [] : [""]), finding.about);
    about = finding.about;
    lines.push(`  ${MARKS[finding.outcome].padEnd(MARK_WIDTH)}${finding.tried}: ${finding.words}`);
    if (finding.mend !== null) lines.push(`  ${" ".repeat(MARK_WIDTH)}→ ${finding.mend}`);
  }
  return lines.join("\n");
}

function summary(failures: number, warnings: number): string {
  const words = [counted(failures, "failure"), counted(warnings, "warning")].filter((word) => word !== "");
  return words.length === 0 ? "Everything works." : `${words.join(", ")}.`;
}

function counted(n: number, thing: string): string {
  return n === 0 ? "" : `${n} ${thing}${n === 1 ? "" : "s"}`;
}
