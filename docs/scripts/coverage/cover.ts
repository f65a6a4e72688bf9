import type { OPERATIONS } from "../../../src/operations/table.ts";
import type { Reason } from "./reasons.ts";

type Table = typeof OPERATIONS;
export type Noun = keyof Table;
/** `relay.add`, or `relay.*` for all of a noun. A renamed operation does not compile. */
export type Operation = {
  [N in Noun]: `${N}.${Extract<keyof Table[N], string>}` | `${N}.*`;
}[Noun];
/** A test file, and a word that must stand in it: `test/unit/x.test.ts#word`. */
export type Proof = `${"test" | "src/testing"}/${string}.ts#${string}`;

/** What covers one thing. What is left blank needs its reason. */
export interface Cover {
  readonly by: readonly Operation[];
  /** Instead of the pages of the operations' nouns. */
  readonly on?: readonly string[];
  /** Besides the tests of the operations' nouns. */
  readonly tests?: readonly Proof[];
  readonly because?: Reason;
}

/** One line of the page. */
export interface Row {
  readonly name: string;
  readonly cover: Cover;
}

export interface Chapter {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly Row[];
}

export function by(...operations: readonly Operation[]): Cover {
  return { by: operations };
}

/** Nothing covers it, and that is why. */
export function because(reason: Reason): Cover {
  return { by: [], on: [], because: reason };
}

export function rowsOf(covers: Readonly<Record<string, Cover>>): Row[] {
  return Object.entries(covers).map(([name, cover]) => ({ name, cover }));
}
