import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type Finding, finding } from "../xmail/check.ts";
import { checkStorage } from "./storage.ts";

export interface MailRootUse {
  /** Whether its files are changed by us, XMail being stopped; else a running XMail changes them. */
  readonly offline: boolean;
  open(): Promise<Storage>;
}

/** What every MailRoot has. */
const NEEDED = ["server.tab", "domains.tab", "mailusers.tab", "domains"];
/** A log that grew within this time tells of a server that runs. */
const BUSY_MS = 600_000;

/** The MailRoot's storage, and whether it holds one. Never rejects. */
export async function checkMailRoot({ offline, open }: MailRootUse): Promise<readonly Finding[]> {
  const { findings, storage } = await checkStorage({
    part: "mailRoot",
    needs: offline ? ["atomicReplace", "exclusiveCreate"] : [],
    writes: offline,
    made: false,
    open,
  });
  if (!storage) return findings;
  const missing = await missingIn(storage);
  if (missing.length > 0) {
    return [...findings, finding("mailRoot", "notMailRoot", { missing: missing.join(", ") })];
  }
  const rest = offline ? [await looksStopped(storage)] : [];
  return [...findings, finding("mailRoot", "looksLikeMailRoot"), ...rest];
}

/** Whether the files are those of the XMail behind the control port: their domains are the same. */
export async function compareMailRoots(
  server: { list(call?: CallOptions): Promise<readonly string[]> },
  files: { list(call?: CallOptions): Promise<readonly string[]> },
): Promise<Finding> {
  try {
    const [there, here] = await Promise.all([server.list(), files.list()]);
    const same = [...there].sort().join("\n") === [...here].sort().join("\n");
    return finding("mailRoot", same ? "sameMailRoot" : "otherMailRoot");
  } catch {
    return finding("mailRoot", "notCompared");
  }
}

async function missingIn(storage: Storage): Promise<string[]> {
  const missing: string[] = [];
  for (const name of NEEDED) {
    // The control port cannot tell a folder that is empty of files from none.
    const there = await storage.stat(storagePath(name)).catch(() => "unknown");
    if (there === null) missing.push(name);
  }
  return missing;
}

async function looksStopped(storage: Storage): Promise<Finding> {
  const logs = await storage.list(storagePath("logs")).catch(() => []);
  const last = Math.max(0, ...logs.map(({ mtimeMs }) => mtimeMs));
  return finding("mailRoot", Date.now() - last < BUSY_MS ? "stoppedBusy" : "stoppedQuiet");
}
