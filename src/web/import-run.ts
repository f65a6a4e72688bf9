import { failField, isAppError } from "../errors/error.ts";
import { accountImport } from "../operations/account/import.ts";
import { aliasImport } from "../operations/alias/import.ts";
import type { ImportReported } from "../operations/bulk/bulk-import.ts";
import { memberImport } from "../operations/member/import.ts";
import type { Ask } from "./page.ts";
import type { ImportProgress } from "./parts/import-progress.ts";

export const OPERATIONS = { account: accountImport, alias: aliasImport, member: memberImport } as const;
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

/** All that the next request needs; it travels through the page, concealed, and is kept nowhere else. */
export interface ImportState {
  readonly wishes: ImportWishes;
  readonly csv: string;
  /** Absent before the first part. */
  readonly progress?: ImportProgress;
  /** Lines of the next part. */
  readonly size?: number;
}

/** Longer imports can be made in parts, and those that may leave lines out are. */
export const LONG = 500;
const FIRST_PART = 250;
const SMALLEST_PART = 20;
const LARGEST_PART = 2_000;
/** What one request should take, ms: web servers end programs that answer too late, and nobody likes to wait. */
const PART_MS = 6_000;
/** Wrong lines that are told at the end. */
const MOST_WRONG = 200;

/**
 * Makes the next part of an import. A part is a whole change, so nothing is lost when the page is closed; sent again it
 * finds its lines there already, so nothing is doubled. Rejects never with a refusal: that is told beside how far it came.
 */
export async function importPart(
  ask: Ask,
  state: ImportState,
): Promise<ImportState & { progress: ImportProgress }> {
  const { wishes, csv, size = FIRST_PART } = state;
  const before = state.progress ?? NOTHING;
  const begun = performance.now();
  try {
    // A part may be sent twice: by a second click, or by loading the page again.
    const input = inputOf({ ...wishes, resume: true }, csv, "possible");
    const from = before.next === null ? {} : { from: before.next };
    const part = await runImport(ask, wishes.kind, { ...input, ...from, most: size });
    const fitting = (size * PART_MS) / (performance.now() - begun);
    return {
      ...state,
      size: Math.round(Math.max(SMALLEST_PART, Math.min(LARGEST_PART, 4 * size, fitting))),
      progress: after(before, part),
    };
  } catch (error) {
    if (!isAppError(error) || state.progress === undefined) throw error;
    // Whether a part that failed did something, it finds out itself when it is sent again.
    return { ...state, size: SMALLEST_PART, progress: { ...before, failed: error.code } };
  }
}

const NOTHING: ImportProgress = {
  done: 0,
  total: 0,
  added: 0,
  already: 0,
  wrong: 0,
  next: null,
  wrongLines: [],
  failed: null,
};

function after(before: ImportProgress, part: ImportReported): ImportProgress {
  const wrong = part.report.filter(({ outcome }) => outcome === "wrong");
  return {
    done: before.done + part.report.length,
    total: part.total,
    added: before.added + part.added,
    already: before.already + part.already,
    wrong: before.wrong + part.wrong,
    next: part.next,
    wrongLines: [...before.wrongLines, ...wrong].slice(0, MOST_WRONG),
    failed: null,
  };
}

export function runImport({ run }: Ask, kind: ImportKind, input: unknown): Promise<ImportReported> {
  if (kind === "account") return run(accountImport, input);
  return kind === "alias" ? run(aliasImport, input) : run(memberImport, input);
}

export function inputOf(
  { kind, domain, list, resume }: ImportWishes,
  csv: string,
  mode: ImportWishes["mode"],
) {
  const rest = { csv, mode, resume };
  if (kind !== "member") return { ...rest, ...(domain === "" ? {} : { domain }) };
  const at = list.lastIndexOf("@");
  if (at < 1) failField("list", "address", "list: write the address of the mailing list.");
  return { ...rest, name: list.slice(0, at), domain: list.slice(at + 1) };
}

/** For a hidden field: CSV packs well, and each part sends it there and back. */
export async function packState(state: ImportState): Promise<string> {
  const { deflateRawSync } = await import("node:zlib");
  return deflateRawSync(JSON.stringify(state)).toString("base64");
}

export async function unpackState(packed: string): Promise<ImportState> {
  const { inflateRawSync } = await import("node:zlib");
  return JSON.parse(inflateRawSync(Buffer.from(packed, "base64")).toString()) as ImportState;
}
