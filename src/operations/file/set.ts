import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { editText } from "../../settings/edit-text.ts";
import { faultIn } from "../../settings/read-lines.ts";
import { tableAt } from "../../settings/table-at.ts";
import { FILES } from "../../tab/files.ts";
import type { TableFile } from "../../tab/table-file.ts";
import { ctrlAccountRows, guardCtrlAccounts } from "../ctrl-account/guard.ts";
import { editSeen, Revision } from "../edit-seen.ts";
import { fields } from "../fields.ts";
import { Confirm } from "../rows/row-schema.ts";
import { refuseUnusable } from "../server-setting/guard.ts";
import { lockOf } from "./get.ts";
import { FilePath, fitsIn, LARGEST, readShown } from "./rows.ts";

export const fileSet = defineOperation({
  name: "file.set",
  summary: "Replace a file by an edited text; lines that were shown masked and left alone keep their secrets",
  effect: "write",
  input: fields({
    path: FilePath,
    text: Type.String({
      maxLength: LARGEST,
      description: "The whole file, as file.get gives it",
      "x-holds-secrets": true,
    }),
    revision: Revision,
    confirm: Type.Optional(Confirm),
  }),
  output: fields({ path: Type.String(), changed: Type.Array(Type.Integer(), { description: "New lines" }) }),
  errors: ["NOT_FOUND", "CONFLICT", "CELL_NOT_WRITABLE", "FILE_CHANGED", "WOULD_LOCK_OUT"],
  http: "PUT /files/text",
  target: () => SERVER,
  async handler(ctx, { path, text, revision, confirm }) {
    let changed: readonly number[] = [];
    // There and allowed to be seen: new files are made by the pages that know them.
    await readShown(ctx, path);
    await editSeen(ctx, path, revision as string, async (bytes) => {
      if (bytes === null) return fail("NOT_FOUND");
      const lock = lockOf(path, bytes);
      if (lock !== null) failField("path", "file-locked", `${path} is not edited as text: ${lock}.`);
      const edited = editText(path, bytes, text);
      if ("maskedAt" in edited) {
        const { maskedAt } = edited;
        return failField("text", "file-mask", `Line ${maskedAt} holds a mask.`, String(maskedAt));
      }
      if (edited.bytes.length === 0) failField("text", "file-empty", "The file would be empty.");
      const found = tableAt(path);
      if (found) refuseSenseless(edited.bytes, edited.changed, found.file);
      await guard(ctx, path, { before: bytes, after: edited.bytes }, confirm);
      changed = edited.changed;
      return edited.bytes;
    });
    return { path, changed: [...changed] };
  },
});

/** Only of new lines: what was there and makes no sense may stay. */
function refuseSenseless(bytes: Uint8Array, changed: readonly number[], file: TableFile): void {
  const fault = faultIn(bytes, changed, file, fitsIn(file));
  if (fault === null) return;
  const { number, column } = fault;
  if (column === null) {
    failField("text", "file-line-long", `Line ${number} is longer than XMail reads.`, String(number));
  }
  failField(
    "text",
    "file-line",
    `Line ${number}: ${column} is missing or does not fit.`,
    `${number} (${column})`,
  );
}

interface Change {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What no form would let through, a text does not either. */
async function guard(
  ctx: Context,
  path: string,
  { before, after }: Change,
  confirm: string | undefined,
): Promise<void> {
  switch (path.toLowerCase()) {
    case FILES.server.path:
      return refuseUnusable(ctx, before, after, confirm);
    case FILES.ctrlAccounts.path:
      return guardCtrlAccounts(ctx, ctrlAccountRows(before), ctrlAccountRows(after));
    case FILES.ctrlIpMap.path:
      if (confirm !== path) {
        failField("confirm", "confirm", "A mistake here locks xmailcfg out. Type the name to confirm.", path);
      }
  }
}
