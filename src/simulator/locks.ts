/** Shared and exclusive locks by name, in the memory of this server; they wait without limit, first come first served. */
export interface Locks {
  shared<T>(name: string, work: () => Promise<T>): Promise<T>;
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>;
}

interface Line {
  /** Everything that came before. */
  all: Promise<unknown>;
  /** The last exclusive holder that came before. */
  writer: Promise<unknown>;
  waiting: number;
}

export function newLocks(): Locks {
  const lines = new Map<string, Line>();

  async function held<T>(name: string, work: () => Promise<T>, alone: boolean): Promise<T> {
    const line = lines.get(name) ?? { all: Promise.resolve(), writer: Promise.resolve(), waiting: 0 };
    lines.set(name, line);
    line.waiting += 1;
    const turn = (alone ? line.all : line.writer).then(work);
    const settled = turn.catch(() => undefined);
    line.all = Promise.all([line.all, settled]);
    if (alone) line.writer = line.all;
    try {
      return await turn;
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(name);
    }
  }

  return {
    shared: (name, work) => held(name, work, false),
    exclusive: (name, work) => held(name, work, true),
  };
}
