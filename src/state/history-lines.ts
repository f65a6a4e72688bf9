import type { ErrorCode } from "../errors/codes.ts";
import type { ChangeEntry, KeptChange } from "../kernel/history.ts";
import type { ChangeSet } from "../xmail/change-set.ts";

/** What an entry becomes: how it ended, and who took it back (`null`: nobody any more). */
export type LaterLine =
  | {
      readonly type: "ended";
      readonly id: string;
      readonly outcome: "done" | "failed";
      readonly code?: ErrorCode;
    }
  | { readonly type: "undone"; readonly id: string; readonly by: string | null };

type Line =
  | LaterLine
  | { readonly type: "changes"; readonly id: string; readonly changes: ChangeSet }
  | ({ readonly type: "begun"; readonly at: string } & Omit<
      KeptChange,
      "at" | "outcome" | "code" | "undoneBy"
    >);

/** Lines of this kind are long, and needed only to take a change back: lists pass over them unread. */
const CHANGES = Buffer.from('{"type":"changes"');

export function isChangesLine(line: Buffer): boolean {
  return line.subarray(0, CHANGES.length).equals(CHANGES);
}

/**
 * The differences first: whoever finds the second line knows that all of it is there, and a change begins only then.
 */
export function linesOf(id: string, { changes, at, ...entry }: ChangeEntry): string {
  const head = {
    type: "begun",
    id,
    at: at.toISOString(),
    ...entry,
    paths: changes.files.map(({ path }) => path),
    final: changes.final,
  };
  return `${JSON.stringify({ type: "changes", id, changes })}\n${JSON.stringify(head)}\n`;
}

/** `null` for what is no line of ours: half of one, mostly. */
export function parsedLine(line: Buffer): Line | null {
  try {
    const value = JSON.parse(line.toString()) as Line;
    return typeof value === "object" && value !== null && typeof value.id === "string" ? value : null;
  } catch {
    return null;
  }
}

/** What stands after an entry, met first when the file is read backwards. */
export interface Fate {
  readonly ended?: Extract<LaterLine, { type: "ended" }>;
  readonly undone?: Extract<LaterLine, { type: "undone" }>;
}

export function keptChange(
  { type: _, at, ...entry }: Extract<Line, { type: "begun" }>,
  { ended, undone }: Fate = {},
): KeptChange {
  return {
    ...entry,
    at: new Date(at),
    outcome: ended?.outcome ?? "begun",
    ...(ended?.code === undefined ? {} : { code: ended.code }),
    ...(undone && undone.by !== null ? { undoneBy: undone.by } : {}),
  };
}
