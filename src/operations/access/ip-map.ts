import type { Context } from "../../kernel/context.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER, type Target } from "../../kernel/target.ts";
import { covers } from "../../settings/ip/coverage.ts";
import { type IpRange, rangeText } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { rowOperations } from "../rows/row-operations.ts";
import type { Fields, RowsChange, Values } from "../rows/row-table.ts";
import { HIGHEST, LOWEST, mapInOrder, mapMoved, placeInMap, readMapRule } from "./map-rule.ts";
import { Range, rangeCells, rangeOf } from "./range-field.ts";
import { standingsOf } from "./standing.ts";

export const mapFields = {
  range: Range,
  decision: Type.Union([Type.Literal("allow"), Type.Literal("deny")], { description: "What is decided" }),
  precedence: Type.Optional(
    Type.Integer({
      minimum: LOWEST,
      maximum: HIGHEST,
      description:
        "The highest decides, of equal ones the later line; if absent, before all rules about more addresses",
    }),
  ),
};

interface IpMapOptions<N extends string, K extends Fields> {
  readonly noun: N;
  readonly one: string;
  readonly many: string;
  readonly http: `/${string}`;
  readonly key: K;
  target(key: Values<K>): Target;
  place(ctx: Context, key: Values<K>): string | Promise<string>;
  guard(ctx: Context, change: RowsChange<typeof mapFields>): void | Promise<void>;
}

/** An IP map: who may connect to one service. Without a rule that matches everybody may. */
export function ipMap<N extends string, const K extends Fields>({ guard, ...options }: IpMapOptions<N, K>) {
  return rowOperations({
    ...options,
    format: FILES.smtpIpMap,
    fields: mapFields,
    secrets: [],
    switchable: true,
    errors: ["WOULD_LOCK_OUT", "ACCOUNT_NOT_FOUND"],
    read(cells) {
      const rule = readMapRule(cells);
      if (!rule) return null;
      const decision = rule.allow ? "allow" : "deny";
      return { range: rangeText(rule.range), decision, precedence: rule.precedence } as const;
    },
    write: (values, was) => lineOf(values, was),
    standing: (entries) => standingsOf(mapInOrder(entries)),
    arrangement: {
      add(values, entries, decides) {
        const range = rangeOf(values.range);
        const isWider = (other: IpRange) => covers(other, range);
        const { precedence, before } = placeInMap(entries, { decides, isWider });
        return values.precedence === undefined
          ? { cells: lineOf({ ...values, precedence }, null), before }
          : { cells: lineOf(values, null), before: null };
      },
      move: mapMoved,
    },
    guard: (ctx, change) => guard(ctx, change),
  });
}

/** Cells of what stays keep their spelling. */
function lineOf(
  { range, decision, precedence }: Values<typeof mapFields>,
  was: readonly string[] | null,
): readonly (string | number)[] {
  const old = was && readMapRule(was);
  const allow = decision === "allow";
  const [address = "", mask = "", permission = "", rank = "", ...more] = was ?? [];
  const kept =
    old !== null && (range === rangeText(old.range) || rangeText(rangeOf(range)) === rangeText(old.range));
  const wanted = precedence ?? old?.precedence ?? 1;
  return [
    ...(kept ? [address, mask] : rangeCells(rangeOf(range))),
    old?.allow === allow ? permission : allow ? "ALLOW" : "DENY",
    old?.precedence === wanted ? rank : wanted,
    ...more,
  ];
}

export const onServer = { key: {}, target: () => SERVER };
