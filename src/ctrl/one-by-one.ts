import type { CallOptions, ManyOptions } from "../xmail/call-options.ts";

/** Commands after which progress is told. */
const TOLD = 100;

/**
 * Adds many things by their commands; when one is refused, those before it go again. A rehearsal needs no such care: it
 * is there for who uses the control port without one.
 */
export async function oneByOne<T>(
  things: readonly T[],
  add: (thing: T, call: CallOptions) => Promise<void>,
  remove: (thing: T, call: CallOptions) => Promise<void>,
  { progress, ...call }: ManyOptions = {},
): Promise<void> {
  const added: T[] = [];
  try {
    for (const thing of things) {
      if (added.length % TOLD === 0) progress?.(added.length, things.length);
      await add(thing, call);
      added.push(thing);
    }
  } catch (error) {
    // Given up or not, what was added goes.
    for (const thing of added.reverse()) await remove(thing, {}).catch(() => undefined);
    throw error;
  }
}
