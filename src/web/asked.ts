import type { AnyPage, Ask } from "./page.ts";
import type { PagesOptions } from "./port.ts";

export interface Settled extends PagesOptions {
  readonly pages: readonly AnyPage[];
}

/** What the router knows besides what pages see. */
export interface Asked extends Ask {
  readonly options: Settled;
  /** Ids of the changes made for this visit. */
  readonly made: string[];
}
