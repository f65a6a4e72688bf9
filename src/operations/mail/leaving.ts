import { gatewaysOf } from "../../settings/gateways.ts";
import { FILES } from "../../tab/files.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { customFileFor } from "./custom-file.ts";
import { sayFilters } from "./filters.ts";
import { entriesAt, type Journey, say, serverAt } from "./journey.ts";
import { saySteps } from "./steps.ts";

/** Mail for another server: steps of a custom domain, a forward, the gateways for all, or DNS. */
export async function leaves(journey: Journey, domain: string): Promise<void> {
  const file = await customFileFor(journey.ctx, domain);
  if (file !== null) {
    say(journey, "customFound", { file }, { domain });
    return saySteps(journey, [file], FILES.customDomain, { onward: () => goesOnward(journey, domain) });
  }
  await goesOnward(journey, domain);
}

/** By a forward, the gateways for all, or DNS. */
export async function goesOnward(journey: Journey, domain: string): Promise<void> {
  const { server } = journey;
  await sayFilters(journey, "out");
  const forward = await matching(journey, FILES.forwards, domain);
  if (forward) {
    const [pattern = "", text = ""] = forward.cells;
    const gateways = namesOf(text);
    const at = { file: FILES.forwards.path, line: forward.line };
    return say(journey, gateways === "" ? "leavesNowhere" : "leavesForward", at, { pattern, gateways });
  }
  const gateways = namesOf(server.get("DefaultSMTPGateways")?.value ?? "");
  const at = serverAt(journey, "DefaultSMTPGateways");
  if (gateways !== "") say(journey, "leavesGateways", at, { gateways });
  else say(journey, "leavesByMx", at, { domain });
}

/** A source route of `smtpgw.tab` is written into the recipient; the mail goes to its first host. */
export async function routed(journey: Journey): Promise<string | null> {
  const entry = await matching(journey, FILES.sourceRoutes, journey.recipient.domain);
  if (!entry) return null;
  const [pattern = "", route = ""] = entry.cells;
  say(journey, "routed", { file: FILES.sourceRoutes.path, line: entry.line }, { pattern, route });
  return route.split(/[,:]/)[0]?.replace(/^@/, "") ?? "";
}

async function matching(
  { ctx }: Journey,
  format: typeof FILES.forwards | typeof FILES.sourceRoutes,
  domain: string,
) {
  const entries = (await entriesAt(ctx, format.path, format)) ?? [];
  return entries.find(({ cells }) => cells.length >= 2 && patternMatcher(cells[0] ?? "")(domain));
}

function namesOf(text: string): string {
  return gatewaysOf(text)
    .gateways.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`))
    .join(", ");
}
