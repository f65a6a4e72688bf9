import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { answerStep } from "../../settings/answer-step.ts";
import {
  DEFAULT_DAYS,
  MOST_DAYS,
  NO_VACATION,
  VACATION_FILE,
  type VacationText,
  vacationBytes,
  vacationIn,
} from "../../settings/vacation-text.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { type AccountRef, addressOf } from "../../xmail/names.ts";
import { accountFound } from "../account/found.ts";
import { editSeen } from "../edit-seen.ts";
import { AccountKey, ExistingAccount, ExistingDomain, fields, orNull } from "../fields.ts";
import { answering, isAnswering } from "./answering.ts";
import { refuseDays } from "./refuse-days.ts";

const Day = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}$",
  description: "A day like 2026-08-15, on the clock of XMail's machine",
  "x-rule": "day",
});
const Days = Type.Integer({
  minimum: 1,
  maximum: MOST_DAYS,
  description: "Days before the same sender is answered again",
});

const Vacation = fields({
  on: Type.Boolean({ description: "Whether mail is answered, between the two days if they are given" }),
  subject: Type.String({ description: "Empty: Auto: and the subject of the mail" }),
  text: Type.String(),
  from: orNull(Type.String({ description: "First day" })),
  until: orNull(Type.String({ description: "Last day" })),
  days: Type.Integer(),
  available: Type.Boolean({ description: "Whether the configuration names the program that answers" }),
});

export const vacationGet = defineOperation({
  name: "vacation.get",
  summary: "Say whether, when and what an account answers while its owner is away",
  effect: "read",
  input: AccountKey,
  output: Vacation,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /domains/{domain}/accounts/{name}/vacation",
  target: accountTarget,
  async handler(ctx, ref) {
    const folder = await ctx.xmail.accounts.folder(ref, ctx);
    return told(
      ctx,
      await ctx.xmail.files.read(`${folder}/mailproc.tab`, ctx),
      vacationIn(await ctx.xmail.files.read(`${folder}/${VACATION_FILE}`, ctx)),
    );
  },
});

export const vacationSet = defineOperation({
  name: "vacation.set",
  summary: "Answer an account's mail while its owner is away, or stop answering",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    name: ExistingAccount,
    on: Type.Boolean({ description: "Whether mail is answered; off keeps the text for the next time" }),
    subject: Type.Optional(
      Type.String({
        maxLength: 150,
        pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*$",
        description: "Subject of the answer; Auto: and the subject of the mail, if absent",
        "x-rule": "one-line",
      }),
    ),
    text: Type.String({
      maxLength: 4000,
      pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$",
      description: "What is answered: plain text in any language",
      "x-rule": "plain-text",
      "x-text": true,
    }),
    from: Type.Optional(Day),
    until: Type.Optional(Day),
    days: Type.Optional(Days),
  }),
  output: Vacation,
  errors: ["ACCOUNT_NOT_FOUND", "BAD_CONFIG", "CELL_NOT_WRITABLE", "FILE_CHANGED"],
  http: "PUT /domains/{domain}/accounts/{name}/vacation",
  target: accountTarget,
  async handler(ctx, { domain, name, on, ...given }) {
    const ref = { domain, name };
    const wanted = {
      subject: (given.subject ?? "").trim(),
      text: given.text.replace(/\r\n?/g, "\n").trimEnd(),
      from: given.from ?? null,
      until: given.until ?? null,
      days: given.days ?? DEFAULT_DAYS,
    };
    const step = on ? await stepOf(ctx, ref) : null;
    refuse(ctx, wanted, on);
    const folder = await ctx.xmail.accounts.folder(ref, ctx);
    const text = isNothing(wanted) ? null : vacationBytes({ ...wanted, text: ended(wanted.text) });
    await ctx.xmail.files.edit(`${folder}/${VACATION_FILE}`, () => text, ctx);
    const ofDomain = await ctx.xmail.files.read(pathOf(FILES.domainMailproc, { domain }), ctx);
    let after: Uint8Array | null = null;
    await editSeen(ctx, `${folder}/mailproc.tab`, undefined, (bytes) => {
      after = answering(bytes, step && answerStep(step.program, step.address, folder), ofDomain !== null);
      return after;
    });
    return told(ctx, after, vacationIn(text));
  },
});

/** What runs the program for this account. `BAD_CONFIG` says what is missing. */
async function stepOf(ctx: Context, ref: AccountRef) {
  const { answerProgram = null } = ctx.xmail.server.program ?? {};
  const account = await accountFound(ctx, ref);
  if (account.kind === "list") {
    failField("on", "list-answers", "on: XMail answers nobody for a mailing list.");
  }
  return {
    program:
      answerProgram ??
      fail(
        "BAD_CONFIG",
        "The configuration names no program that answers mail: give xmail.answerProgram, as docs/guide/vacation.md tells.",
      ),
    address: addressOf(account),
  };
}

function refuse(ctx: Context, { text, from, until }: VacationText, on: boolean): void {
  refuseDays(from, until, on ? ctx.now() : null);
  if (on && text.trim() === "") failField("text", "required", "text: there is nothing to answer.");
}

function isNothing({ subject, text, from, until, days }: VacationText): boolean {
  return subject === "" && text === "" && from === null && until === null && days === NO_VACATION.days;
}

function ended(text: string): string {
  return text === "" ? "" : `${text}\n`;
}

function told(
  ctx: Context,
  steps: Uint8Array | null,
  { text, ...how }: VacationText,
): Static<typeof Vacation> {
  return {
    on: isAnswering(steps),
    ...how,
    text: text.trimEnd(),
    available: Boolean(ctx.xmail.server.program?.answerProgram),
  };
}
