import { fail } from "../../errors/error.ts";
import type { Static } from "../../kernel/schema.ts";
import { type LintCode, SEVERITIES } from "../../operations/lint/codes.ts";
import { serverLint } from "../../operations/lint/lint.ts";
import { ALL_OPERATIONS } from "../../operations/table.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { placeLink } from "../parts/place-link.ts";
import { fill, fillText } from "../parts/shown.ts";

type Report = Static<typeof serverLint.output>;
type Finding = Report["findings"][number];
type Severity = Finding["severity"];

const PATH = "/health";
const TONES = { danger: "bad", warning: "warn", note: "info", skipped: "held" } as const;
/** What findings are mended by; a form can ask for nothing else. */
export const MENDERS: readonly string[] = [
  "account.setVariables",
  "alias.add",
  "alias.remove",
  "commandAlias.remove",
  "ctrlAccess.add",
  "ctrlAccess.change",
  "ctrlAccess.remove",
  "domainAlias.remove",
  "domainMailStep.add",
  "fingerAccess.remove",
  "forward.move",
  "ipProperty.remove",
  "mailStep.add",
  "pop3Access.remove",
  "relay.remove",
  "serverSetting.set",
  "smtpAccess.remove",
  "sourceRoute.move",
  "spammer.remove",
];

export const healthPage = definePage<Report>({
  path: PATH,
  load: ({ run }) => run(serverLint, {}),
  view(report, frame) {
    const { t } = frame;
    return {
      title: t.lint.title,
      ...stateOf(report, frame),
      body: html`${pageHead(frame, { title: t.lint.title, lead: t.lint.lead })}
${flashOf(frame)}
${refusalSummary(frame, {})}
${verdict(report, frame)}
${SEVERITIES.map((severity) => section(severity, report, frame))}`,
    };
  },
  async submit({ run, visit }) {
    const name = visit.form.get("mend") ?? "";
    const operation = ALL_OPERATIONS.find((one) => one.name === name);
    if (!operation || !MENDERS.includes(name)) return fail("INVALID_INPUT");
    await run(operation as unknown as Parameters<Ask["run"]>[0], inputIn(visit.form.get("input") ?? ""));
    return { to: PATH, flash: { tone: "ok", text: "findingMended" } };
  },
});

function inputIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("INVALID_INPUT");
  }
}

function stateOf({ counts }: Report, { t }: Frame) {
  if (counts.danger > 0) return { state: { tone: "bad", words: t.lint.dangers(counts.danger) } } as const;
  if (counts.warning > 0) return { state: { tone: "warn", words: t.lint.warnings(counts.warning) } } as const;
  return {};
}

function verdict({ counts }: Report, frame: Frame): Html {
  const { t } = frame;
  const words = [
    counts.danger > 0 && t.lint.dangers(counts.danger),
    counts.warning > 0 && t.lint.warnings(counts.warning),
    counts.note > 0 && t.lint.notes(counts.note),
  ].filter((one) => one !== false);
  if (words.length === 0) return empty(t.lint.none, t.lint.noneText);
  const tone = counts.danger > 0 ? "bad" : counts.warning > 0 ? "warn" : "ok";
  return html`<section class="verdict" aria-labelledby="verdict"><div class="verdict-line is-${tone}"><h2 id="verdict">${words.join(t.listComma)}</h2></div></section>`;
}

function section(severity: Severity, report: Report, frame: Frame): Html | null {
  const { t } = frame;
  const findings = report.findings.filter((one) => one.severity === severity);
  if (findings.length === 0) return null;
  return html`<section class="flow" aria-labelledby="${`at-${severity}`}"><h2 id="${`at-${severity}`}">${t.lint.severities[severity]}</h2><div class="verdict">${findings.map(
    (finding, at) => findingView(finding, findings[at + 1]?.code !== finding.code, report, frame),
  )}</div></section>`;
}

function findingView(finding: Finding, isLast: boolean, { more }: Report, frame: Frame): Html {
  const { t, may } = frame;
  const { file, line, fix, severity, code } = finding;
  const values = Object.fromEntries(finding.values.map(({ name, value }) => [name, value]));
  const words = Object.hasOwn(t.lint.found, code)
    ? t.lint.found[code as LintCode]
    : { title: t.lint.unknown, text: "" };
  const shownValues = { ...values, key: code };
  const left = isLast ? more.find((one) => one.code === code)?.count : undefined;
  const title = fillText(words.title, shownValues);
  return html`<div class="finding"><span class="dot is-${TONES[severity]}" aria-hidden="true"></span><div><h3>${fill(words.title, shownValues)}</h3><p>${fill(words.text, shownValues)}</p>${
    file !== null && html`<p>${placeLink(frame, file, line)}</p>`
  }${left !== undefined && html`<p>${fill(t.lint.more, { count: left })}</p>`}</div>${
    fix && may.use(fix.operation) && html`<div class="row">${mendButton(frame, fix, title)}</div>`
  }</div>`;
}

function mendButton(frame: Frame, fix: NonNullable<Finding["fix"]>, title: string): Html {
  const { t } = frame;
  return postButton(frame, PATH, t.lint.fix, {
    looks: "btn sm",
    label: fillText(t.lint.fixLabel, { title }),
    fields: { mend: fix.operation, input: JSON.stringify(fix.input) },
  });
}
