import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { Group, Groups } from "../../kernel/groups.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";

/** `BAD_CONFIG` where none are kept. */
export function groupsOf({ groups }: Pick<Context, "groups">): Groups {
  return groups ?? fail("BAD_CONFIG", "The configuration names no folder for groups: set state.");
}

/** By id, or by name. `NOT_FOUND`. */
export async function groupFound(ctx: Context, which: string): Promise<Group> {
  const all = await groupsOf(ctx).list();
  const wanted = foldName(which);
  return (
    all.find(({ id }) => id === which) ??
    all.find(({ name }) => foldName(name) === wanted) ??
    fail("NOT_FOUND", "There is no such group.")
  );
}

/** More are asked for together. */
const FEW = 20;

/** Which of the accounts are on this server: their addresses, folded. Mailing lists are no members. */
export async function accountsThere(ctx: Context, refs: readonly AccountRef[]): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  const byDomain = new Map<string, AccountRef[]>();
  for (const ref of refs) {
    const domain = foldName(ref.domain);
    const ofDomain = byDomain.get(domain);
    if (ofDomain) ofDomain.push(ref);
    else byDomain.set(domain, [ref]);
  }
  const note = (row: AccountRef & { readonly kind: string }) =>
    row.kind === "user" && there.add(foldName(addressOf(row)));
  for (const [domain, ofDomain] of byDomain) {
    if (ofDomain.length > FEW) for await (const row of ctx.xmail.accounts.list(domain, ctx)) note(row);
    else
      for (const ref of ofDomain) {
        const row = await ctx.xmail.accounts.get(ref, ctx);
        if (row) note(row);
      }
  }
  return there;
}

/** An address of the input, which has one `@` at least. */
export function refOf(address: string): AccountRef {
  const at = address.lastIndexOf("@");
  return { name: foldName(address.slice(0, at)), domain: foldName(address.slice(at + 1)) };
}
