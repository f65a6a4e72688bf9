import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { PeerAddress, peerOf } from "../access/range-field.ts";
import { Address, fields, orNull } from "../fields.ts";
import { connects } from "./connecting.ts";
import { asksSmtpFilters, delivers } from "./delivering.ts";
import { partsOf } from "./finding-accounts.ts";
import { type Journey, type SaidStep, serverVariables } from "./journey.ts";
import { routed } from "./leaving.ts";
import { destination } from "./receiving.ts";
import { SAID } from "./said.ts";
import { maySend } from "./sending.ts";

const SignInName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[!#-\\[\\]-~]+$",
  description: "As whom the client signs in: an account's address, or a name of smtpauth.tab",
  "x-rule": "sign-in-name",
});

const Step = fields({
  asks: Type.String({ description: "Which part of XMail is asked" }),
  said: Type.String({ description: "Key of the sentence that says what was found" }),
  verdict: Type.Union([
    Type.Literal("passes"),
    Type.Literal("refused"),
    Type.Literal("continues"),
    Type.Literal("delivers"),
    Type.Literal("lost"),
    Type.Literal("unknown"),
  ]),
  reply: orNull(Type.Integer({ description: "SMTP reply code of a refusal" })),
  file: orNull(Type.String({ description: "Below MailRoot" })),
  line: orNull(Type.Integer({ minimum: 1, description: "Of the entry that decided; null: no entry did" })),
  values: Type.Array(fields({ name: Type.String(), value: Type.String() }), {
    description: "What stands in that sentence",
  }),
});

export const mailExplain = defineOperation({
  name: "mail.explain",
  summary: "Say what XMail does with a mail from one address to another, step by step, with file and line",
  effect: "read",
  input: fields({
    sender: Type.Optional(Address),
    recipient: Address,
    client: PeerAddress,
    account: Type.Optional(SignInName),
  }),
  output: fields({
    outcome: Type.Union(
      [Type.Literal("refused"), Type.Literal("lost"), Type.Literal("delivered"), Type.Literal("passed-on")],
      { description: "delivered: into a mailbox, to a list or to another server; passed-on: as a new mail" },
    ),
    certain: Type.Boolean({ description: "False: DNS, a program or a time may decide otherwise" }),
    steps: Type.Array(Step),
  }),
  errors: [],
  http: "GET /mail/explanation",
  target: () => SERVER,
  async handler(ctx, { sender = "", recipient, client, account }) {
    const journey: Journey = {
      ctx,
      steps: [],
      server: await serverVariables(ctx),
      peer: peerOf(client, "client"),
      sender,
      recipient: partsOf(recipient) ?? { name: recipient, domain: "" },
      signsInAs: account ?? null,
      permissions: "",
      signedIn: null,
      mustSignIn: false,
      exempt: { noAuth: false, easeTls: false, skipSenderCheck: false },
    };
    await follow(journey);
    const steps = journey.steps.map(told);
    return { outcome: outcomeOf(steps), certain: steps.every(({ verdict }) => verdict !== "unknown"), steps };
  },
});

async function follow(journey: Journey): Promise<void> {
  if (!(await connects(journey)) || !(await maySend(journey))) return;
  const to = await destination(journey);
  if (to === null) return;
  const route = await routed(journey);
  await asksSmtpFilters(journey);
  await delivers(journey, route === null ? to : { to: "elsewhere", domain: foldName(route) });
}

function told({ said, at, reply, values }: SaidStep): Static<typeof Step> {
  const [asks, verdict] = SAID[said];
  return {
    asks,
    said,
    verdict,
    reply,
    file: at.file,
    line: at.line ?? null,
    values: Object.entries(values).map(([name, value]) => ({ name, value })),
  };
}

function outcomeOf(steps: readonly Static<typeof Step>[]): "refused" | "lost" | "delivered" | "passed-on" {
  const has = (verdict: string) => steps.some((step) => step.verdict === verdict);
  if (has("refused")) return "refused";
  if (has("delivers") || steps.at(-1)?.said === "leavesByMx") return "delivered";
  return has("lost") ? "lost" : "passed-on";
}
