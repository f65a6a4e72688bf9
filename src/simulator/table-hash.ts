const HALF = 0x1_0000_0000;

/**
 * The number XMail files a key under: Jenkins' one-at-a-time hash in 64 bits, begun at 5381, as two 32-bit halves.
 * Found by comparing the index files of a real 64-bit XMail 1.27 with some hundred thousand keys.
 */
function keyHash(key: string): readonly [high: number, low: number] {
  let high = 0;
  let low = 5381;

  const add = (h: number, l: number) => {
    const sum = low + l;
    low = sum >>> 0;
    high = (high + h + (sum >= HALF ? 1 : 0)) >>> 0;
  };
  const addShifted = (bits: number) =>
    add(((high << bits) | (low >>> (32 - bits))) >>> 0, (low << bits) >>> 0);
  const mixShifted = (bits: number) => {
    low = (low ^ ((low >>> bits) | (high << (32 - bits)))) >>> 0;
    high = (high ^ (high >>> bits)) >>> 0;
  };

  for (let i = 0; i < key.length; i += 1) {
    add(0, key.charCodeAt(i));
    addShifted(10);
    mixShifted(6);
  }
  addShifted(3);
  mixShifted(11);
  addShifted(15);
  return [high, low];
}

/** `keyHash(key)` modulo `buckets`. */
export function bucketOf(key: string, buckets: number): number {
  const [high, low] = keyHash(key);
  return ((((high % buckets) * (HALF % buckets)) % buckets) + (low % buckets)) % buckets;
}

/** How many buckets XMail gives an index: it guesses the number of lines from the length of the first 32. */
export function bucketCount(fileBytes: number, lineLengths: readonly number[]): number {
  const sample = lineLengths.slice(0, 32);
  const average = Math.floor(sample.reduce((sum, length) => sum + length, 0) / Math.max(1, sample.length));
  return primeFrom(17 + (average === 0 ? 0 : Math.floor(fileBytes / average)));
}

function primeFrom(least: number): number {
  let candidate = least;
  while (!isPrime(candidate)) candidate += 1;
  return candidate;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return true;
}
