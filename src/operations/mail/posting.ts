import type { AccountRow, Variables } from "../../xmail/accounts.ts";
import { addressOf, sameName } from "../../xmail/names.ts";
import { type Journey, lineAt, say } from "./journey.ts";

/** Whether the sender may post to the list: to a closed one members with W by MAIL FROM, those with A by signing in. */
export async function mayPost(journey: Journey, list: AccountRow, variables: Variables): Promise<boolean> {
  const { ctx, sender, signedIn } = journey;
  const folder = await ctx.xmail.accounts.folder(list, ctx);
  const closed = Number.parseInt(variables.get("ClosedML") ?? "0", 10);
  const settings = `${folder}/user.tab`;
  const at = { file: settings, line: await lineAt(ctx, settings, "ClosedML") };
  const values = { list: addressOf(list), sender };
  if (!closed) {
    say(journey, "listOpen", at, values);
    return true;
  }
  const members = await ctx.xmail.mailingLists.members(list, ctx);
  const member = members.find(
    ({ address, permissions }) =>
      (sameName(address, sender) && permissions.includes("W")) ||
      (signedIn !== null && sameName(address, signedIn) && permissions.includes("A")),
  );
  const file = `${folder}/mlusers.tab`;
  if (!member) {
    say(journey, "listClosed", at, values, 557);
    return false;
  }
  const { address, permissions: rights } = member;
  say(journey, "listMember", { file, line: await lineAt(ctx, file, address) }, { address, rights });
  return true;
}
