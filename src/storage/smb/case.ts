import { hasStatus } from "./errors.ts";
import { NOTHING, openAndClose, orNull, withFile } from "./files.ts";
import type { Link } from "./link.ts";
import { listFolder } from "./list.ts";
import { below, parentName, temporaryName } from "./names.ts";
import { ACCESS, DISPOSITION, OPTION } from "./requests.ts";

const LOOKING = { access: ACCESS.readAttributes };
const PROBE = {
  access: ACCESS.readAttributes | ACCESS.delete,
  disposition: DISPOSITION.create,
  options: OPTION.file | OPTION.deleteOnClose,
};

/**
 * Whether `A` and `a` are two names below `root`. What servers say of themselves describes their disks; so we look
 * whether something there is also found with its letters turned, and where there is nothing yet, something that goes as
 * it is closed. A share for reading only that is empty counts as what servers usually are.
 */
export async function isCaseSensitive(link: Link, root: string): Promise<boolean> {
  const listing = await orNull(listFolder(link, root));
  if (!listing) return root === "" ? false : isCaseSensitive(link, parentName(root));
  const known = listing.entries.find(({ name }) => /[a-z]/i.test(name));
  if (known) {
    const turned = await orNull(openAndClose(link, below(root, turnLetters(known.name)), LOOKING));
    const isAnother = listing.entries.some(({ name }) => name === turnLetters(known.name));
    return turned === null || isAnother;
  }
  const name = temporaryName(root);
  try {
    return await withFile(link, name, PROBE, async () => {
      const turned = below(root, turnLetters(name.slice(root === "" ? 0 : root.length + 1)));
      try {
        await openAndClose(link, turned, LOOKING);
        return false;
      } catch (error) {
        if (hasStatus(error, ...NOTHING)) return true;
        throw error;
      }
    });
  } catch {
    return false;
  }
}

function turnLetters(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
