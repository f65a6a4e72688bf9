import { failField } from "../../errors/error.ts";
import type { AnyOperation } from "../../kernel/operation.ts";
import { accountImport } from "../../operations/account/import.ts";
import { aliasImport } from "../../operations/alias/import.ts";
import type { ImportReported } from "../../operations/bulk/bulk-import.ts";
import { memberImport } from "../../operations/member/import.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { check, choices, field, fieldMarks, fieldWords, labelsOf, wrapped } from "../parts/field.ts";
import { fieldId, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { importReport } from "../parts/import-report.ts";
import { pageHead } from "../parts/page-head.ts";
import { whyField } from "../parts/review-screen.ts";

const PATH = "/import";
const OPERATIONS = { account: accountImport, alias: aliasImport, member: memberImport } as const;

export type ImportKind = keyof typeof OPERATIONS;

/** What is to be imported, but for the file. */
export interface ImportWishes {
  readonly kind: ImportKind;
  /** Empty: what each line says. */
  readonly domain: string;
  /** Address of the mailing list. */
  readonly list: string;
  readonly mode: "all" | "possible";
  readonly resume: boolean;
}

export interface ImportData extends ImportWishes {
  /** What became of the lines, or would become; `null` before there were any. */
  readonly report: ImportReported | null;
  /** The whole request, to be saved within ten minutes; `null` when it is done. */
  readonly concealed: string | null;
}

/** A file or pasted text: looked at first, with a report of each line, and saved from there. */
export const importPage = definePage<ImportData>({
  path: PATH,
  load: async ({ visit }) => ({ ...wishesIn(visit.query), report: null, concealed: null }),
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
${data.report && importReport(frame, data.kind, data.report, data.concealed !== null)}
${data.report === null || frame.refusal ? newForm(frame, data) : nextForm(frame, data, data.report)}`,
    };
  },
  async answer(ask) {
    const { visit } = ask;
    const isSaving = visit.form.get("act") === "save";
    const text = isSaving ? visit.browser.unveil(visit.form.get("request") ?? "", PATH) : null;
    if (isSaving && text === null) failField("csv", "retype", "csv: choose the file again.");
    const given = new URLSearchParams(text ?? [...visit.form].map(([name, value]) => [name, value]));
    const wishes = wishesIn(given);
    const csv = csvIn(given);
    const operation = OPERATIONS[wishes.kind];
    if (isSaving) {
      const report = await saved(ask, wishes.kind, inputOf(wishes, csv, wishes.mode));
      return { ...wishes, report, concealed: null };
    }
    const report = await tried(ask, operation, inputOf(wishes, csv, "possible"));
    const request = new URLSearchParams({ ...asFields(wishes), csv });
    return { ...wishes, report, concealed: visit.browser.conceal(request.toString(), PATH) };
  },
});

function saved({ run }: Ask, kind: ImportKind, input: unknown): Promise<ImportReported> {
  if (kind === "account") return run(accountImport, input);
  return kind === "alias" ? run(aliasImport, input) : run(memberImport, input);
}

async function tried(
  { options, visit }: Ask,
  operation: AnyOperation,
  input: unknown,
): Promise<ImportReported> {
  const { dryRun } = await import("../../operations/dry-run.ts");
  const { result } = await dryRun(operation, options.call(visit), input);
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

function inputOf({ kind, domain, list, resume }: ImportWishes, csv: string, mode: ImportWishes["mode"]) {
  const rest = { csv, mode, resume };
  if (kind !== "member") return { ...rest, ...(domain === "" ? {} : { domain }) };
  const at = list.lastIndexOf("@");
  if (at < 1) failField("list", "address", "list: write the address of the mailing list.");
  return { ...rest, name: list.slice(0, at), domain: list.slice(at + 1) };
}

function asFields({ resume, ...wishes }: ImportWishes): Record<string, string> {
  return { ...wishes, resume: String(resume) };
}

function placeOf({ kind, list }: ImportWishes): string {
  if (kind === "alias") return "/aliases";
  const at = list.lastIndexOf("@");
  if (kind === "account" || at < 1) return "/accounts";
  return `/accounts/${encodeURIComponent(list.slice(at + 1))}/${encodeURIComponent(list.slice(0, at))}/members`;
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

/** Saving what was looked at, or going back. */
function nextForm(frame: Frame, data: ImportData, { added, wrong }: ImportReported): Html {
  const { t } = frame;
  const again = frame.link(PATH, { kind: data.kind, domain: data.domain, list: data.list });
  const saves = data.concealed !== null && added > 0 && (wrong === 0 || data.mode === "possible");
  return html`<form class="flow" method="post" action="${frame.link(PATH)}">
${saves && html`${whyField(frame)}<input type="hidden" name="request" value="${data.concealed ?? ""}">`}
<div class="form-end">${token(frame)}${saves && html`<button class="btn primary" name="act" value="save">${t.imports.save(added)}</button>`}<a class="btn" href="${again}">${t.imports.again}</a><a class="btn" href="${frame.link(placeOf(data))}">${t.imports.toList}</a></div>
</form>`;
}
