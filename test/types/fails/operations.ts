import { defineOperation } from "../../../src/kernel/operation.ts";
import { handler, listHandler, listParts, parts, target } from "../compiles/operations.ts";

export const reachForgotten = defineOperation({ ...parts, handler }); // refused
export const both = defineOperation({ ...listParts, target, each: target, handler: listHandler }); // refused
const writing = { ...listParts, effect: "write" } as const;
export const eachOnWrite = defineOperation({ ...writing, each: target, handler: listHandler }); // refused
export const wrongOutput = defineOperation({
  ...parts,
  target,
  handler: async () => ({ domain: 7 }), // refused
});
export const wrongInput = defineOperation({
  ...parts,
  target,
  handler: async (_ctx, input) => ({ domain: input.nmae }), // refused
});
export const rawStorage = defineOperation({
  ...parts,
  target,
  handler: async (ctx) => ({ domain: String(ctx.storage) }), // refused
});
export const unknownCode = defineOperation({
  ...parts,
  errors: ["NO_SUCH_CODE"], // refused
  target,
  handler,
});
export const unknownMethod = defineOperation({
  ...parts,
  http: "PATCH /domains", // refused
  target,
  handler,
});
export const nameWithoutVerb = defineOperation({
  ...parts,
  name: "domain", // refused
  target,
  handler,
});
