import { failField } from "../../errors/error.ts";
import type { AnyOperation } from "../../kernel/operation.ts";
import type { ImportReported } from "../../operations/bulk/bulk-import.ts";
import { type Html, html } from "../html.ts";
import {
  type ImportState,
  type ImportWishes,
  importPart,
  inputOf,
  LONG,
  OPERATIONS,
  packState,
  runImport,
  unpackState,
} from "../import-run.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { check, choices, field, fieldMarks, fieldWords, labelsOf, wrapped } from "../parts/field.ts";
import { fieldId, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { type ImportProgress, importProgress } from "../parts/import-progress.ts";
import { importReport } from "../parts/import-report.ts";
import { pageHead } from "../parts/page-head.ts";
import { whyField } from "../parts/review-screen.ts";
import { accountPath } from "../paths.ts";

const PATH = "/import";

export interface ImportData extends ImportWishes {
  /** What became of the lines, or would become; `null` before there were any, and between two parts. */
  readonly report: ImportReported | null;
  /** All of the request, to be gone on with within ten minutes; `null` when it is done. */
  readonly concealed: string | null;
  /** Of an import in parts. */
  readonly progress: ImportProgress | null;
  /** Nothing goes on by itself. */
  readonly stopped: boolean;
  /** Why it is made, for the parts to come. */
  readonly why: string;
}

const IDLE = { report: null, concealed: null, progress: null, stopped: false, why: "" } as const;

/** A file or pasted text: looked at first, with a report of each line, and saved from there. */
export const importPage = definePage<ImportData>({
  path: PATH,
  load: async ({ visit }) => ({ ...wishesIn(visit.query), ...IDLE }),
  view(data, frame) {
    const { t } = frame;
    const title = t.imports.title;
    return {
      title,
      body: html`${pageHead(frame, {
        title,
        lead: t.imports.lead,
        crumbs: [{ href: frame.link(placeOf(data)), words: t.imports.kinds[data.kind] }],
      })}
${refusalSummary(frame, { ...labelsOf(t, OPERATIONS[data.kind]), list: t.imports.list })}
${data.progress && importProgress(frame, data.progress, data.stopped)}
${data.report && (!data.progress || data.report.report.length > 0) && importReport(frame, data.kind, data.report, { isTried: data.concealed !== null, isTold: data.progress !== null })}
${bodyForm(frame, data)}`,
    };
  },
  async answer(ask) {
    const { form } = ask.visit;
    const act = form.get("act");
    if (act !== "save" && act !== "part" && act !== "stop") return lookedAt(ask);
    const text = ask.visit.browser.unveil(form.get("request") ?? "", PATH);
    if (text === null) failField("csv", "retype", "csv: choose the file again.");
    const state = await unpackState(text ?? "");
    const { wishes, csv } = state;
    if (act === "save") {
      const report = await runImport(ask, wishes.kind, inputOf(wishes, csv, wishes.mode));
      return { ...wishes, ...IDLE, report };
    }
    return shownPart(ask, act === "stop" ? state : await importPart(ask, state), act === "stop");
  },
});

async function lookedAt(ask: Ask): Promise<ImportData> {
  const given = new URLSearchParams([...ask.visit.form].map(([name, value]) => [name, value]));
  const state = { wishes: wishesIn(given), csv: csvIn(given) };
  const report = await tried(ask, state);
  return { ...state.wishes, ...IDLE, report, concealed: await concealed(ask, state) };
}

async function shownPart(ask: Ask, state: ImportState, isStopped: boolean): Promise<ImportData> {
  const { wishes, progress } = state;
  if (!progress) return failField("csv", "retype", "csv: choose the file again.");
  const isDone = progress.next === null;
  const { added, already, wrong, total, wrongLines } = progress;
  return {
    ...wishes,
    progress,
    // At the end, and whenever somebody looks: which lines were not taken.
    report:
      isDone || isStopped || progress.failed !== null
        ? { added, already, wrong, total, next: null, report: wrongLines }
        : null,
    concealed: isDone ? null : await concealed(ask, state),
    stopped: isStopped,
    why: ask.visit.form.get("why")?.trim() ?? "",
  };
}

async function concealed({ visit }: Ask, state: ImportState): Promise<string> {
  return visit.browser.conceal(await packState(state), PATH);
}

async function tried({ options, visit }: Ask, { wishes, csv }: ImportState): Promise<ImportReported> {
  const { dryRun } = await import("../../operations/dry-run.ts");
  const operation = OPERATIONS[wishes.kind];
  const { result } = await dryRun(
    operation as AnyOperation,
    options.call(visit),
    inputOf(wishes, csv, "possible"),
  );
  return result as ImportReported;
}

function wishesIn(given: URLSearchParams): ImportWishes {
  const kind = given.get("kind") ?? "";
  return {
    kind: kind === "alias" || kind === "member" ? kind : "account",
    domain: given.get("domain")?.trim() ?? "",
    list: given.get("list")?.trim() ?? "",
    mode: given.get("mode") === "possible" ? "possible" : "all",
    resume: given.get("resume") === "true",
  };
}

function csvIn(given: URLSearchParams): string {
  const file = given.get("file") ?? "";
  const csv = file === "" ? (given.get("csv") ?? "") : file;
  return csv.trim() === "" ? failField("csv", "required", "csv: choose a file, or paste its text.") : csv;
}

function placeOf({ kind, list }: ImportWishes): string {
  if (kind === "alias") return "/aliases";
  const at = list.lastIndexOf("@");
  if (kind === "account" || at < 1) return "/accounts";
  return accountPath({ domain: list.slice(at + 1), name: list.slice(0, at) }, "/members");
}

function newForm(frame: Frame, data: ImportWishes): Html {
  const { t, refusal } = frame;
  const asked = refusal ? wishesIn(refusal.values) : data;
  const { label, help } = fieldWords(t, "account.import", "csv");
  const box = (name: "kind" | "mode", value: string, words: string, now: string) =>
    check("radio", name, value, words, now === value);
  const csv = fieldId("csv");
  const file = fieldId("file");
  return html`<form class="flow" method="post" action="${frame.link(PATH)}" enctype="multipart/form-data">
${choices(frame, "kind", t.imports.what, [
  box("kind", "account", t.imports.kinds.account, asked.kind),
  box("kind", "alias", t.imports.kinds.alias, asked.kind),
  box("kind", "member", t.imports.kinds.member, asked.kind),
])}
${field(frame, "list", t.imports.list, { value: asked.list, help: t.imports.listHelp })}
${field(frame, "domain", t.imports.domain, { value: asked.domain, help: t.imports.domainHelp })}
${wrapped(frame, "file", t.imports.file, {
  help: t.imports.fileHelp,
  control: html`<input type="file" id="${file}" name="file" accept=".csv,.txt,text/csv" aria-describedby="${file}-h">`,
  optional: false,
})}
${wrapped(frame, "csv", label, {
  help: html`${help} ${t.imports.columns[asked.kind]}`,
  control: html`<textarea id="${csv}" name="csv" rows="6" spellcheck="false" aria-describedby="${marks(frame)}"></textarea>`,
  optional: false,
})}
${choices(frame, "mode", t.imports.mode, [
  box("mode", "all", t.imports.modes.all, asked.mode),
  box("mode", "possible", t.imports.modes.possible, asked.mode),
])}
${choices(frame, "resume", t.imports.resume, [check("checkbox", "resume", "true", t.imports.resumeYes, asked.resume)])}
<div class="form-end">${token(frame)}<button class="btn primary" name="act" value="try">${t.imports.look}</button><a class="btn" href="${frame.link(placeOf(asked))}">${t.frame.cancel}</a></div>
</form>`;
}

function marks(frame: Frame): string {
  return String(fieldMarks(frame, "csv", true)["aria-describedby"] ?? "");
}

function bodyForm(frame: Frame, data: ImportData): Html {
  if (frame.refusal || (data.report === null && data.progress === null)) return newForm(frame, data);
  const { concealed, progress, report } = data;
  if (progress && concealed !== null) return partForm(frame, data, concealed);
  return nextForm(frame, data, report);
}

/** Saving what was looked at, or going back. */
function nextForm(frame: Frame, data: ImportData, report: ImportReported | null): Html {
  const { t } = frame;
  const { added = 0, wrong = 0, total = 0 } = report ?? {};
  const saves = data.concealed !== null && added > 0 && (wrong === 0 || data.mode === "possible");
  const isLong = total > LONG;
  const button = (act: "save" | "part", words: string, isFirst: boolean) =>
    html`<button class="btn${isFirst && html` primary`}" name="act" value="${act}">${words}</button>`;
  return html`<form class="flow" method="post" action="${frame.link(PATH)}">
${saves && html`${whyField(frame)}<input type="hidden" name="request" value="${data.concealed ?? ""}">`}
${saves && isLong && html`<p class="small mute">${data.mode === "all" ? t.imports.longAll : t.imports.longPossible}</p>`}
<div class="form-end">${token(frame)}${
    saves &&
    html`${(data.mode === "all" || !isLong) && button("save", t.imports.save(added), true)}${
      isLong && button("part", t.imports.inParts(added), data.mode === "possible")
    }`
  }${elsewhere(frame, data)}</div>
</form>`;
}

/** The next part; with script it is asked for by itself, until somebody stops it. */
function partForm(frame: Frame, data: ImportData, concealed: string): Html {
  const { t } = frame;
  const isStill = data.stopped || data.progress?.failed != null;
  return html`<form class="flow" method="post" action="${frame.link(PATH)}"${!isStill && html` data-carry-on`}>
<input type="hidden" name="request" value="${concealed}"><input type="hidden" name="why" value="${data.why}">
${!isStill && html`<p class="small mute">${t.imports.partHelp}</p>`}
<div class="form-end">${token(frame)}<button class="btn primary" name="act" value="part">${t.imports.carryOn}</button>${
    isStill
      ? elsewhere(frame, data)
      : html`<button class="btn" name="act" value="stop">${t.imports.stop}</button>`
  }</div>
</form>`;
}

function elsewhere(frame: Frame, data: ImportWishes): Html {
  const { t } = frame;
  const again = frame.link(PATH, { kind: data.kind, domain: data.domain, list: data.list });
  return html`<a class="btn" href="${again}">${t.imports.again}</a><a class="btn" href="${frame.link(placeOf(data))}">${t.imports.toList}</a>`;
}
