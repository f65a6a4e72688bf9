import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Secret } from "../errors/secret.ts";

interface Work {
  /** Power of two: memory and time. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

/** 16 MiB and about 200 ms for each try: OWASP's floor, still quick enough for a CGI process. */
const WORK: Work = { cost: 16_384, blockSize: 8, parallelism: 5 };
/** A stored hash asks for work; one that somebody planted must not ask for all memory. */
const MOST_MEMORY = 256 * 1024 * 1024;
const MOST_PARALLELISM = 16;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Longer passwords are no safer and only cost. */
export const LONGEST_PASSWORD_BYTES = 1024;

const SHAPE = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{16,})\$([A-Za-z0-9_-]{43})$/;

/** `scrypt$cost$blockSize$parallelism$salt$hash`: the parameters stand with the hash, so they can grow later. */
export async function hashPassword(password: Secret): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, WORK);
  const { cost, blockSize, parallelism } = WORK;
  return [
    "scrypt",
    cost,
    blockSize,
    parallelism,
    salt.toString("base64url"),
    hash.toString("base64url"),
  ].join("$");
}

/**
 * Whether `stored` is the hash of this password. Takes as long for `null` (an unknown name) and for what is no hash,
 * so that the time tells nobody which names exist.
 */
export async function isPassword(password: Secret, stored: string | null): Promise<boolean> {
  const { work, salt, hash } = read(stored) ?? { work: WORK, salt: randomBytes(SALT_BYTES), hash: null };
  const derived = await derive(password, salt, work);
  return hash !== null && timingSafeEqual(derived, hash);
}

function read(stored: string | null): { work: Work; salt: Buffer; hash: Buffer } | null {
  const [, cost, blockSize, parallelism, salt = "", hash = ""] = SHAPE.exec(stored ?? "") ?? [];
  const work = { cost: Number(cost), blockSize: Number(blockSize), parallelism: Number(parallelism) };
  if (!isAffordable(work)) return null;
  return { work, salt: Buffer.from(salt, "base64url"), hash: Buffer.from(hash, "base64url") };
}

function isAffordable({ cost, blockSize, parallelism }: Work): boolean {
  const isPower = cost > 1 && (cost & (cost - 1)) === 0;
  return (
    isPower &&
    blockSize > 0 &&
    parallelism > 0 &&
    parallelism <= MOST_PARALLELISM &&
    memoryOf({ cost, blockSize }) <= MOST_MEMORY
  );
}

function memoryOf({ cost, blockSize }: Pick<Work, "cost" | "blockSize">): number {
  return 128 * cost * blockSize;
}

function derive(password: Secret, salt: Buffer, work: Work): Promise<Buffer> {
  // One canonical form: the same letters typed on a Mac and on Windows are the same password.
  const bytes = Buffer.from(password.reveal().normalize("NFC"));
  const known = bytes.subarray(0, LONGEST_PASSWORD_BYTES + 1);
  const { cost: N, blockSize: r, parallelism: p } = work;
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 2 * memoryOf(work) };
    scrypt(known, salt, HASH_BYTES, options, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
