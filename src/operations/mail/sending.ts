import { addressText, readAddress } from "../../settings/ip/address.ts";
import { wholeNumber } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { addressOf, sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { found, partsOf } from "./finding-accounts.ts";
import { accountAt, entriesAt, type Journey, replyCode, say, serverAt, serverNumber } from "./journey.ts";

/** Signing in, and `MAIL FROM`. False: refused. */
export async function maySend(journey: Journey): Promise<boolean> {
  if (!(await signsIn(journey))) return false;
  const config = optionsOf(journey.server.get("SmtpConfig")?.value ?? "");
  const eased = journey.exempt.easeTls || journey.permissions.includes("S");
  if (config.get("WantTLS") && !eased) say(journey, "tlsNeeded", serverAt(journey, "SmtpConfig"));
  if (!(await senderPasses(journey))) return false;
  if (journey.mustSignIn) {
    say(
      journey,
      "signInNeededByAddress",
      { file: FILES.spammers.path },
      {},
      replyCode(journey, "SmtpMsgIPBanSpammers", 551),
    );
    return false;
  }
  const locked = config.get("MailAuth") || config.get("mail-auth");
  if (locked && !journey.exempt.noAuth && !journey.permissions.includes("M")) {
    say(journey, "signInNeeded", serverAt(journey, "SmtpConfig"), {}, 551);
    return false;
  }
  return true;
}

async function signsIn(journey: Journey): Promise<boolean> {
  const { ctx, signsInAs } = journey;
  if (signsInAs === null) {
    say(journey, "signInNone");
    return true;
  }
  const programs = await entriesAt(ctx, FILES.smtpExternalAuth.path, FILES.smtpExternalAuth);
  const [program] = programs ?? [];
  if (program) say(journey, "signInProgram", { file: FILES.smtpExternalAuth.path, line: program.line });
  const ref = partsOf(signsInAs);
  const account = ref && (await ctx.xmail.accounts.get(ref, ctx));
  if (account) {
    const permissions = await permissionsOf(journey, account);
    isSignedIn(journey, addressOf(account), permissions);
    say(journey, "signInAccount", await accountAt(ctx, account), {
      account: addressOf(account),
      permissions,
    });
    return true;
  }
  const path = FILES.smtpAccounts.path;
  const sending = (await entriesAt(ctx, path, FILES.smtpAccounts))?.find(
    ({ cells }) => cells[0] === signsInAs && cells.length >= 3,
  );
  if (!sending) {
    if (program) return true;
    say(journey, "signInUnknown", { file: FILES.accounts.path }, { account: signsInAs }, 535);
    return false;
  }
  const permissions = sending.cells[2] ?? "";
  isSignedIn(journey, signsInAs, permissions);
  say(journey, "signInSending", { file: path, line: sending.line }, { account: signsInAs, permissions });
  return true;
}

/** Whoever signs in is asked nothing more about the address he comes from. */
function isSignedIn(journey: Journey, address: string, permissions: string): void {
  journey.signedIn = address;
  journey.permissions = permissions;
  journey.mustSignIn = false;
}

async function permissionsOf(
  { ctx, server }: Journey,
  account: { readonly domain: string; readonly name: string },
): Promise<string> {
  const [variables] = await ctx.xmail.accounts.variables([account], ctx);
  return variables?.get("SmtpPerms") ?? server.get("DefaultSmtpPerms")?.value ?? "MRVZ";
}

async function senderPasses(journey: Journey): Promise<boolean> {
  const { ctx, sender, exempt } = journey;
  if (sender === "") {
    const allowed = serverNumber(journey, "AllowNullSender", 1) > 0;
    const at = serverAt(journey, "AllowNullSender");
    say(journey, allowed ? "senderNull" : "senderNullRefused", at, {}, allowed ? null : 501);
    return allowed;
  }
  if (serverNumber(journey, "CheckMailerDomain", 0) > 0 && !exempt.skipSenderCheck) {
    const domain = partsOf(sender)?.domain ?? sender;
    say(journey, "senderDomainAsked", serverAt(journey, "CheckMailerDomain"), { domain });
  }
  const file = FILES.spamAddresses.path;
  const banned = (await entriesAt(ctx, file, FILES.spamAddresses))?.find(({ cells: [pattern = ""] }) =>
    patternMatcher(pattern)(sender),
  );
  if (banned) {
    const reply = replyCode(journey, "SmtpMsgIPBanSpamAddress", 504);
    say(journey, "senderBanned", { file, line: banned.line }, { pattern: banned.cells[0] ?? "" }, reply);
    return false;
  }
  say(journey, "senderFree", { file });
  if (journey.signedIn === null && serverNumber(journey, "EnableAuthSMTP-POP3", 1) > 0) {
    await mayHaveReadMail(journey);
  }
  return true;
}

/** SMTP after POP3: who has just fetched mail from this address counts as signed in; nobody can know when mail will come. */
async function mayHaveReadMail(journey: Journey): Promise<void> {
  const { ctx, sender, peer } = journey;
  const ref = partsOf(sender);
  const account = ref && (await found(ctx, ref));
  if (!account || account.kind === "list") return;
  const [usage] = await ctx.xmail.accounts.usage([account], ctx);
  const last = usage?.lastLogin && readAddress(usage.lastLogin.address);
  if (!last || !sameName(addressText(last), addressText(peer))) return;
  say(journey, "signInByPop", serverAt(journey, "EnableAuthSMTP-POP3"), { account: addressOf(account) });
}

/** `Name=1,Other`: a name alone is on. */
function optionsOf(text: string): ReadonlyMap<string, boolean> {
  return new Map(
    text.split(",").map((option) => {
      const [name = "", value] = option.split("=");
      return [name, value === undefined || wholeNumber(value) !== 0];
    }),
  );
}
