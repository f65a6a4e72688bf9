import { type Look, type News, PROBLEMS, type Problem } from "../../kernel/watch.ts";

type Named = Pick<Problem, "code" | "about">;

export interface Compared {
  readonly news: News;
  /** What is known there once the news have gone out. */
  readonly told: readonly Named[];
}

/** What a look has that was not told yet, and what was told and is over. What could not be looked at is not over. */
export function newsIn(look: Look, told: readonly Named[]): Compared {
  const { problems, unknown, at } = look;
  const known = new Set(told.map(keyOf));
  const now = new Set(problems.map(keyOf));
  const isOver = (one: Named) => !now.has(keyOf(one)) && !unknown.includes(PROBLEMS[one.code].part);
  const over = told.filter(isOver);
  const begun = problems.filter((one) => !known.has(keyOf(one)));
  return {
    news: { at, begun, over: over.map(named), problems: problems.length },
    told: [...told.filter((one) => !isOver(one)), ...begun.map(named)],
  };
}

export function hasNews({ begun, over }: News): boolean {
  return begun.length + over.length > 0;
}

function keyOf({ code, about }: Named): string {
  return `${code}\t${about}`;
}

function named({ code, about }: Named): Named {
  return { code, about };
}
