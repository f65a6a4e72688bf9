import { fail } from "../errors/error.ts";
import { splitRecord } from "../tab/lines.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, foldName, sameName } from "../xmail/names.ts";
import { filesOver } from "./files.ts";
import type { CtrlLine } from "./line.ts";
import { textOf } from "./reply-parser.ts";

/** The folder stands in no list that XMail answers with, only in its table. `ACCOUNT_NOT_FOUND`. */
export async function accountFolder(line: CtrlLine, ref: AccountRef, options?: CallOptions): Promise<string> {
  for await (const batch of filesOver(line).lines("mailusers.tab", options)) {
    for (const text of batch) {
      const [domain = "", name = "", , , directory, kind] = splitRecord(text).map(textOf);
      if (kind === undefined || directory === undefined) continue;
      if (sameName(domain, ref.domain) && sameName(name, ref.name)) {
        return `domains/${foldName(domain)}/${directory}`;
      }
    }
  }
  return fail("ACCOUNT_NOT_FOUND");
}
