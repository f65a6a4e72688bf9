import { filterFlagsOf } from "../../settings/filter-flags.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import { addressOf } from "../../xmail/names.ts";
import { sayFilters } from "./filters.ts";
import { entriesAt, type Journey, say } from "./journey.ts";
import { goesOnward, leaves } from "./leaving.ts";
import type { Destination } from "./receiving.ts";
import { saySteps } from "./steps.ts";

const SMTP_FILTERS = [FILES.filtersPostRcpt, FILES.filtersPreData, FILES.filtersPostData];

/** Programs that look at the mail while the client waits. */
export async function asksSmtpFilters(journey: Journey): Promise<void> {
  let any = false;
  for (const format of SMTP_FILTERS) {
    for (const { line, cells } of (await entriesAt(journey.ctx, format.path, format)) ?? []) {
      const { flags, rest } = filterFlagsOf(cells);
      if (flags.skipSignedIn && journey.signedIn !== null) continue;
      any = true;
      say(journey, "smtpFilterRuns", { file: format.path, line }, { program: rest[0] ?? "" });
    }
  }
  if (!any) say(journey, "smtpFiltersNone", { file: FILES.filtersPostRcpt.path });
}

/** What becomes of a mail that was taken. */
export async function delivers(journey: Journey, to: Destination): Promise<void> {
  if (to.to === "elsewhere") return leaves(journey, to.domain);
  if (to.to === "commandAlias") {
    const onward = () => goesOnward(journey, journey.recipient.domain);
    return saySteps(journey, [to.file], FILES.commandAlias, { onward });
  }
  return to.account.kind === "list" ? copies(journey, to.account) : arrives(journey, to.account);
}

async function arrives(journey: Journey, account: AccountRow): Promise<void> {
  const { ctx } = journey;
  const folder = await ctx.xmail.accounts.folder(account, ctx);
  const files = [pathOf(FILES.domainMailproc, { domain: account.domain }), `${folder}/mailproc.tab`];
  const there: string[] = [];
  for (const file of files) if ((await ctx.xmail.files.read(file, ctx)) !== null) there.push(file);
  if (there.length > 0) return saySteps(journey, there, FILES.mailproc, { account });
  await sayFilters(journey, "in", account);
  say(journey, "stored", { file: folder }, { account: addressOf(account) });
}

async function copies(journey: Journey, list: AccountRow): Promise<void> {
  const { ctx } = journey;
  await sayFilters(journey, "in", list);
  const file = `${await ctx.xmail.accounts.folder(list, ctx)}/mlusers.tab`;
  const members = await ctx.xmail.mailingLists.members(list, ctx);
  const readers = members.filter(({ permissions }) => permissions.includes("R")).length;
  const values = { list: addressOf(list), count: String(readers) };
  say(journey, readers > 0 ? "copies" : "copiesNobody", { file }, values);
}
