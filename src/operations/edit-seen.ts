import { fail } from "../errors/error.ts";
import type { Context } from "../kernel/context.ts";
import { type TSchema, Type } from "../kernel/schema.ts";
import { revisionOf } from "../settings/revision.ts";

const TRIES = 4;

/** Of a file, as `list` or `get` told it. */
export const Revision: TSchema = Type.String({
  minLength: 16,
  maxLength: 16,
  pattern: "^[0-9a-f]{16}$",
  description: "The revision the form was opened with; a file that was changed since is left alone",
  "x-rule": "revision",
});

/**
 * Replaces a file by what `work` makes of it, and only the very bytes that it saw: when the file changed meanwhile, all
 * of it is done anew. `CONFLICT` when a revision is given and the file is another one.
 */
export async function editSeen(
  ctx: Context,
  path: string,
  revision: string | undefined,
  work: (bytes: Uint8Array | null) => Uint8Array | null | Promise<Uint8Array | null>,
): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const bytes = await ctx.xmail.files.read(path, ctx);
    if (revision !== undefined && revisionOf(bytes) !== revision) fail("CONFLICT");
    const wanted = await work(bytes);
    let moved = false;
    await ctx.xmail.files.edit(
      path,
      (now) => {
        moved = revisionOf(now) !== revisionOf(bytes) || (now === null) !== (bytes === null);
        return moved ? now : wanted;
      },
      ctx,
    );
    if (!moved) return;
  }
  fail("FILE_CHANGED", "A file of XMail keeps changing. Try again.", { internal: { path } });
}
