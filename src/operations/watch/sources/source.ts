import type { Context } from "../../../kernel/context.ts";
import { DEFAULT_BOUNDS, type NumberName, type Problem, type WatchBounds } from "../../../kernel/watch.ts";

/** What one part of a look found; `null`: it is out of reach here, and nothing is said of it. */
export interface Seen {
  readonly problems: readonly Problem[];
  readonly numbers: Partial<Readonly<Record<NumberName, number>>>;
}

export interface LookWish {
  readonly bounds: WatchBounds;
  /** Seconds for the walk of the queue; all of it, if absent. */
  readonly seconds: number | undefined;
}

export type Source = (ctx: Context, wish: LookWish) => Promise<Seen | null>;

export function boundsOf({ watch }: Pick<Context, "watch">): WatchBounds {
  return watch?.bounds ?? DEFAULT_BOUNDS;
}

export function problem(code: Problem["code"], about = "", value = 0, bound = 0): Problem {
  return { code, about, value, bound };
}
