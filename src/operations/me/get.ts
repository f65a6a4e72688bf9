import { defineOperation } from "../../kernel/operation.ts";
import type { Role } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields, Moment, Nothing } from "../fields.ts";
import { oneself } from "./oneself.ts";

const Passkey = fields({
  id: Type.String(),
  name: Type.String(),
  createdAt: Moment,
  lastUsedAt: Type.String({ description: "ISO 8601, UTC; empty for never" }),
});

const Me = fields({
  id: Type.String(),
  name: Type.String(),
  fullName: Type.String(),
  role: Type.Union([
    Type.Literal("master"),
    Type.Literal("auditor"),
    Type.Literal("guest"),
    Type.Literal("delegate"),
    Type.Literal("listAdministrator"),
    Type.Literal("owner"),
  ]),
  language: Type.Union([Type.Literal(""), Type.Literal("en"), Type.Literal("ja")]),
  lastSignInAt: Type.String({ description: "Empty for never, and for owners of accounts" }),
  validUntil: Type.String({ description: "The last day; empty for no end" }),
  networks: Type.Array(Type.String(), { description: "Where one may come from; anywhere if empty" }),
  authenticator: Type.Boolean({ description: "Whether codes of an authenticator app are asked for" }),
  recoveryLeft: Type.Integer({ description: "Recovery codes that were not used yet" }),
  passkeys: Type.Array(Passkey),
  demanded: Type.Boolean({ description: "Whether one must have a second factor" }),
});

export const meGet = defineOperation({
  name: "me.get",
  summary: "Show who one is, and how one signs in",
  effect: "read",
  input: Nothing,
  output: Me,
  errors: ["NOT_FOUND"],
  http: "GET /me",
  target: () => PEOPLE,
  async handler(ctx) {
    const { people, person } = await oneself(ctx);
    const { totp, recoveryLeft, passkeys } = await people.factors.of(ctx.actor.id);
    const { secondFactorFor } = await people.policy();
    const role: Role | "owner" = person?.role ?? "owner";
    return {
      id: ctx.actor.id,
      name: person?.name ?? ctx.actor.name,
      fullName: person?.fullName ?? "",
      role,
      language: person?.language ?? "",
      lastSignInAt: person?.lastSignInAt ?? "",
      validUntil: person?.validUntil ?? "",
      networks: [...(person?.networks ?? [])],
      authenticator: totp,
      recoveryLeft,
      passkeys: passkeys.map((passkey) => ({ ...passkey })),
      demanded: secondFactorFor.includes(role),
    };
  },
});
