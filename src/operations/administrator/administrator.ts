import { Secret } from "../../errors/secret.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { NOBODY_YET } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, oneOf } from "../fields.ts";
import { LoginName, LoginPassword, PersonNamed, personFields, WhichPerson } from "../people/fields.ts";
import { noSuchPerson, peopleOf, personFound } from "../people/found.ts";
import { changedPerson } from "../people/person-in.ts";

const ADMINISTRATORS = ["master", "auditor", "guest"] as const;

const AdministratorRole = oneOf(ADMINISTRATORS, {
  description:
    "master: may do everything; auditor: sees everything but mail; guest: tries everything, and saves nothing",
});

export const administratorAdd = defineOperation({
  name: "administrator.add",
  summary: "Add somebody for the whole server: a master, an auditor or a guest",
  effect: "write",
  input: fields({
    name: LoginName,
    password: LoginPassword,
    role: Type.Optional(AdministratorRole),
    ...personFields,
  }),
  output: PersonNamed,
  errors: ["BAD_CONFIG", "CONFLICT"],
  http: "POST /administrators",
  target: () => SERVER,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { name, password, role = "master", ...given }) {
    const person = changedPerson({ ...NOBODY_YET, role, name }, given);
    const { id } = await peopleOf(ctx).add(person, new Secret(password));
    return { id, name };
  },
});

export const administratorSet = defineOperation({
  name: "administrator.set",
  summary: "Change who somebody for the whole server is, and what he or she may do",
  effect: "write",
  input: fields({
    person: WhichPerson,
    name: Type.Optional(LoginName),
    role: Type.Optional(AdministratorRole),
    ...personFields,
  }),
  output: PersonNamed,
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "PUT /administrators/{person}",
  target: () => SERVER,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person, role, ...given }) {
    const found = await personFound(ctx, person);
    if (!isAdministrator(found.role)) noSuchPerson();
    const { id, name } = await peopleOf(ctx).change(found.id, (one) =>
      changedPerson(role === undefined ? one : { ...one, role }, given),
    );
    return { id, name };
  },
});

function isAdministrator(role: string): boolean {
  return (ADMINISTRATORS as readonly string[]).includes(role);
}
