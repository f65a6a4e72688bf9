/** How a call uses a name: with others, or alone with everything below it. */
export interface Use {
  readonly name: string;
  readonly alone: boolean;
}

export interface Gate {
  /** Runs `work` when nobody before it stands in the way. */
  pass<T>(uses: readonly Use[], work: () => Promise<T>): Promise<T>;
}

interface Visit {
  readonly uses: readonly Use[];
  go(): void;
}

/**
 * Keeps our own calls from getting in each other's way: a server renames nothing over a file that the same connection has
 * open, and no folder in which it has something open. In the order of coming, so that readers cannot starve a writer.
 */
export function openGate(sameName: (name: string) => string): Gate {
  const inside = new Set<Visit>();
  let waiting: Visit[] = [];

  function admit(): void {
    const still: Visit[] = [];
    for (const visit of waiting) {
      const blocked = [...inside, ...still].some((other) => conflict(other.uses, visit.uses));
      if (blocked) still.push(visit);
      else {
        inside.add(visit);
        visit.go();
      }
    }
    waiting = still;
  }

  return {
    async pass(uses, work) {
      const own = uses.map(({ name, alone }) => ({ name: sameName(name), alone }));
      const visit = await new Promise<Visit>((resolve) => {
        const one: Visit = { uses: own, go: () => resolve(one) };
        waiting.push(one);
        admit();
      });
      try {
        return await work();
      } finally {
        inside.delete(visit);
        admit();
      }
    },
  };
}

function conflict(some: readonly Use[], others: readonly Use[]): boolean {
  return some.some((one) => others.some((other) => covers(one, other) || covers(other, one)));
}

function covers(one: Use, other: Use): boolean {
  return one.alone && (other.name === one.name || other.name.startsWith(`${one.name}\\`));
}
