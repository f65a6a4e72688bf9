import type { Target } from "../kernel/target.ts";
import type { AnyPage, Ask } from "./page.ts";
import type { PagesOptions } from "./port.ts";

export interface Settled extends PagesOptions {
  readonly pages: readonly AnyPage[];
}

/** Says in a form that the page is to be shown, as if it were asked for by its address. */
export const OPEN = "open";

/** Says in a form that it is there again, with what shows who sends it. */
export const PROVE = "prove";

/** What the router knows besides what pages see. */
export interface Asked extends Ask {
  readonly options: Settled;
  /** Ids of the changes made for this visit. */
  readonly made: string[];
  /** Whose mail was to be opened for this visit. */
  readonly opened: Target[];
}
