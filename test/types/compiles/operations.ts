import { defineOperation } from "../../../src/kernel/operation.ts";
import { type Static, Type } from "../../../src/kernel/schema.ts";
import { domainTarget } from "../../../src/kernel/target.ts";

export const Domain = Type.Object({ domain: Type.String() }, { additionalProperties: false });
const Rows = Type.Object({ items: Type.Array(Domain) }, { additionalProperties: false });

/** The right parts; `fails/operations.ts` puts the same together with one fault each. */
export const parts = {
  name: "domain.one",
  summary: "One",
  effect: "write",
  input: Domain,
  output: Domain,
  errors: ["DOMAIN_EXISTS"],
  http: "POST /domains",
} as const;
export const listParts = { ...parts, effect: "read", output: Rows } as const;
export const target = ({ domain }: Static<typeof Domain>) => domainTarget(domain);
export const handler = async (_: unknown, input: Static<typeof Domain>) => input;
export const listHandler = async () => ({ items: [{ domain: "example.com" }] });

export const one = defineOperation({ ...parts, target, handler });
export const many = defineOperation({ ...listParts, each: target, handler: listHandler });
export const inProcess = defineOperation({ ...parts, http: null, target, handler });
export const withContext = defineOperation({
  ...parts,
  target,
  handler: async (ctx, input) => ({ domain: ctx.now().toISOString() + input.domain }),
});
