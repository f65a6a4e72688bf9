import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Nothing } from "../fields.ts";
import { Confirm } from "../rows/row-schema.ts";

const Told = fields({ told: Type.Literal(true) });
const TOLD = { told: true } as const;
const common = { effect: "write", output: Told, target: () => SERVER } as const;
/** What is typed to stop or restart. */
const STOP = "stop";
const RESTART = "restart";

export const serviceStop = defineOperation({
  ...common,
  name: "service.stop",
  summary: "Stop XMail: no mail is taken or delivered until it is started on its machine",
  input: fields({ confirm: Type.Optional(Confirm) }),
  errors: ["XMAIL_STOPPED"],
  http: "POST /service/stop",
  async handler(ctx, { confirm }) {
    requireTyped(confirm, STOP);
    await ctx.xmail.server.stop(ctx);
    return TOLD;
  },
});

export const serviceRestart = defineOperation({
  ...common,
  name: "service.restart",
  summary: "Restart XMail by the command of the configuration",
  input: fields({ confirm: Type.Optional(Confirm) }),
  errors: ["SERVICE_FAILED", "BAD_CONFIG"],
  http: "POST /service/restart",
  async handler(ctx, { confirm }) {
    requireTyped(confirm, RESTART);
    ctx.whenApplied(commandOf(ctx), "program");
    return TOLD;
  },
  /** A copy of XMail has no program that could be restarted. */
  async plan(ctx, { confirm }) {
    requireTyped(confirm, RESTART);
    return {
      result: TOLD,
      changes: { commands: [], files: [], final: ["program"] },
      apply: commandOf(ctx),
    };
  },
});

export const serviceFetchNow = defineOperation({
  ...common,
  name: "service.fetchNow",
  summary: "Fetch mail from all POP3 links at once",
  input: Nothing,
  errors: ["XMAIL_STOPPED"],
  http: "POST /service/fetch",
  async handler(ctx) {
    await ctx.xmail.server.fetchPop3Links(ctx);
    return TOLD;
  },
});

export const serviceFlushQueue = defineOperation({
  ...common,
  name: "service.flushQueue",
  summary: "Try at once to deliver mail that waits for these recipients",
  input: fields({
    recipients: Type.String({
      minLength: 1,
      maxLength: 253,
      pattern: "^[!#-;=?-\\[\\]-~]+$",
      description: "A domain, or an address; * stands for any letters, so * is all mail that waits",
      "x-rule": "queue-recipients",
    }),
  }),
  errors: ["XMAIL_STOPPED"],
  http: "POST /service/flush",
  async handler(ctx, { recipients }) {
    await ctx.xmail.server.flushQueue(recipients, ctx);
    return TOLD;
  },
});

function requireTyped(confirm: string | undefined, word: string): void {
  if (confirm?.toLowerCase() !== word) {
    failField("confirm", "confirm", `Type ${word} to confirm.`, word);
  }
}

function commandOf({ xmail }: Context): () => Promise<void> {
  const { restart = null } = xmail.server.program ?? {};
  return (
    restart ??
    fail("BAD_CONFIG", "The configuration names no command that restarts XMail: give xmail.restart.")
  );
}
