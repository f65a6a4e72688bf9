import { isAppError } from "../../errors/error.ts";
import type { SpoolGroup } from "../../xmail/spool.ts";
import { wishesIn } from "../../xmail/spool-filter.ts";

/**
 * The filter that catches what `filter` does, but of some of its groups only. What it wanted of the side that is grouped by
 * goes: of several wishes about one thing any is enough, so that beside the old one the new ones would catch nothing less.
 */
export function narrowedTo(filter: string, by: SpoolGroup, groups: readonly string[]): string {
  return [...wordsWithout(filter, by), ...groups].join(" ").trim();
}

function wordsWithout(filter: string, by: SpoolGroup): readonly string[] {
  try {
    return [...wishesIn(filter)]
      .filter(({ key, negated }) => !canJoin(by) || negated || key !== by)
      .map(({ word }) => word);
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Whoever asks with it is told what of it is not understood.
    return [filter];
  }
}

/** Whether the groups of this side can be put together in one filter: bounds of ages would shut each other out. */
export const canJoin = (by: SpoolGroup): boolean => by !== "age";
