import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { gatewaysOf, isWholeHost } from "../../settings/gateways.ts";
import { isProgram, type MailStep } from "../../settings/mail-steps.ts";
import { ProgramArguments, ProgramPath } from "../program-fields.ts";

const Redirected = Type.String({
  minLength: 1,
  maxLength: 320,
  pattern: "^[!#-~]+$",
  description: "A mail address, or a domain in which the name before the @ stays",
  "x-rule": "redirect-target",
});

const Server = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[!$-:<-~]+$",
  description: "host[:port][,options] of a mail server, like mx.example.com:587,NeedTLS=2",
  "x-rule": "relay-server",
});

const literals = {
  mailbox: Type.Literal("mailbox"),
  redirect: Type.Literal("redirect"),
  lredirect: Type.Literal("lredirect"),
  smtprelay: Type.Literal("smtprelay"),
  smtp: Type.Literal("smtp"),
  external: Type.Literal("external"),
  filter: Type.Literal("filter"),
};
const forwards = [literals.redirect, literals.lredirect, literals.smtprelay] as const;
const programs = [literals.external, literals.filter] as const;

const targets = {
  addresses: Type.Optional(Type.Array(Redirected, { maxItems: 20 })),
  servers: Type.Optional(Type.Array(Server, { maxItems: 20 })),
  random: Type.Optional(Type.Boolean({ description: "Try the servers in any order" })),
};
const running = {
  priority: Type.Integer({ minimum: -20, maximum: 20, description: "0 as XMail itself" }),
  timeout: Type.Integer({ minimum: 0, maximum: 86_400, description: "Seconds; 0 does not wait" }),
};

/** For a mailbox, or for what comes to no mailbox here. */
export type Ending = "mailbox" | "smtp";

/** Fields of all steps, of those anybody may write who may write any, and of those that start programs. */
export function stepFields(ending: Ending) {
  const harmless = [literals[ending], ...forwards] as const;
  return {
    all: {
      step: Type.Union([...harmless, ...programs]),
      ...targets,
      priority: Type.Optional(running.priority),
      timeout: Type.Optional(running.timeout),
      program: Type.Optional(ProgramPath),
      arguments: Type.Optional(ProgramArguments),
    },
    harmless: { step: Type.Union([...harmless]), ...targets },
    program: {
      step: Type.Union([...programs]),
      program: ProgramPath,
      arguments: ProgramArguments,
      ...running,
    },
  };
}

/** Refuses what would be lost without a word: fields that the step does not have, and a step without what it needs. */
export function refuseUnfit(values: MailStep, was: MailStep | null): void {
  const { step, addresses = [], servers = [], random = false } = values;
  if (isProgram(values)) return;
  const needs =
    step === "redirect" || step === "lredirect" ? "addresses" : step === "smtprelay" ? "servers" : null;
  for (const [name, list] of Object.entries({ addresses, servers })) {
    if (name === needs && list.length === 0) failField(name, "required", `This step needs ${name}.`);
    if (name !== needs && list.length > 0) failField(name, "not-this-step", `This step has no ${name}.`);
  }
  if (random && needs !== "servers") failField("random", "not-this-step", "This step has no servers.");
  const known = new Set(was?.servers);
  const bad = servers.find(
    (one) => !known.has(one) && !gatewaysOf(one).gateways.every(({ host }) => isWholeHost(host)),
  );
  if (bad !== undefined)
    failField("servers", "relay-server", "servers: write host, host:port or host,options.");
}
