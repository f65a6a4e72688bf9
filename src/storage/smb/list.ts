import { stopIfAborted } from "../call-checks.ts";
import type { Entry } from "../storage.ts";
import { entriesIn, type Listed, listRequest } from "./entries.ts";
import { expectOk } from "./errors.ts";
import { closeQuietly } from "./files.ts";
import type { Link } from "./link.ts";
import { isListable } from "./names.ts";
import { asStat } from "./read.ts";
import { ACCESS, OPTION, openedBy, openRequest, SAME_FILE } from "./requests.ts";
import { STATUS } from "./status.ts";

const LISTING = { access: ACCESS.readData | ACCESS.readAttributes, options: OPTION.folder };
const MAX_BYTES = 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
const NOTHING_FOUND = [STATUS.NO_MORE_FILES, STATUS.NO_SUCH_FILE];

export interface Listing {
  readonly entries: readonly Listed[];
  /** Numbers of the folder and of the one it really stands in; 0 where the server does not tell. */
  readonly ownId: bigint;
  readonly parentId: bigint;
}

/** Everything in a folder that fits `pattern`, of which the server may know `*`. */
export async function listFolder(
  link: Link,
  name: string,
  signal?: AbortSignal,
  pattern = "*",
): Promise<Listing> {
  const [opened, first, second] = await link.ask(
    openRequest(name, LISTING),
    listRequest(SAME_FILE, pattern, FIRST_BYTES),
    // Short lists end here.
    listRequest(SAME_FILE, pattern, FIRST_BYTES),
  );
  const folder = openedBy(expectOk(opened));
  const all: Listed[] = [];
  try {
    const maxBytes = Math.min(MAX_BYTES, link.agreement.maxTransact);
    for (const early of [first, second]) {
      const reply = expectOk(early, ...NOTHING_FOUND);
      if (reply.status !== STATUS.OK) return listingOf(all);
      all.push(...entriesIn(reply));
    }
    for (;;) {
      stopIfAborted(signal);
      const [reply] = await link.ask(listRequest(folder.handle, pattern, maxBytes));
      if (expectOk(reply, ...NOTHING_FOUND).status !== STATUS.OK) return listingOf(all);
      if (reply) for (const entry of entriesIn(reply)) all.push(entry);
    }
  } finally {
    await closeQuietly(link, folder);
  }
}

/** What a caller can ask for: links that the server shows as such are left out. */
export async function entriesOf(link: Link, name: string, signal?: AbortSignal): Promise<readonly Entry[]> {
  const { entries } = await listFolder(link, name, signal);
  return entries
    .filter((entry) => !entry.isLink && isListable(entry.name))
    .map((entry): Entry => ({ name: entry.name, ...asStat(entry) }));
}

function listingOf(all: readonly Listed[]): Listing {
  const idOf = (name: string) => all.find((entry) => entry.name === name)?.fileId ?? 0n;
  return {
    entries: all.filter(({ name }) => name !== "." && name !== ".."),
    ownId: idOf("."),
    parentId: idOf(".."),
  };
}
