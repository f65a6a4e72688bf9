import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Nothing } from "../fields.ts";
import { PART_SECONDS, partSeconds } from "./act.ts";
import { JobId, JobRow, jobRow, spoolOf } from "./fields.ts";

export const spoolJobList = defineOperation({
  name: "spoolJob.list",
  summary: "What was done to many messages of the queue, the newest first",
  effect: "read",
  input: Nothing,
  output: fields({ items: Type.Array(JobRow) }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /spool/jobs",
  target: () => SERVER,
  handler: async (ctx) => ({ items: (await spoolOf(ctx).jobs(ctx)).map(jobRow) }),
});

export const spoolJobGet = defineOperation({
  name: "spoolJob.get",
  summary: "How far a job on the queue is",
  effect: "read",
  input: fields({ job: JobId }),
  output: JobRow,
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /spool/jobs/{job}",
  target: () => SERVER,
  async handler(ctx, { job }) {
    const found = (await spoolOf(ctx).jobs(ctx)).find(({ id }) => id === job);
    return jobRow(found ?? fail("NOT_FOUND", "There is no such job."));
  },
});

const errors = [
  "NOT_FOUND",
  "NOT_UNDOABLE",
  "STORAGE_UNSUPPORTED",
  "STORAGE_LOCKED",
  "XMAIL_STOPPED",
] as const;

export const spoolJobWork = defineOperation({
  name: "spoolJob.work",
  summary: "Go on with a job on the queue, also after the program that began it was killed",
  effect: "write",
  input: fields({ job: JobId, seconds: partSeconds }),
  output: JobRow,
  errors,
  http: "POST /spool/jobs/{job}/work",
  target: () => SERVER,
  movesMail: true,
  handler: async (ctx, { job, seconds = PART_SECONDS }) =>
    jobRow(await spoolOf(ctx).work(job, seconds * 1000, ctx.now(), ctx)),
});

export const spoolJobUndo = defineOperation({
  name: "spoolJob.undo",
  summary: "Put back what a job removed from the queue; with a running XMail it is delivered anew",
  effect: "write",
  input: fields({ job: JobId, seconds: partSeconds }),
  output: JobRow,
  errors,
  http: "POST /spool/jobs/{job}/undo",
  target: () => SERVER,
  movesMail: true,
  async handler(ctx, { job, seconds = PART_SECONDS }) {
    const spool = spoolOf(ctx);
    const undo = await spool.undo(job, ctx.actor.name, ctx.now(), ctx);
    if (undo.id === "" || seconds === 0) return jobRow(undo);
    return jobRow(await spool.work(undo.id, seconds * 1000, ctx.now(), ctx));
  },
});
