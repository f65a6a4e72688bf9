import { type Counter, RULES, type Rule, type RuleName, ruleOf, type Wait } from "./rules.ts";

/**
 * Each counter's whole state is when it will have run empty, in seconds since 1970 (the generic cell rate algorithm):
 * a try moves that time `everySeconds` ahead, and is refused where it would lie more than `most` such steps ahead of now.
 */
export type Table = Map<string, number>;
export type Tables = Readonly<Record<RuleName, Table>>;

export function emptyTables(): Tables {
  const names = Object.keys(RULES) as RuleName[];
  return Object.fromEntries(names.map((name) => [name, new Map()])) as unknown as Tables;
}

export interface Room {
  /** What is to count the try: an alarm that rings already counts no more. */
  readonly counting: readonly Counter[];
}

/** Whether there is room for a try, or how long it must wait; looks only. */
export function judge(tables: Tables, counters: readonly Counter[], now: number): Room | Wait {
  const alarmed = counters.some(({ rule, key }) => {
    const { alarm, most } = ruleOf(rule);
    return (
      alarm === true && waitOf(levelOf(tables[rule], key, ruleOf(rule), now), ruleOf(rule), most, now) > 0
    );
  });
  const counting = counters.filter(({ rule }) => !(alarmed && ruleOf(rule).alarm));
  const waits = counting.map(({ rule: name, key }) => {
    const rule = ruleOf(name);
    const most = alarmed ? (rule.alarmed ?? rule.most) : rule.most;
    return waitOf(levelOf(tables[name], key, rule, now), rule, most, now);
  });
  const waitSeconds = Math.max(0, ...waits);
  return waitSeconds > 0 ? { waitSeconds } : { counting };
}

/** Counts a try that `judge` let go on. */
export function add(tables: Tables, counters: readonly Counter[], now: number): void {
  for (const { rule: name, key } of counters) {
    const [table, rule] = [tables[name], ruleOf(name)];
    const level = levelOf(table, key, rule, now);
    if (!table.has(key)) makeRoom(table, rule, now);
    table.set(key, level + rule.everySeconds);
  }
}

export function remove(tables: Tables, counters: readonly Counter[], now: number): void {
  for (const { rule, key } of counters) {
    const level = (tables[rule].get(key) ?? now) - ruleOf(rule).everySeconds;
    if (level > now) tables[rule].set(key, level);
    else tables[rule].delete(key);
  }
}

function waitOf(level: number, { everySeconds }: Rule, most: number, now: number): number {
  return level + everySeconds - (now + most * everySeconds);
}

/**
 * A full table forgets its smallest count, and who is new to it begins there: a count may then be too high and is never
 * too low ("space saving", Metwally and others, 2005). So however many names and networks somebody uses up, none of them
 * gets a try more, and no disk fills; above all, strangers wait. Browsers of owners stand in tables of their own.
 */
function levelOf(table: Table, key: string, { kept }: Rule, now: number): number {
  const level = table.get(key);
  if (level !== undefined) return Math.max(level, now);
  if (table.size < kept) return now;
  const alive = [...table.values()].filter((at) => at > now);
  return alive.length < kept ? now : smallest(alive);
}

function makeRoom(table: Table, { kept }: Rule, now: number): void {
  if (table.size < kept) return;
  for (const [key, level] of table) if (level <= now) table.delete(key);
  if (table.size < kept) return;
  const least = smallest(table.values());
  // Of several the first by name, as Redis has it.
  const [first] = [...table.keys()].filter((key) => table.get(key) === least).sort();
  if (first !== undefined) table.delete(first);
}

function smallest(levels: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const level of levels) if (level < least) least = level;
  return least;
}
