import { COMMAND, type Reply, type Request } from "./messages.ts";
import { ATTRIBUTE, type Handle } from "./requests.ts";
import { fields, type Message, malformed, milliseconds, part, size64, u16, u32, u64, utf16 } from "./wire.ts";

/** One line of a listing. */
export interface Listed {
  readonly name: string;
  readonly isFolder: boolean;
  /** A symbolic link or a junction, where the server shows it as one. */
  readonly isLink: boolean;
  readonly size: number;
  readonly mtimeMs: number;
  /** When anything about it last changed, its name too; milliseconds since 1970 by the server's clock. */
  readonly changedMs: number;
  /** 0 where the server has none. */
  readonly fileId: bigint;
}

const ID_FULL_DIRECTORY = 38;
const NAME_AT = 80;
/** Bit of a reparse tag: leads to another name (symbolic link, junction), unlike deduplicated or offline files. */
const NAME_SURROGATE = 0x20000000;

/** Next part of the listing of an open folder; `pattern` as on Windows. */
export function listRequest(handle: Handle, pattern: string, maxBytes: number): Request {
  const text = utf16(pattern);
  const start = fields(8, [0, 2, 33], [2, 1, ID_FULL_DIRECTORY]);
  const end = fields(8, [0, 2, 64 + 32], [2, 2, text.length], [4, 4, maxBytes]);
  return { command: COMMAND.queryDirectory, body: [start, handle, end, text], payload: maxBytes };
}

/** With `.` and `..` where the server gives them. */
export function entriesIn({ message }: Reply): Listed[] {
  const block = part(message, u16(message, 66), u32(message, 68));
  const entries: Listed[] = [];
  for (let at = 0; ; ) {
    const next = u32(block, at);
    entries.push(entryAt(block, at));
    if (next === 0) return entries;
    if (next < NAME_AT) malformed("a list that goes in circles");
    at += next;
  }
}

function entryAt(block: Message, at: number): Listed {
  const attributes = u32(block, at + 56);
  const isFolder = (attributes & ATTRIBUTE.folder) !== 0;
  const tag = (attributes & ATTRIBUTE.reparse) !== 0 ? u32(block, at + 64) : 0;
  return {
    name: part(block, at + NAME_AT, u32(block, at + 60)).toString("utf16le"),
    isFolder,
    isLink: (tag & NAME_SURROGATE) !== 0,
    size: isFolder ? 0 : size64(block, at + 40),
    mtimeMs: milliseconds(u64(block, at + 24)),
    changedMs: milliseconds(u64(block, at + 32)),
    fileId: u64(block, at + 72),
  };
}
