import { stopIfAborted } from "../call-checks.ts";
import type { Turn } from "./line.ts";
import type { Attributes } from "./wire.ts";

export interface Found {
  readonly name: string;
  readonly attributes: Attributes;
}

/** Servers tell a hundred names at a time; so many questions for more are under way. */
const ASKED_AT_ONCE = 4;

/** All names in a folder but `.` and `..`, with what they are themselves; links are not followed. */
export async function entriesOf(turn: Turn, folder: string): Promise<Found[]> {
  const handle = await turn.opendir(folder);
  const found: Found[] = [];
  try {
    let over = false;
    const more = async () => {
      while (!over) {
        stopIfAborted(turn.signal);
        const names = await turn.readdir(handle);
        if (names === null) over = true;
        else found.push(...names.filter(({ name }) => name !== "." && name !== ".." && !name.includes("/")));
      }
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, more));
    return found;
  } finally {
    void turn.close(handle).catch(() => undefined);
  }
}

/** Runs the same for many, at most `atOnce` at a time. After a failure no further one is begun. */
export async function forEach<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of left) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
