import { failField } from "../errors/error.ts";
import { type Static, Type } from "../kernel/schema.ts";
import { type Gateway, gatewaysText, isWholeHost } from "../settings/gateways.ts";
import { fields } from "./fields.ts";

const Host = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[^\\u0000-\\u0020\\u007f;]+$",
  description: "Name or address of a mail server; an IPv6 address in brackets, like [2001:db8::1]",
  "x-rule": "gateway-host",
});

export const NeedTls = Type.Union([Type.Literal("off"), Type.Literal("offered"), Type.Literal("required")], {
  description: "TLS: never, where the server offers it, or no mail without it; as server.tab says, if absent",
});

export const OutBind = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[!-+\\--:<-~]+$",
  description: "Local address to send from; as server.tab says, if absent",
  "x-rule": "out-bind",
});

export const FurtherOptions = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[^\\u0000-\\u001f\\u007f;]+$",
  description: "Further options as XMail reads them: Name=value, parted by commas",
  "x-rule": "further-options",
});

const GatewayFields = fields({
  host: Host,
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: "25, if absent" })),
  needTls: Type.Optional(NeedTls),
  outBind: Type.Optional(OutBind),
  more: Type.Optional(FurtherOptions),
});

/** Servers in the order in which XMail tries them. */
export const GatewayList = Type.Array(GatewayFields, {
  maxItems: 20,
  description: "Host, port and options of each server, in the order in which XMail tries them",
  "x-rule": "gateways",
});

export const RandomOrder = Type.Boolean({
  description: "Try them in any order, so that they share the load",
});

type Given = readonly Static<typeof GatewayFields>[];

/** The cell of a list of gateways; keeps the spelling of `was` while it says the same. */
export function gatewaysCell(random: boolean, gateways: Given, was?: string): string {
  return gatewaysText({ random, gateways: gateways as readonly Gateway[] }, was);
}

/** Refuses, in the field `gateways`, a host that XMail would read otherwise, unless it was there before. */
export function refuseNewGateways(before: readonly Given[], after: readonly Given[]): void {
  const known = new Set(before.flat().map(({ host }) => host));
  const bad = after.flat().find(({ host }) => !known.has(host) && !isWholeHost(host));
  if (bad) {
    failField(
      "gateways",
      "gateway-host",
      "Write the host by itself: a name or an address; an IPv6 address in brackets.",
    );
  }
}
