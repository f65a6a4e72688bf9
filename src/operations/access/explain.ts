import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { addressText, type IpAddress } from "../../settings/ip/address.ts";
import { wholeNumber } from "../../settings/ip/range.ts";
import { variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { ExistingAccount, ExistingDomain, fields } from "../fields.ts";
import { propertiesIn } from "./properties.ts";
import { PeerAddress, peerOf } from "./range-field.ts";
import { hostRulingOf, type RuleFound, Ruling, rulingOf } from "./ruling.ts";

const MAPS = {
  smtp: FILES.smtpIpMap.path,
  pop3: FILES.pop3IpMap.path,
  ctrl: FILES.ctrlIpMap.path,
  finger: FILES.fingerIpMap.path,
};

type Decision = "allow" | "deny" | "authenticated" | "delay";

/** Which rules of XMail decide about somebody who connects; the files are read as XMail reads them. */
export const accessExplain = defineOperation({
  name: "access.explain",
  summary: "Say which rule decides about a client's address, with file and line, and which others match",
  effect: "read",
  input: fields({
    service: Type.Union(
      [Type.Literal("smtp"), Type.Literal("pop3"), Type.Literal("ctrl"), Type.Literal("finger")],
      { description: "What the client connects to" },
    ),
    address: PeerAddress,
    host: Type.Optional(
      Type.String({ maxLength: 255, description: "The name of the client, for exceptions by name" }),
    ),
    domain: Type.Optional(ExistingDomain),
    name: Type.Optional(ExistingAccount),
  }),
  output: fields({
    address: Type.String(),
    decision: Type.Union(
      [Type.Literal("allow"), Type.Literal("deny"), Type.Literal("authenticated"), Type.Literal("delay")],
      { description: "authenticated: only who signs in; delay: every answer comes late" },
    ),
    seconds: Type.Integer({ minimum: 0, description: "Of the delay, before each answer" }),
    whiteListed: Type.Boolean({ description: "Rules on who may connect and banned addresses are not asked" }),
    relays: Type.Boolean({ description: "May send to other servers without signing in" }),
    rulings: Type.Array(Ruling),
  }),
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /access/explain",
  target: () => SERVER,
  async handler(ctx, { service, address, host, domain, name }) {
    const peer = peerOf(address);
    const answer = { address: addressText(peer), seconds: 0, whiteListed: false, relays: false };
    if (service === "smtp") return { ...answer, ...(await smtp(ctx, peer, host)) };
    const rulings = [await rulingOf(ctx, "ipMap", MAPS[service], peer)];
    if (service === "pop3" && domain !== undefined) {
      if (name === undefined) return failField("name", "required", "Say which account of the domain.");
      const folder = await ctx.xmail.accounts.folder({ domain, name }, ctx);
      rulings.push(await rulingOf(ctx, "accountMap", `${folder}/${MAPS.pop3}`, peer));
    }
    const denied = rulings.some(({ decides }) => decides?.says === "deny");
    return { ...answer, decision: denied ? ("deny" as const) : ("allow" as const), rulings };
  },
});

async function smtp(ctx: Context, peer: IpAddress, host: string | undefined) {
  const exceptions = [await rulingOf(ctx, "ipProperty", FILES.smtpIpProperties.path, peer)];
  if (host !== undefined && host !== "") exceptions.push(await hostRulingOf(ctx, host));
  const whiteListed = exceptions.some(
    ({ decides }) => propertiesIn(decides?.says.split(" ") ?? []).whiteList,
  );
  const map = await rulingOf(ctx, "ipMap", MAPS.smtp, peer);
  const banned = await rulingOf(ctx, "spammer", FILES.spammers.path, peer);
  const relay = await rulingOf(ctx, "relay", FILES.relays.path, peer);
  const codes = whiteListed
    ? []
    : [map.decides?.says === "deny" ? await dropCode(ctx) : null, codeOf(banned.decides)].filter(
        (code) => code !== null,
      );
  const { decision, seconds } = outcomeOf(codes);
  const relays = relay.decides !== null && decision !== "deny" && decision !== "authenticated";
  return { decision, seconds, whiteListed, relays, rulings: [...exceptions, map, banned, relay] };
}

/** Above 0: cut off, 0 (of a banned address): only who signs in, below: seconds to wait; the strictest counts. */
function outcomeOf(codes: readonly number[]): { decision: Decision; seconds: number } {
  const seconds = Math.max(0, ...codes.map((code) => -code));
  if (codes.some((code) => code > 0)) return { decision: "deny", seconds: 0 };
  if (codes.includes(0)) return { decision: "authenticated", seconds };
  return { decision: seconds > 0 ? "delay" : "allow", seconds };
}

/** `null`: the client is let on. So XMail 1.27 does with 0, whatever its manual says (tried on the running server). */
async function dropCode(ctx: Context): Promise<number | null> {
  const variables = variablesIn(await ctx.xmail.files.read(FILES.server.path, ctx), FILES.server);
  const code = wholeNumber(variables.find(({ name }) => name === "SMTP-IpMapDropCode")?.value ?? "1");
  return code === 0 ? null : code;
}

function codeOf(rule: RuleFound | null): number | null {
  return rule && wholeNumber(rule.says);
}
