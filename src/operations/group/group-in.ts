import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { NewGroup } from "../../kernel/groups.ts";
import type { Static } from "../../kernel/schema.ts";
import { addressOf } from "../../xmail/names.ts";
import { fields } from "../fields.ts";
import { defined } from "../people/person-in.ts";
import { requireDays } from "./days.ts";
import { groupFields } from "./fields.ts";
import { refOf } from "./found.ts";

const All = fields(groupFields);
type Given = Static<typeof All> & { readonly name?: string | undefined };

/** What is given of a group; the rest is as it was. `INVALID_INPUT`. */
export function changedGroup<G extends NewGroup>(group: G, { name, list, memo, ...given }: Given): G {
  const changed = {
    ...group,
    ...defined({
      name: name?.trim(),
      list: list && addressOf(refOf(list)),
      validFrom: given.validFrom,
      validUntil: given.validUntil,
      responsible: given.responsible?.trim(),
      responsibleEmail: given.responsibleEmail,
      responsiblePhone: given.responsiblePhone?.trim(),
      memo: memo?.replace(/\r\n?/g, "\n").trimEnd(),
    }),
    ...(list === "" ? { list } : {}),
  };
  requireDays(changed);
  return changed;
}

/** `INVALID_INPUT` unless it is a mailing list of this server, or none. */
export async function requireList(ctx: Context, list: string | undefined): Promise<void> {
  if (list === undefined || list === "") return;
  if ((await ctx.xmail.accounts.get(refOf(list), ctx))?.kind === "list") return;
  failField("list", "no-such-list", `list: ${list} is no mailing list of this server.`, list);
}
