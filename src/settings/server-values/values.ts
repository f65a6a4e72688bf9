import type { Kind, ServerVariable } from "../server-variables/variable.ts";
import { gatewayOptions, gateways } from "./gateways.ts";
import { dnsLists, dnsServers, headers, methods, numbers, REACTION, reply, smtpConfig } from "./lists.ts";
import { type Part, type Parted, partProblem } from "./parts.ts";

const PARTED: Partial<Record<Kind, Parted>> = {
  gatewayOptions,
  gateways,
  smtpConfig,
  dnsLists,
  dnsServers,
  numbers,
  headers,
  methods,
  reply,
};

/** How a value of this kind is made of parts; `null` for one that is a single thing. */
export function partedOf(kind: Kind): Parted | null {
  return PARTED[kind] ?? null;
}

const DOMAIN = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?$/;
const ADDRESS = /^[!#-;=?A-~]+@[A-Za-z0-9.\-_]+$/;

/** The rule that a value breaks, by the name of its sentence; `null` when XMail reads it as it is meant. */
export function valueProblem(
  variable: ServerVariable,
  value: string,
): { rule: string; limit?: string } | null {
  const parted = partedOf(variable.kind);
  if (parted) {
    const parts = parted.parse(value);
    if (parts === null) return { rule: "server-parts" };
    return parts.some((part) => partProblem(parted, part)) ? { rule: "server-parts" } : null;
  }
  switch (variable.kind) {
    case "domain":
      return DOMAIN.test(value) ? null : { rule: "domain-name" };
    case "address":
      return value === "" || ADDRESS.test(value) ? null : { rule: "address" };
    case "switch":
      return /^[01]$/.test(value) ? null : { rule: "switch" };
    case "choice":
      return variable.values?.includes(value) ? null : { rule: "anyOf" };
    case "reaction":
      return REACTION.test(value) ? null : { rule: "server-reaction" };
    case "permissions":
      return /^(?:[MRVTZS]+|0)$/.test(value) ? null : { rule: "permissions" };
    case "number":
      return numberProblem(variable, value);
    default:
      return null;
  }
}

function numberProblem({ least = 0, most = 2_000_000_000 }: ServerVariable, value: string) {
  if (!/^(?:0|-?[1-9][0-9]{0,9})$/.test(value)) return { rule: "whole-number" };
  if (Number(value) < least) return { rule: "minimum", limit: String(least) };
  return Number(value) > most ? { rule: "maximum", limit: String(most) } : null;
}

/** The text of parts, as XMail reads it; the part and field at fault otherwise. */
export function textOfParts(
  parted: Parted,
  parts: readonly Part[],
): { text: string } | { at: number; field: string; rule: string } {
  const given = parted.single ? parts.slice(0, 1) : parts;
  for (const [at, part] of given.entries()) {
    const problem = partProblem(parted, part);
    if (problem) return { at, ...problem };
  }
  return { text: parted.print(given) };
}
