import { encodePassword } from "../../src/crypto/password-code.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { randomFrom } from "./random.ts";

export interface LargeOptions {
  /** The same number makes the same MailRoot, byte for byte (default 1). */
  readonly seed?: number;
  readonly accounts: number;
  readonly domains: number;
  readonly aliases: number;
}

const FAMILY =
  "abe ando aoki arai chiba endo fujii goto hara ito kato mori nakamura ono sato suzuki tanaka".split(" ");
const GIVEN = "akira aya hana jun ken kenji mai mika naoki rei ryo saki sora takumi yui yuki".split(" ");
/** Mailing lists among the accounts: one in so many. */
const LIST_EVERY = 97;

/**
 * Writes a MailRoot with the tables of a large provider, without the accounts' folders: some domains hold thousands, most
 * a few, and the rows stand as they were added over the years, in no order.
 */
export async function writeLargeMailRoot(storage: Storage, options: LargeOptions): Promise<void> {
  const { accounts, domains, aliases } = options;
  const random = randomFrom(options.seed ?? 1);
  const names = Array.from({ length: domains }, (_, n) => domainName(n));
  // Squared: the first domains are the large ones.
  const someDomain = () => names[Math.floor(random() ** 2 * domains)] ?? domainName(0);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "x";
  const password = encodePassword("correct-horse");
  await writeMailRoot(storage, { domain: domainName(0) });
  await write(storage, "domains.tab", names, (name) => `"${name}"\n`);
  const people = Array.from({ length: accounts }, (_, n) => ({
    domain: someDomain(),
    name: `${pick(GIVEN)}.${pick(FAMILY)}${n}`,
    kind: n % LIST_EVERY === 0 ? "M" : "U",
  }));
  await write(
    storage,
    "mailusers.tab",
    people,
    ({ domain, name, kind }, n) => `"${domain}"\t"${name}"\t"${password}"\t${n + 1}\t"${name}"\t"${kind}"\n`,
  );
  const targets = Array.from({ length: aliases }, (_, n) => ({
    n,
    target: people[Math.floor(random() * accounts)],
  }));
  await write(storage, "aliases.tab", targets, ({ n, target }) =>
    target ? `"${target.domain}"\t"${pick(FAMILY)}-${n}"\t"${target.name}"\n` : "",
  );
}

function domainName(n: number): string {
  return `${["mail", "shop", "office", "lab"][n % 4]}${n}.example.${["com", "jp", "co.jp", "org"][n % 4]}`;
}

async function write<T>(
  storage: Storage,
  path: string,
  rows: readonly T[],
  line: (row: T, index: number) => string,
): Promise<void> {
  await storage.write(storagePath(path), Buffer.from(rows.map(line).join(""), "latin1"));
}
