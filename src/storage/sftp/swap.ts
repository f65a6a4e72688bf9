import { hasCode } from "../../errors/error.ts";
import { orNull, statusOf } from "./failures.ts";
import type { Turn } from "./line.ts";
import { join, type Place } from "./place.ts";
import { temporaryName } from "./temp.ts";
import { STATUS } from "./wire.ts";

/** For servers without posix-rename, where a file cannot take the place of another in one step. */
export interface Swaps {
  /** Sets the old file aside, puts the new one there and removes the old: for a moment there is none. */
  replace(turn: Turn, temporary: string, place: Place): Promise<void>;
  /** Runs `look` again when it found nothing in such a moment of ours. Other processes may see it. */
  over<T>(look: () => Promise<T>): Promise<T>;
}

export function trackSwaps(): Swaps {
  let begun = 0;
  /** By path the last one, which the next waits for. */
  const underWay = new Map<string, Promise<void>>();

  return {
    async replace(turn, temporary, { folder, here }) {
      begun += 1;
      const before = underWay.get(here);
      const mine = (async () => {
        await before?.catch(() => undefined);
        await swap(turn, temporary, folder, here);
      })();
      underWay.set(here, mine);
      await mine.finally(() => {
        if (underWay.get(here) === mine) underWay.delete(here);
      });
    },
    async over(look) {
      for (;;) {
        const before = begun;
        const quiet = underWay.size === 0;
        try {
          return await look();
        } catch (error) {
          const isNothing = statusOf(error) === STATUS.NO_SUCH_FILE || hasCode(error, "STORAGE_NOT_FOUND");
          if (!isNothing || (quiet && before === begun)) throw error;
        }
        await Promise.allSettled(underWay.values());
      }
    },
  };
}

async function swap(turn: Turn, temporary: string, folder: string, here: string): Promise<void> {
  const aside: string[] = [];
  for (;;) {
    try {
      await turn.rename(temporary, here);
      break;
    } catch (error) {
      const inTheWay = statusOf(error) === STATUS.FAILURE && (await orNull(turn.lstat(here))) !== null;
      const last = aside.at(-1);
      if (!inTheWay) {
        if (last !== undefined) await turn.rename(last, here);
        throw error;
      }
    }
    // The old file, or what somebody else has put there meanwhile.
    const name = join(folder, temporaryName("old"));
    if (await orNull(turn.rename(here, name).then(() => true))) aside.push(name);
  }
  await Promise.all(aside.map((name) => turn.remove(name)));
}
