import { OPERATIONS } from "../../../src/operations/table.ts";
import type { Cover, Noun, Operation, Proof, Row } from "./cover.ts";
import { HOMES } from "./nouns.ts";
import { REASONS } from "./reasons.ts";

/** A row with everything in it that its operations bring along. */
export interface Covered {
  readonly name: string;
  /** By noun: the names of its operations. */
  readonly operations: ReadonlyMap<Noun, readonly string[]>;
  readonly pages: readonly string[];
  readonly tests: readonly Proof[];
  /** The sentence. */
  readonly reason: string | null;
}

/** Throws for a blank cell without a reason. */
export function covered({ name, cover }: Row): Covered {
  const operations = namesOf(cover.by);
  const homes = [...operations.keys()].map((noun) => HOMES[noun]);
  const pages = unique(cover.on ?? homes.flatMap(({ on }) => on));
  const tests = unique([...(cover.tests ?? []), ...homes.flatMap((home) => home.tests)]);
  const blank = operations.size === 0 || pages.length === 0 || tests.length === 0;
  if (blank && cover.because === undefined) throw new Error(`${name}: a blank cell without a reason`);
  return { name, operations, pages, tests, reason: cover.because ? REASONS[cover.because] : null };
}

function namesOf(references: Cover["by"]): Map<Noun, readonly string[]> {
  const names = new Map<Noun, readonly string[]>();
  for (const reference of references) {
    const [noun, verb] = halves(reference);
    const verbs = verb === "*" ? Object.keys(OPERATIONS[noun]) : [verb];
    names.set(noun, unique([...(names.get(noun) ?? []), ...verbs]));
  }
  return names;
}

function halves(reference: Operation): [Noun, string] {
  const [noun = "", verb = ""] = reference.split(".");
  return [noun as Noun, verb];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
