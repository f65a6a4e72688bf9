import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER, type Target } from "../../kernel/target.ts";
import { readStartLine } from "../../settings/start-switches.ts";
import {
  SPOOL_ACTIONS,
  SPOOL_STATES,
  type SpooledMessage,
  type SpoolJob,
  type SpoolStore,
} from "../../xmail/spool.ts";
import { REASON_KINDS, reasonKindOf } from "../../xmail/spool-alike.ts";
import { nextStepOf, type RetrySettings, STANDARD_RETRY } from "../../xmail/spool-next.ts";
import { Bytes, Count, ExistingDomain, fields, Moment, oneOf, orNull } from "../fields.ts";

const SpoolFilterText = Type.String({
  maxLength: 1000,
  description:
    "Words like from:a@example.com to: auth: ip: subject: status: reason: age:>2h size:<100k domain: id:; = exact, ^ begins, ~ alike, - not; absent: all",
});

export const MessageId = Type.String({
  pattern: "^\\d{1,4}_\\d{1,4}_[A-Za-z0-9][A-Za-z0-9._\\-]{0,199}$",
  description: "A message as the queue names it",
  "x-rule": "spool-message",
});

export const MessageIds = Type.Array(MessageId, { maxItems: 500, description: "Only these" });

export const JobId = Type.String({
  pattern: "^\\d{8}T\\d{9}Z-[0-9a-f]{8}$",
  description: "A job on the queue, as its list names it",
  "x-rule": "spool-job",
});

export const whoseFields = {
  domain: Type.Optional(ExistingDomain),
};

export const filterFields = { filter: Type.Optional(SpoolFilterText), ...whoseFields };

/** Who has no more than a domain asks for messages from and to it. */
export function targetOfDomain({ domain }: { readonly domain?: string }): Target {
  return domain === undefined ? SERVER : domainTarget(domain);
}

export const SpoolRow = fields({
  message: Type.String(),
  status: oneOf(SPOOL_STATES, { description: "ready, retry (waits), frozen (given up), held (by us)" }),
  from: Type.String({ description: "Sender of the envelope; empty: the null sender" }),
  to: Type.String(),
  auth: Type.String({ description: "Who had signed in to send it; empty: nobody" }),
  ip: Type.String(),
  subject: Type.String(),
  number: Type.String({ description: "XMail's own id, as in its logs" }),
  size: Bytes,
  since: Moment,
  tries: Count,
  lastTry: orNull(Moment),
  reason: Type.String({ description: "What the other server said at the last try" }),
  kind: oneOf(REASON_KINDS, { description: "What that means" }),
  next: oneOf(["delivers", "retries", "lastTry", "nothing"], { description: "What XMail will do with it" }),
  nextAt: orNull(Moment),
  triesLeft: Count,
});
export type SpoolRow = Static<typeof SpoolRow>;

export function rowOf(message: SpooledMessage, settings: RetrySettings): SpoolRow {
  const { id, state, from, to, auth, ip, subject, number, size, since, tries, lastTry, reason } = message;
  const { what, at, left } = nextStepOf(message, settings);
  return {
    message: id,
    status: state,
    ...{ from, to, auth, ip, subject, number, size, tries, reason },
    since: momentOf(since) ?? "",
    lastTry: momentOf(lastTry),
    kind: reasonKindOf(reason),
    next: what,
    nextAt: momentOf(at),
    triesLeft: left,
  };
}

export function momentOf(ms: number | null): string | null {
  return ms === null || ms <= 0 || ms > 8.64e15 ? null : new Date(ms).toISOString();
}

/** From the line that XMail is started with, where the configuration tells it; its own standards otherwise. */
export async function retrySettings(
  { xmail }: Pick<Context, "xmail">,
  domain: string | undefined,
): Promise<RetrySettings> {
  // How the server is started is nothing for who has a domain only.
  if (domain !== undefined) return STANDARD_RETRY;
  const line = await xmail.server.program?.startLine().catch(() => null);
  if (!line) return STANDARD_RETRY;
  const { given } = readStartLine(line);
  const number = (flag: string, standard: number) => {
    const value = Number(given.get(flag)?.at(-1));
    return Number.isInteger(value) && value > 0 ? value : standard;
  };
  return {
    firstSeconds: number("-Qt", STANDARD_RETRY.firstSeconds),
    growth: number("-Qi", STANDARD_RETRY.growth),
    mostTries: number("-Qr", STANDARD_RETRY.mostTries),
  };
}

export function spoolOf({ xmail }: Pick<Context, "xmail">): SpoolStore {
  return (
    xmail.spool ?? fail("STORAGE_UNSUPPORTED", "The queue can be seen only where the MailRoot is at hand.")
  );
}

/** Whose frozen messages alone are seen, is no stolen account yet. */
export function wholeSpoolOf(ctx: Pick<Context, "xmail">): SpoolStore {
  const spool = spoolOf(ctx);
  if (spool.sees !== "all")
    fail("STORAGE_UNSUPPORTED", "A rescue needs the whole queue: give xmail.mailRoot in the configuration.");
  return spool;
}

export const sees = oneOf(["all", "frozen"], {
  description: "frozen: over the control port alone, which shows nothing of the queue that moves",
});

/** A whole mail. */
export const Eml = fields({
  eml: Type.String({ description: "The whole message; bytes that are no UTF-8 as Latin-1" }),
  bytes: Bytes,
});

export function emlOf(bytes: Uint8Array): Static<typeof Eml> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("utf8");
  return { eml: text.includes("\ufffd") ? buffer.toString("latin1") : text, bytes: bytes.byteLength };
}

export const JobRow = fields({
  job: Type.String({ description: "Empty in a dry run" }),
  action: oneOf(SPOOL_ACTIONS),
  filter: Type.String(),
  domain: Type.String(),
  begun: Moment,
  by: Type.String(),
  finished: Type.Boolean({ description: "false: spoolJob.work goes on with it" }),
  done: Count,
  bytes: Bytes,
  gone: Type.Integer({ minimum: 0, description: "Messages that had moved on meanwhile" }),
  looked: Type.Integer({ minimum: 0, description: "Folders gone through" }),
  of: Type.Integer({ minimum: 0, description: "Folders there are" }),
  undoable: Type.Boolean({ description: "Whether spoolJob.undo puts its messages back" }),
  forGood: Type.Boolean({
    description:
      "Removed by the control port alone: nothing could ever put them back; removedMessage.raw gives each",
  }),
  undoes: Type.String({ description: "The job whose messages it puts back; empty otherwise" }),
});
export type JobRow = Static<typeof JobRow>;

export function jobRow({ id, forGood = false, ...job }: SpoolJob): JobRow {
  return { job: id, forGood, ...job };
}
