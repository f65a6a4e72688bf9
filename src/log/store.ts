import type { Storage } from "../storage/storage.ts";
import type { LogCall, LogFile, LogFound, LogSearch, LogStore } from "../xmail/logs.ts";
import { logFiles } from "./files.ts";
import { DOUBT, type FileIndex, forgetGone, openIndex } from "./index-file.ts";
import { searchLogs } from "./search.ts";
import { type TallyOptions, tallyLogs } from "./tally.ts";

export interface LogOptions extends TallyOptions {
  /** Bytes from which a file gets an index; smaller ones are read as fast. */
  readonly indexFrom?: number;
}

const INDEX_FROM = 8 * 1024 * 1024;

/** XMail's logs in a MailRoot. Nothing is changed but the index in `.xmailcfg/log-index`, where that can be written. */
export function logStoreOver(
  storage: Storage,
  { indexFrom = INDEX_FROM, ...counting }: LogOptions = {},
): LogStore {
  const indexed = storage.can.atomicReplace && storage.can.binary && storage.can.folders;
  return {
    files: (call) => logFiles(storage, call),
    tally: (request, call = {}) => tallyLogs(storage, request, call, counting),
    async search(request, call = {}) {
      const found = await search(
        storage,
        request,
        call,
        indexed ? indexFrom : Number.POSITIVE_INFINITY,
        false,
      );
      return found ?? (await search(storage, request, call, indexFrom, true)) ?? DOUBTFUL;
    },
  };
}

const DOUBTFUL: LogFound = { rows: [], next: null, looked: 0 };

/** `null` when a log turns out to be another one than that which was indexed. */
async function search(
  storage: Storage,
  request: LogSearch,
  call: LogCall,
  indexFrom: number,
  afresh: boolean,
): Promise<LogFound | null> {
  const opened: FileIndex[] = [];
  const wanted = askedByKey(request);
  const indexOf = async (file: LogFile, keys: readonly string[]) => {
    if (!wanted || file.size < indexFrom) return null;
    const index = await openIndex(storage, file, keys, call, afresh);
    opened.push(index);
    return index;
  };
  try {
    const found = await searchLogs(storage, request, call, indexOf);
    for (const index of opened) await index.save();
    if (opened.length > 0) await forgetGone(storage, await logFiles(storage, call));
    return found;
  } catch (error) {
    if (error === DOUBT) return null;
    throw error;
  }
}

/** What else is asked for stands on most pages: the index would tell nothing, and learning costs. */
function askedByKey({ address, account, ip, id }: LogSearch): boolean {
  return [address, account, ip, id].some((key) => key !== undefined);
}
