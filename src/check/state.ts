import { SECRET_FILES } from "../state/secret-files.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import { type Finding, finding } from "../xmail/check.ts";
import { codeOf } from "./codes.ts";
import { checkStorage } from "./storage.ts";

export interface StateUse {
  readonly needs: readonly (keyof Capabilities)[];
  open(): Promise<Storage>;
  /** How many people can sign in. */
  administrators(): Promise<number>;
}

const OTHERS = 0o077;

/** Where xmailcfg remembers things. Never rejects. */
export async function checkState({ needs, open, administrators }: StateUse): Promise<readonly Finding[]> {
  const { findings, storage } = await checkStorage({ part: "state", needs, writes: true, made: true, open });
  if (!storage) return findings;
  return [...findings, ...(await whoElseReads(storage)), await signIns(administrators)];
}

async function whoElseReads(storage: Storage): Promise<Finding[]> {
  const modes: { name: string; mode: number }[] = [];
  for (const name of Object.values(SECRET_FILES)) {
    const stat = await storage.stat(name).catch(() => null);
    if (stat?.mode !== undefined) modes.push({ name, mode: stat.mode });
  }
  if (modes.length === 0) return [];
  const open = modes.filter(({ mode }) => (mode & OTHERS) !== 0);
  if (open.length === 0) return [finding("state", "stateHidden")];
  return open.map(({ name, mode }) =>
    finding("state", "stateShown", { file: name, mode: (mode & 0o777).toString(8) }),
  );
}

async function signIns(administrators: () => Promise<number>): Promise<Finding> {
  try {
    const count = await administrators();
    return count > 0
      ? finding("state", "hasAdministrators", { count: String(count) })
      : finding("state", "noAdministrators");
  } catch (error) {
    return finding("state", "administratorsUnreadable", {
      code: codeOf(error),
    });
  }
}
