/** A request that waits until the server allows as many at once. */
interface Waiting {
  readonly charge: number;
  go(firstId: number): void;
}

export interface Credits {
  /** Calls `go` with the number of the first message, at once or when there are enough credits; in the order of asking. */
  take(charge: number, go: (firstId: number) => void): void;
  /** What a reply grants anew, and what it pays back of the charges under way. */
  give(granted: number, paid: number): void;
  /** How many to ask for along with a charge. */
  wanted(charge: number): number;
  /** Something waits, and nothing is under way whose answer could grant what it needs. */
  readonly isStuck: boolean;
}

/** Eight reads of a mebibyte, and a hundred small files beside. */
const ENOUGH = 512;
const AT_ONCE = 128;

/** A server says how many messages it takes at a time; each has numbers of its own, one for every 64 KiB. */
export function creditPool(): Credits {
  const queue: Waiting[] = [];
  let available = 1;
  let underWay = 0;
  let nextId = 0;

  const run = () => {
    for (let first = queue[0]; first && first.charge <= available; first = queue[0]) {
      queue.shift();
      available -= first.charge;
      underWay += first.charge;
      const id = nextId;
      nextId += first.charge;
      first.go(id);
    }
  };

  return {
    take(charge, go) {
      queue.push({ charge, go });
      run();
    },
    give(granted, paid) {
      available += granted;
      underWay -= paid;
      run();
    },
    wanted: (charge) => charge + (available + underWay < ENOUGH ? AT_ONCE : 0),
    get isStuck() {
      return queue.length > 0 && underWay === 0;
    },
  };
}
