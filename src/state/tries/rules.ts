/** Failed tries of one kind: so many at once, then one more with every `everySeconds`. */
export interface Rule {
  readonly most: number;
  readonly everySeconds: number;
  /** In place of `most` while strangers all over the panel fail too often. */
  readonly alarmed?: number;
  /** Refuses nobody by itself: used up, it is the alarm. */
  readonly alarm?: true;
  /** How many names (networks, browsers) are told apart; `tables.ts` says what happens above. */
  readonly kept: number;
}

const MINUTE = 60;
const HOUR = 3_600;

/**
 * How often somebody may be wrong. Two sides are weighed: who guesses must get nowhere, and must keep nobody out. So
 * tries at a browser that signed in before (`own`, `owns`) are counted apart from those of strangers (all others): a
 * stranger who guesses at a name uses up what strangers have, and its owner goes on signing in where he always does
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). A browser that used up its own counts as a stranger's.
 *
 * These are buckets that run empty steadily, not locks: nothing prolongs a wait, above all not the tries made while
 * waiting, and what a right password takes back is exactly its own try.
 */
export const RULES = {
  /** One browser of the owner: he may mistype more often than a stranger may guess. */
  own: { most: 10, everySeconds: 5 * MINUTE, kept: 1_000 },
  /** All his browsers together: who knew his password once may have collected many cookies. */
  owns: { most: 30, everySeconds: HOUR, kept: 1_000 },
  /** One name: five typing errors, then a quarter of an hour for each … */
  name: { most: 5, everySeconds: 15 * MINUTE, kept: 4_000 },
  /** … and an hour once it goes on: 24 guesses a day in the long run, against passwords of eight characters. */
  nameLong: { most: 20, everySeconds: HOUR, kept: 4_000 },
  /** One line (an IPv4 address, a /64 of IPv6): an office behind it has more than one who mistypes. */
  near: { most: 20, everySeconds: 5 * MINUTE, alarmed: 3, kept: 4_000 },
  /** Its surroundings (/24, /48), of which one customer of a provider may have all. */
  far: { most: 60, everySeconds: MINUTE, alarmed: 10, kept: 2_000 },
  /** One password tried on many names from many lines breaks none of the rules above, but this one. */
  all: { most: 300, everySeconds: 10, alarm: true, kept: 1 },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

export function ruleOf(name: RuleName): Rule {
  return RULES[name];
}

/** One thing that is counted: by which rule, and a digest of whose. */
export interface Counter {
  readonly rule: RuleName;
  readonly key: string;
}

/**
 * Where the counts are kept. A try is counted by all counters or, when one of them has no room, by none. `seconds` is
 * now, since 1970.
 */
export interface TryCounts {
  count(counters: readonly Counter[], seconds: number): Promise<Counted | Wait>;
  close(): Promise<void>;
}

export interface Counted {
  takeBack(): Promise<void>;
}

export interface Wait {
  readonly waitSeconds: number;
}
