import { rangeText } from "../../../settings/ip/range.ts";
import { FILES } from "../../../tab/files.ts";
import { isWide } from "../../access/range-field.ts";
import { relayRange } from "../../access/relay.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const STANDARD = "MRVZ";

/** Who may send mail to anybody through this server. */
export async function checkRelay({ entries, server }: Facts): Promise<LintFinding[]> {
  const file = FILES.relays.path;
  const open = ((await entries(FILES.relays)) ?? []).flatMap(({ id, line, cells }) => {
    const range = relayRange(cells);
    if (!range || !isWide(range)) return [];
    const values = { range: rangeText(range) };
    return [finding("openRelay", { file, line, values, fix: fixBy("relay.remove", { id }) })];
  });
  return [...open, ...(await signingIn(await server()))];
}

async function signingIn(server: Awaited<ReturnType<Facts["server"]>>): Promise<LintFinding[]> {
  const file = FILES.server.path;
  const permissions = server.get("DefaultSmtpPerms");
  const pop = server.get("EnableAuthSMTP-POP3");
  const found: LintFinding[] = [];
  if ((permissions?.value ?? STANDARD).includes("R")) {
    const values = { permissions: permissions?.value ?? STANDARD };
    found.push(finding("signInRelays", { file, line: permissions?.line ?? null, values }));
  }
  if (Number.parseInt(pop?.value ?? "1", 10) > 0) {
    const fix = fixBy("serverSetting.set", { set: [{ name: "EnableAuthSMTP-POP3", value: "0" }] });
    found.push(finding("popBeforeSmtp", { file, line: pop?.line ?? null, fix }));
  }
  return found;
}
