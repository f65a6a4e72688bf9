import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { NOBODY_YET } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";
import {
  type Bounds,
  boundsBelow,
  daysWithin,
  limitWithin,
  parentFor,
  requireHeld,
} from "../delegation/bounds.ts";
import { Address, fields, orNull } from "../fields.ts";
import { LoginName, LoginPassword, PersonNamed, personFields, WhichPerson } from "../people/fields.ts";
import { noSuchPerson, otherFound, peopleOf } from "../people/found.ts";
import { PasswordOnce, passwordFor } from "../people/password.ts";
import { changedPerson } from "../people/person-in.ts";

const Lists = Type.Array(Address, {
  maxItems: 500,
  description: "Addresses of mailing lists of this server",
});
const MostMembers = orNull(
  Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    description: "Members of all the lists together, at most",
  }),
);

export const listAdministratorAdd = defineOperation({
  name: "listAdministrator.add",
  summary: "Let somebody keep the members of mailing lists",
  effect: "write",
  input: fields({
    name: LoginName,
    password: Type.Optional(LoginPassword),
    lists: Lists,
    mostMembers: Type.Optional(MostMembers),
    ...personFields,
  }),
  output: fields({ ...PersonNamed.properties, password: PasswordOnce }),
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "POST /list-administrators",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { name, password: given, lists: wished, mostMembers = null, ...rest }) {
    const people = peopleOf(ctx);
    const parent = parentFor(ctx);
    const bounds = await boundsBelow(ctx, parent);
    const nobody = {
      ...NOBODY_YET,
      role: "listAdministrator" as const,
      name,
      parent,
      lists: await listsIn(ctx, bounds, wished),
      mostMembers: limitWithin("mostMembers", mostMembers, bounds?.most.listMembers),
    };
    const person = daysWithin(changedPerson(nobody, rest), bounds);
    const { password, shown } = await passwordFor(people, given);
    const { id } = await people.add(person, password);
    return { id, name, password: shown };
  },
});

export const listAdministratorSet = defineOperation({
  name: "listAdministrator.set",
  summary: "Change whose members somebody keeps, and who it is; the rest stays",
  effect: "write",
  input: fields({
    person: WhichPerson,
    name: Type.Optional(LoginName),
    lists: Type.Optional(Lists),
    mostMembers: Type.Optional(MostMembers),
    ...personFields,
  }),
  output: PersonNamed,
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "PUT /list-administrators/{person}",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person, lists: wished, mostMembers, ...given }) {
    const found = await otherFound(ctx, person);
    if (found.role !== "listAdministrator") noSuchPerson();
    const bounds = await boundsBelow(ctx, found.parent);
    const lists = wished && (await listsIn(ctx, bounds, wished));
    const most =
      mostMembers === undefined
        ? undefined
        : limitWithin("mostMembers", mostMembers, bounds?.most.listMembers);
    const { id, name } = await peopleOf(ctx).change(found.id, (one) => {
      const next = changedPerson(one, given);
      const days = given.validFrom === undefined && given.validUntil === undefined;
      return {
        ...(days ? next : daysWithin(next, bounds)),
        lists: lists ?? one.lists,
        mostMembers: most === undefined ? one.mostMembers : most,
      };
    });
    return { id, name };
  },
});

/** Every one a mailing list; of a delegate's, every one in his domains. `INVALID_INPUT`. */
async function listsIn(
  ctx: Context,
  bounds: Bounds | null,
  wished: readonly string[],
): Promise<AccountRef[]> {
  const refs = [...new Set(wished.map(foldName))].map((address): AccountRef => {
    const at = address.lastIndexOf("@");
    return { name: address.slice(0, at), domain: address.slice(at + 1) };
  });
  if (bounds)
    requireHeld(
      "lists",
      refs.map(({ domain }) => domain),
      bounds.domains,
    );
  for (const ref of refs) {
    if ((await ctx.xmail.accounts.get(ref, ctx))?.kind === "list") continue;
    const address = addressOf(ref);
    failField("lists", "no-such-list", `lists: ${address} is no mailing list of this server.`, address);
  }
  return refs;
}
