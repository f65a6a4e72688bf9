import { storagePath } from "../storage/path.ts";
import { dayStamp, numericDate } from "./dates.ts";
import type { MailRoot } from "./root.ts";
import { listRow } from "./table-text.ts";

/** Writes one line of the CTRL log. The password goes in as the client sent it, as in the original. */
export type LoginLog = (user: string, password: string, event: "REQ" | "AUTH" | "FAIL") => Promise<void>;

export function loginLog(root: MailRoot, address: string): LoginLog {
  return async (user, password, event) => {
    const now = root.now();
    const path = `logs/ctrl-${dayStamp(now)}`;
    const line = `${listRow([address, user, password, numericDate(now), event])}\n`;
    await root.locks.exclusive(path, () => append(root, path, line));
  };
}

async function append(root: MailRoot, path: string, line: string): Promise<void> {
  const bytes = Buffer.from(line, "latin1");
  const at = storagePath(path);
  if (root.storage.can.append) return root.storage.write(at, bytes, { append: true, mode: 0o644 });
  const known = Buffer.from((await root.read(path)) ?? "", "latin1");
  await root.storage.write(at, Buffer.concat([known, bytes]), { mode: 0o644 });
}
