import type { LogCount, LogGroup } from "../xmail/logs.ts";
import { textOf } from "./line.ts";

/** Different keys that are told apart; an attacker makes up as many senders as he likes. */
const MOST_KEYS = 100_000;
const FIRST_SLOTS = 1024;

/** Counters by keys that are never made text before the end. */
export interface Counts {
  /** The counter of the key in these bytes. */
  at(bytes: Uint8Array, from: number, to: number): number;
  add(counter: number, messages: number, size: number, refused: number): void;
  list(): LogCount[];
  /** All of it, for another thread. */
  packed(): PackedCounts;
  /** Adds what was counted of later lines, as if these had been counted here; never one that is `cut`, but into an empty one. */
  merge(later: PackedCounts): void;
  readonly cut: boolean;
}

/** Counters as plain bytes and numbers. */
export interface PackedCounts {
  readonly text: Uint8Array;
  /** Where each key begins in `text`, and the end of the last. */
  readonly starts: Int32Array;
  /** Four of each key: lines, messages, bytes, refused. */
  readonly sums: Float64Array;
  /** Which key stands for all that were too many; -1 for none. */
  readonly rest: number;
}

/** What one count fills: a table for each group, and the sum of all lines. */
export interface Tables<C = Counts> {
  readonly groups: Partial<Readonly<Record<LogGroup, C>>>;
  readonly total: { lines: number; messages: number; bytes: number; refused: number };
  broken: number;
}

/** Names of people and domains; in the rest upper and lower case differ, or there are no letters. */
const FOLDED: ReadonlySet<LogGroup> = new Set<LogGroup>(["domain", "account", "sender", "accountIp"]);

/** Nobody outside can make up keys that all fall into one place. */
const SEED = (Math.random() * 0x1_0000_0000) | 0;

export function openTables(groups: readonly LogGroup[]): Tables {
  return {
    groups: Object.fromEntries(groups.map((group) => [group, countsBy({ fold: FOLDED.has(group) })])),
    total: { lines: 0, messages: 0, bytes: 0, refused: 0 },
    broken: 0,
  };
}

function countsBy({ fold }: { readonly fold: boolean }): Counts {
  let slots = new Int32Array(FIRST_SLOTS).fill(-1);
  let hashes = new Int32Array(FIRST_SLOTS);
  let starts = new Int32Array(FIRST_SLOTS);
  let text = Buffer.alloc(32 * 1024);
  let used = 0;
  let count = 0;
  let last = 0;
  // One more for what is beyond the last.
  let sums = new Float64Array((FIRST_SLOTS + 1) * 4);
  let rest: number | null = null;

  function grow(): void {
    const wider = new Int32Array(slots.length * 2).fill(-1);
    for (let i = 0; i < count; i++) place(wider, hashes[i] as number, i);
    slots = wider;
    hashes = widened(hashes, wider.length);
    starts = widened(starts, wider.length);
    const moreSums = new Float64Array((wider.length + 1) * 4);
    moreSums.set(sums);
    sums = moreSums;
  }

  function put(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const length = to - from;
    if (used + length > text.length) {
      const wider = Buffer.alloc(Math.max(text.length * 2, used + length));
      text.copy(wider, 0, 0, used);
      text = wider;
    }
    for (let i = 0; i < length; i++) text[used + i] = folded(bytes[from + i] as number);
    starts[count] = used;
    hashes[count] = hash;
    used += length;
    starts[count + 1] = used;
    place(slots, hash, count);
    count += 1;
    // Half full at most: then a key is found at the first or second look.
    if ((count + 2) * 2 > slots.length) grow();
    return count - 1;
  }

  const folded = (byte: number) => (fold && byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

  function isKey(key: number, bytes: Uint8Array, from: number, to: number): boolean {
    const begin = starts[key] as number;
    const length = to - from;
    if ((starts[key + 1] as number) - begin !== length) return false;
    for (let i = length - 1; i >= 0; i--) {
      const byte = bytes[from + i] as number;
      if (text[begin + i] !== byte && (!fold || text[begin + i] !== folded(byte))) return false;
    }
    return true;
  }

  function hashOf(bytes: Uint8Array, from: number, to: number): number {
    let hash = SEED;
    if (fold) {
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ folded(bytes[i] as number), 0x01000193);
    } else {
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }

  function theRest(): number {
    rest ??= put(REST, 0, 1, -1);
    return rest;
  }

  function at(bytes: Uint8Array, from: number, to: number): number {
    // A message has several lines: most keys are those of the line before.
    if (last < count && isKey(last, bytes, from, to)) return last;
    const hash = hashOf(bytes, from, to);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const key = slots[slot] as number;
      if (key === -1) break;
      if (hashes[key] === hash && isKey(key, bytes, from, to)) {
        last = key;
        return key;
      }
    }
    if (count >= MOST_KEYS) return theRest();
    last = put(bytes, from, to, hash);
    return last;
  }

  return {
    at,
    add(counter, messages, size, refused) {
      const at = counter * 4;
      sums[at] = (sums[at] as number) + 1;
      sums[at + 1] = (sums[at + 1] as number) + messages;
      sums[at + 2] = (sums[at + 2] as number) + size;
      sums[at + 3] = (sums[at + 3] as number) + refused;
    },
    list() {
      return Array.from({ length: count }, (_, key) => ({
        key: textOf(text, starts[key] as number, starts[key + 1] as number),
        lines: sums[key * 4] as number,
        messages: sums[key * 4 + 1] as number,
        bytes: sums[key * 4 + 2] as number,
        refused: sums[key * 4 + 3] as number,
      }));
    },
    packed: () => ({
      text: new Uint8Array(text.subarray(0, used)),
      starts: starts.slice(0, count + 1),
      sums: sums.slice(0, count * 4),
      rest: rest ?? -1,
    }),
    merge(later) {
      for (let key = 0; key < later.starts.length - 1; key++) {
        const own =
          key === later.rest ? theRest() : at(later.text, later.starts[key] ?? 0, later.starts[key + 1] ?? 0);
        for (let i = 0; i < 4; i++)
          sums[own * 4 + i] = (sums[own * 4 + i] as number) + (later.sums[key * 4 + i] as number);
      }
    },
    get cut() {
      return rest !== null;
    },
  };
}

const REST = Buffer.from("*");

function place(slots: Int32Array, hash: number, key: number): void {
  const mask = slots.length - 1;
  let at = hash & mask;
  while (slots[at] !== -1) at = (at + 1) & mask;
  slots[at] = key;
}

function widened(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(from);
  return wider;
}
