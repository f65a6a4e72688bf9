/** What stands before the program of a filter: `!aex,wlex,timeo=20`. */
export interface FilterFlags {
  /** Not for people who have signed in (`aex`). */
  readonly skipSignedIn: boolean;
  /** Not for addresses that are white-listed (`wlex`). */
  readonly skipWhitelisted: boolean;
  /** Seconds; XMail's own (90, or as it was started with -QT), if absent. */
  readonly timeout?: number;
  /** Flags that we do not know, as they are written. */
  readonly otherFlags?: string;
}

const NONE: FilterFlags = { skipSignedIn: false, skipWhitelisted: false };

/** The flags of a line, and the cells from the program on. */
export function filterFlagsOf(cells: readonly string[]): {
  readonly flags: FilterFlags;
  readonly rest: readonly string[];
} {
  const [first = "", ...rest] = cells;
  return first.startsWith("!") ? { flags: flagsIn(first.slice(1)), rest } : { flags: NONE, rest: cells };
}

/** The cell of the flags, if one is needed; `was`, the line so far, keeps its spelling while it says the same. */
export function filterFlagCells(flags: FilterFlags, was: readonly string[] | null): readonly string[] {
  const text = flagsText(flags);
  const [first = ""] = was ?? [];
  if (first.startsWith("!") && flagsText(flagsIn(first.slice(1))) === text) return [first];
  return text === "" ? [] : [`!${text}`];
}

function flagsIn(text: string): FilterFlags {
  let timeout: number | undefined;
  const others: string[] = [];
  const flags = text.split(",").filter((flag) => flag !== "");
  for (const flag of flags) {
    const [, seconds] = /^timeo=([1-9]\d{0,6})$/.exec(flag) ?? [];
    if (seconds !== undefined && timeout === undefined) timeout = Number(seconds);
    else if (flag !== "aex" && flag !== "wlex") others.push(flag);
  }
  return {
    skipSignedIn: flags.includes("aex"),
    skipWhitelisted: flags.includes("wlex"),
    ...(timeout === undefined ? {} : { timeout }),
    ...(others.length === 0 ? {} : { otherFlags: others.join(",") }),
  };
}

function flagsText({ skipSignedIn, skipWhitelisted, timeout, otherFlags }: FilterFlags): string {
  return [
    ...(skipSignedIn ? ["aex"] : []),
    ...(skipWhitelisted ? ["wlex"] : []),
    ...(timeout === undefined ? [] : [`timeo=${timeout}`]),
    ...(otherFlags === undefined ? [] : [otherFlags]),
  ].join(",");
}
