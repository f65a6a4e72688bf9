import { FILES } from "../tab/files.ts";
import type { TableFile } from "../tab/table-file.ts";

export type TableName = keyof typeof FILES;

interface Known {
  readonly name: TableName;
  readonly file: TableFile;
  readonly path: RegExp;
}

const KNOWN: readonly Known[] = Object.entries<TableFile>(FILES).map(([name, file]) => ({
  name: name as TableName,
  file,
  path: patternOf(file.path),
}));

/** Which of XMail's tables a path below MailRoot is; `null` for other files. */
export function tableAt(path: string): { readonly name: TableName; readonly file: TableFile } | null {
  return KNOWN.find((known) => known.path.test(path)) ?? null;
}

/** What is below these is mail, logs, XMail's own books, or keys. */
const CLOSED =
  /^(?:spool|logs|tabindex|dnscache|msgsync|pop3locks|pop3linklocks|tmp|sslconf|certs)\/|(?:^|\/)(?:mailbox|maildir)\//i;
const KEYS = /\.(?:key|pem|p12|pfx|crt|cert|cer|der|hdx|uidb)$/i;

/** Whether a file may be shown: tables, and other texts; never mail, logs, keys, or what begins with a dot. */
export function mayBeShown(path: string): boolean {
  if (path.length > 255 || !/^[^\\:\0-\x1f]+$/.test(path) || CLOSED.test(path) || KEYS.test(path))
    return false;
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return false;
  return tableAt(path) !== null || !parts.some((part) => part.startsWith("."));
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, "[^/]*")}$`, "i");
}
