import { hasCode } from "../errors/error.ts";
import { ROOT } from "../storage/path.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import { type CheckPart, type Finding, type Found, finding } from "../xmail/check.ts";
import { codeOf, reasonOf } from "./codes.ts";
import { tryScratch } from "./scratch.ts";

/** A storage of the configuration, and what it is for. */
export interface StorageUse {
  readonly part: CheckPart;
  /** Without these it is of no use. */
  readonly needs: readonly (keyof Capabilities)[];
  /** Whether anything is ever written there. */
  readonly writes: boolean;
  /** Whether a folder that is missing will be made. */
  readonly made: boolean;
  open(): Promise<Storage>;
}

export interface CheckedStorage {
  readonly findings: readonly Finding[];
  /** `null` when it could not be opened or read. */
  readonly storage: Storage | null;
}

/** Opens it, looks what it can and what we may do. Never rejects; the storage stays open. */
export async function checkStorage(use: StorageUse): Promise<CheckedStorage> {
  const { part } = use;
  let storage: Storage;
  try {
    storage = await use.open();
  } catch (error) {
    return { findings: [notOpened(error, part)], storage: null };
  }
  const opened = finding(part, "storageOpens", { kind: storage.kind });
  const unreadable = await mayNotRead(storage, use);
  if (unreadable) return { findings: [opened, unreadable], storage: null };
  const findings = [
    opened,
    finding(part, "mayRead"),
    ...capabilitiesOf(storage, use),
    ...(await tryScratch(storage, use)),
  ];
  return { findings, storage };
}

async function mayNotRead(storage: Storage, { part, made }: StorageUse): Promise<Finding | null> {
  try {
    await storage.list(ROOT);
    return null;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return finding(part, made ? "folderNotYet" : "folderMissing");
    if (hasCode(error, "STORAGE_DENIED")) return finding(part, "mayNotRead");
    return finding(part, "readFailed", { code: codeOf(error), reason: reasonOf(error) });
  }
}

/** What makes work safer or quicker where it is there. */
const USEFUL = ["atomicReplace", "durableWrite"] as const;

function capabilitiesOf({ can }: Storage, { part, needs, writes }: StorageUse): Finding[] {
  const missing = needs.filter((one) => !can[one]);
  const missed = writes ? USEFUL.filter((one) => !can[one] && !needs.includes(one)) : [];
  if (missing.length + missed.length === 0) return [finding(part, "canAllNeeded")];
  return [
    ...missing.map((capability) => finding(part, "lacksNeeded", { capability })),
    ...missed.map((capability) => finding(part, "lacksUseful", { capability })),
  ];
}

const BY_CODE: Readonly<Record<string, Found>> = {
  BAD_CONFIG: "storageWrongSetting",
  STORAGE_DENIED: "storageSignInRefused",
  STORAGE_FAILED: "storageSilent",
  STORAGE_NOT_FOUND: "folderMissing",
};

function notOpened(error: unknown, part: CheckPart): Finding {
  const code = codeOf(error);
  return finding(part, BY_CODE[code] ?? "storageFailed", { code, reason: reasonOf(error) });
}
