import { defineOperation } from "../../kernel/operation.ts";
import { ROLES } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Nothing, oneOf } from "../fields.ts";
import { peopleOf } from "../people/found.ts";

const SignInPolicy = fields({
  secondFactorFor: Type.Array(oneOf([...ROLES, "owner"]), {
    maxItems: ROLES.length + 1,
    description: "Who must have a second factor; owner: owners of accounts",
  }),
});

export const policyGet = defineOperation({
  name: "policy.get",
  summary: "Show who must have a second factor",
  effect: "read",
  input: Nothing,
  output: SignInPolicy,
  errors: ["BAD_CONFIG"],
  http: "GET /sign-in-policy",
  target: () => SERVER,
  async handler(ctx) {
    const { secondFactorFor } = await peopleOf(ctx).policy();
    return { secondFactorFor: [...secondFactorFor] };
  },
});

export const policySet = defineOperation({
  name: "policy.set",
  summary: "Say who must have a second factor",
  effect: "write",
  input: SignInPolicy,
  output: SignInPolicy,
  errors: ["BAD_CONFIG"],
  http: "PUT /sign-in-policy",
  target: () => SERVER,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { secondFactorFor }) {
    const wanted = { secondFactorFor: [...new Set(secondFactorFor)] };
    await peopleOf(ctx).setPolicy(wanted);
    return wanted;
  },
});
