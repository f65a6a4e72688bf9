/** What a finding is about, in the order of reports. */
const PARTS = ["configuration", "ctrl", "mailRoot", "state", "tries"] as const;
export type CheckPart = (typeof PARTS)[number];

/** What was tried, in the order in which it is tried. */
export const CHECK_STEPS = [
  "configuration",
  "secrets",
  "reach",
  "signIn",
  "line",
  "version",
  "open",
  "read",
  "capabilities",
  "write",
  "bytes",
  "rename",
  "clean",
  "clock",
  "mailRoot",
  "same",
  "stopped",
  "privacy",
  "administrators",
  "counts",
] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

export type CheckOutcome = "ok" | "warning" | "failure" | "skipped";

/** All that a check can find: by which try, and how it is to be taken. `web/text/` has the words. */
export const FINDINGS = {
  configurationRead: ["configuration", "ok"],
  configurationWrong: ["configuration", "failure"],
  secretsHidden: ["secrets", "ok"],
  secretShown: ["secrets", "warning"],
  secretMissing: ["secrets", "failure"],

  ctrlAnswers: ["reach", "ok"],
  ctrlSilent: ["reach", "failure"],
  ctrlLate: ["reach", "failure"],
  ctrlBusy: ["reach", "failure"],
  ctrlNotXMail: ["reach", "failure"],
  ctrlAddressRefused: ["reach", "failure"],
  ctrlTlsFailed: ["reach", "failure"],
  ctrlFailed: ["reach", "failure"],
  signedIn: ["signIn", "ok"],
  signInRefused: ["signIn", "failure"],
  lineEncrypted: ["line", "ok"],
  lineInside: ["line", "ok"],
  lineClear: ["line", "warning"],
  versionKnown: ["version", "ok"],
  versionOther: ["version", "warning"],
  ctrlLists: ["read", "ok"],
  ctrlRefuses: ["read", "failure"],

  storageOpens: ["open", "ok"],
  storageSilent: ["open", "failure"],
  storageSignInRefused: ["open", "failure"],
  storageWrongSetting: ["open", "failure"],
  storageFailed: ["open", "failure"],
  mayRead: ["read", "ok"],
  mayNotRead: ["read", "failure"],
  readFailed: ["read", "failure"],
  folderMissing: ["read", "failure"],
  folderNotYet: ["read", "warning"],
  canAllNeeded: ["capabilities", "ok"],
  lacksNeeded: ["capabilities", "failure"],
  lacksUseful: ["capabilities", "warning"],
  mayWrite: ["write", "ok"],
  readOnlyEnough: ["write", "ok"],
  mayNotWrite: ["write", "failure"],
  writeFailed: ["write", "failure"],
  writeNeedsFolder: ["write", "warning"],
  bytesEqual: ["bytes", "ok"],
  textEqual: ["bytes", "ok"],
  bytesDiffer: ["bytes", "failure"],
  bytesFailed: ["bytes", "failure"],
  renamed: ["rename", "ok"],
  renameUnsupported: ["rename", "skipped"],
  renameFailed: ["rename", "failure"],
  cleaned: ["clean", "ok"],
  scratchLeft: ["clean", "failure"],
  clockEqual: ["clock", "ok"],
  clockDiffers: ["clock", "warning"],
  looksLikeMailRoot: ["mailRoot", "ok"],
  notMailRoot: ["mailRoot", "failure"],
  sameMailRoot: ["same", "ok"],
  otherMailRoot: ["same", "failure"],
  notCompared: ["same", "skipped"],
  stoppedQuiet: ["stopped", "ok"],
  stoppedBusy: ["stopped", "warning"],
  stateHidden: ["privacy", "ok"],
  stateShown: ["privacy", "warning"],
  hasAdministrators: ["administrators", "ok"],
  noAdministrators: ["administrators", "warning"],
  administratorsUnreadable: ["administrators", "failure"],
  redisCounts: ["counts", "ok"],
  redisRefuses: ["counts", "failure"],
  redisSilent: ["counts", "failure"],
  redisFails: ["counts", "failure"],
} as const satisfies Record<string, readonly [CheckStep, CheckOutcome]>;
export type Found = keyof typeof FINDINGS;

/** One thing that `server.check` tried, and what came of it. */
export interface Finding {
  readonly part: CheckPart;
  readonly found: Found;
  /** What stands in the sentence: numbers, names of fields and files below the root, safe to show. */
  readonly values: Readonly<Record<string, string>>;
}

export function finding(
  part: CheckPart,
  found: Found,
  values: Readonly<Record<string, string>> = {},
): Finding {
  return { part, found, values };
}

export function stepOf({ found }: Pick<Finding, "found">): CheckStep {
  return FINDINGS[found][0];
}

export function outcomeOf({ found }: Pick<Finding, "found">): CheckOutcome {
  return FINDINGS[found][1];
}

/** Part by part; what belongs to one stays as it was. */
export function byPart(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, two) => PARTS.indexOf(one.part) - PARTS.indexOf(two.part));
}
