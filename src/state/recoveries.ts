import { problemsOf, type Static, Type } from "../kernel/schema.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { appendLines, linesBackwards } from "./line-file.ts";

const PATH = storagePath("history", "recovered.jsonl");
const Line = Type.Object({
  at: Type.String(),
  outcome: Type.Union([Type.Literal("finished"), Type.Literal("rolledBack"), Type.Literal("setAside")]),
  files: Type.Array(Type.String()),
  note: Type.Optional(Type.String()),
});

export async function keepRecovery(storage: Storage, recovery: Recovery): Promise<void> {
  await appendLines(storage, PATH, `${JSON.stringify(recovery)}\n`);
}

/** Newest first; lines that are not ours are left out. */
export async function recoveriesSince(storage: Storage, oldest: Date): Promise<readonly Recovery[]> {
  const found: Recovery[] = [];
  for await (const raw of linesBackwards(storage, PATH)) {
    const line = lineIn(raw);
    if (!line) continue;
    const at = new Date(line.at);
    if (!(at >= oldest)) break;
    found.push({ ...line, at });
  }
  return found;
}

function lineIn(raw: Buffer): Static<typeof Line> | null {
  try {
    const value: unknown = JSON.parse(raw.toString());
    return problemsOf(Line, value).length === 0 ? (value as Static<typeof Line>) : null;
  } catch {
    return null;
  }
}
