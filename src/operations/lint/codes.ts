/** danger: mail is lost, or anybody can misuse the server; note: worth knowing, often meant so. */
export const SEVERITIES = ["danger", "warning", "note", "skipped"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** All that can be found; `web/text/` says what each means and how to mend it. */
export const CODES = {
  openRelay: "danger",
  openCtrl: "danger",
  clearLine: "danger",
  noRootDomain: "danger",
  spammersMissing: "danger",
  passwordsLogged: "danger",
  domainStepsLose: "danger",
  stepsEmpty: "danger",
  stepsLose: "danger",
  forwardLoop: "danger",
  aliasLoop: "danger",
  aliasDangling: "warning",
  aliasOfAlias: "warning",
  aliasNoDomain: "warning",
  aliasShadowed: "warning",
  domainAliasDangling: "warning",
  domainAliasShadowed: "warning",
  domainAliasOverlap: "note",
  commandAliasTakes: "warning",
  listNobody: "warning",
  listNoSender: "note",
  orphanFolder: "warning",
  orphanDomainFolder: "warning",
  folderMissing: "warning",
  noPostmaster: "warning",
  noAbuse: "note",
  weakPassword: "warning",
  misspelt: "warning",
  unreadable: "warning",
  lineTooLong: "warning",
  patternShadowed: "warning",
  ruleShadowed: "note",
  failedPasswordsLogged: "note",
  signInRelays: "note",
  popBeforeSmtp: "note",
  foldersUnseen: "skipped",
  tooManyAccounts: "skipped",
  fileTooLarge: "skipped",
} as const satisfies Record<string, Severity>;
export type LintCode = keyof typeof CODES;

export interface LintFinding {
  readonly code: LintCode;
  readonly file: string | null;
  readonly line: number | null;
  readonly values: Readonly<Record<string, string>>;
  /** What mends it: an operation and its input. */
  readonly fix: Fix | null;
}

export interface Fix {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface More {
  readonly file?: string | null;
  readonly line?: number | null;
  readonly values?: Readonly<Record<string, string>>;
  readonly fix?: Fix | null;
}

export function finding(
  code: LintCode,
  { file = null, line = null, values = {}, fix = null }: More = {},
): LintFinding {
  return { code, file, line, values, fix };
}

export function fixBy(operation: string, input: Readonly<Record<string, unknown>>): Fix {
  return { operation, input };
}
