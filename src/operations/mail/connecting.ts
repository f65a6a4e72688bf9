import { wholeNumber } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { propertiesIn } from "../access/properties.ts";
import { rulingOf } from "../access/ruling.ts";
import { entriesAt, type Journey, replyCode, say, serverAt, serverNumber } from "./journey.ts";

/** What XMail gives as a code when it drops a client without a text of its own. */
const CLOSING = 421;

/** What an address alone brings, before a word is said. False: XMail hangs up. */
export async function connects(journey: Journey): Promise<boolean> {
  if (await isWhiteListed(journey)) return true;
  if (!(await mayConnect(journey)) || !(await isNoSpammer(journey))) return false;
  const lists = journey.server.get("CustMapsList")?.value ?? "";
  say(
    journey,
    lists === "" ? "dnsListsNone" : "dnsListsAsked",
    serverAt(journey, "CustMapsList"),
    lists === "" ? {} : { lists },
  );
  if (serverNumber(journey, "SMTP-RDNSCheck", 0) !== 0) {
    say(journey, "reverseDnsAsked", serverAt(journey, "SMTP-RDNSCheck"));
  }
  return true;
}

async function isWhiteListed(journey: Journey): Promise<boolean> {
  const { ctx, peer } = journey;
  const { file, decides } = await rulingOf(ctx, "ipProperty", FILES.smtpIpProperties.path, peer);
  const names = await entriesAt(ctx, FILES.smtpHostProperties.path, FILES.smtpHostProperties);
  if (names !== null && names.length > 0) {
    say(journey, "exceptionByName", { file: FILES.smtpHostProperties.path }, { count: String(names.length) });
  }
  if (!decides) {
    say(journey, "exceptionNone", { file });
    return false;
  }
  const { whiteList, noAuth, easeTls, skipSenderCheck } = propertiesIn(decides.says.split(" "));
  journey.exempt = { noAuth, easeTls, skipSenderCheck };
  const values = { range: decides.name, says: decides.says };
  say(journey, whiteList ? "exceptionWhite" : "exceptionFound", { file, line: decides.line }, values);
  return whiteList;
}

async function mayConnect(journey: Journey): Promise<boolean> {
  const { file, decides } = await rulingOf(journey.ctx, "ipMap", FILES.smtpIpMap.path, journey.peer);
  if (!decides) {
    say(journey, "connectFree", { file });
    return true;
  }
  const at = { file, line: decides.line };
  const range = decides.name;
  if (decides.says === "allow") {
    say(journey, "connectAllowed", at, { range });
    return true;
  }
  const code = serverNumber(journey, "SMTP-IpMapDropCode", 1);
  if (code > 0) say(journey, "connectDenied", at, { range }, replyCode(journey, "SmtpMsgIPBan", CLOSING));
  // XMail 1.27 sets a flag here that nothing asks for later.
  else if (code === 0) say(journey, "connectNoted", at, { range });
  else say(journey, "connectSlow", at, { range, seconds: String(-code) });
  return code <= 0;
}

async function isNoSpammer(journey: Journey): Promise<boolean> {
  const path = FILES.spammers.path;
  const reply = replyCode(journey, "SmtpMsgIPBanSpammers", CLOSING);
  if ((await journey.ctx.xmail.files.read(path, journey.ctx)) === null) {
    say(journey, "spammerNoFile", { file: path }, {}, reply);
    return false;
  }
  const { decides } = await rulingOf(journey.ctx, "spammer", path, journey.peer);
  if (!decides) {
    say(journey, "spammerNone", { file: path });
    return true;
  }
  const at = { file: path, line: decides.line };
  const range = decides.name;
  const code = wholeNumber(decides.says);
  if (code > 0) {
    say(journey, "spammerRefused", at, { range }, reply);
    return false;
  }
  if (code < 0) say(journey, "spammerSlow", at, { range, seconds: String(-code) });
  else {
    journey.mustSignIn = true;
    say(journey, "spammerSignIn", at, { range });
  }
  return true;
}
