import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { typedRange } from "../../settings/ip/typed-range.ts";
import { isWide } from "./range-field.ts";

interface Change<R> {
  readonly before: readonly R[];
  readonly after: readonly R[];
  readonly confirm: string | undefined;
}

/** Ranges wider than anybody's network have to be typed once more; those that were there before may stay. */
export function confirmWide<R extends { readonly range: string }>(
  message: (range: string) => string,
  concerns: (row: R) => boolean = () => true,
): (ctx: Context, change: Change<R>) => void {
  return (_, { before, after, confirm }) => {
    const known = new Set(before.filter(concerns).map(({ range }) => range));
    for (const { range } of after.filter(concerns)) {
      const read = typedRange(range);
      if (typeof read === "string" || !isWide(read) || known.has(range) || confirm === range) continue;
      failField("confirm", "confirm", `${message(range)} Type ${range} to confirm.`, range);
    }
  };
}
