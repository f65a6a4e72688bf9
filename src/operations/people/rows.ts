import type { Context } from "../../kernel/context.ts";
import { type Delegation, type Person, RIGHTS } from "../../kernel/people.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { addressOf } from "../../xmail/names.ts";
import { Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import { PersonNamed, RoleChoice } from "./fields.ts";
import { dayOf } from "./person-in.ts";

const Most = orNull(Count);
const Right = oneOf(RIGHTS);

const State = oneOf(["active", "suspended", "notYet", "over"], {
  description: "Whether the person may sign in; notYet and over: the day has not come, or has gone",
});

const LimitRows = {
  mostDomains: Most,
  mostAccounts: Most,
  mostLists: Most,
  mostListMembers: Most,
  mostAliases: Most,
  mostMailboxKilobytes: Most,
};

/** One person in a list. */
export const PersonRow = fields({
  id: Type.String(),
  role: RoleChoice,
  name: Type.String({ description: "What the person signs in with" }),
  signInAlias: Type.String(),
  fullName: Type.String(),
  email: Type.String(),
  state: State,
  parent: orNull(PersonNamed),
  domains: Type.Array(Type.String()),
  lists: Type.Array(Type.String({ description: "Address of a list" })),
  validFrom: Type.String(),
  validUntil: Type.String(),
  createdAt: Moment,
  lastSignInAt: orNull(Moment),
});

/** One delegation in a list. */
export const DelegationRow = fields({
  ...PersonRow.properties,
  rights: Type.Array(Right),
  ...LimitRows,
});

const DelegationDetails = fields({
  domains: Type.Array(Type.String()),
  rights: Type.Array(Right),
  ...LimitRows,
  postmaster: Type.String(),
  masterEmail: Type.String(),
  masterPhone: Type.String(),
  popServer: Type.String(),
  smtpServer: Type.String(),
  doorSlug: Type.String(),
  doorHost: Type.String(),
  doorTitle: Type.String(),
  doorText: Type.String(),
  doorLogo: Type.String(),
  doorColour: Type.String(),
});

export const PersonDetails = fields({
  ...PersonRow.properties,
  networks: Type.Array(Type.String()),
  sessionSeconds: Type.Integer(),
  language: Type.Union([Type.Literal(""), Type.Literal("en"), Type.Literal("ja")]),
  phone: Type.String(),
  postalAddress: Type.String(),
  memo: Type.String(),
  delegation: orNull(DelegationDetails),
  mostMembers: Most,
  factors: fields({ totp: Type.Boolean(), recoveryCodesLeft: Count, passkeys: Count }),
  apiKeys: Count,
  handedOnTo: Type.Integer({ minimum: 0, description: "People below" }),
  mail: oneOf(["here", "elsewhere", "nowhere"], {
    description:
      "How a mail reaches the person: sent from here, only by somebody's own mail program, not at all",
  }),
});

/** `all` are the people whom the asker may see: of others nothing is told. */
export function personRow(
  { now }: Pick<Context, "now">,
  person: Person,
  all: readonly Person[],
): Static<typeof PersonRow> {
  const parent = all.find(({ id }) => id === person.parent);
  return {
    id: person.id,
    role: person.role,
    name: person.name,
    signInAlias: person.alias,
    fullName: person.fullName,
    email: person.email,
    state: stateOf(person, dayOf(now())),
    parent: parent ? { id: parent.id, name: parent.name } : null,
    domains: [...(person.delegation?.domains ?? [])],
    lists: person.lists.map(addressOf),
    validFrom: person.validFrom,
    validUntil: person.validUntil,
    createdAt: person.createdAt,
    lastSignInAt: person.lastSignInAt === "" ? null : person.lastSignInAt,
  };
}

function stateOf({ disabled, validFrom, validUntil }: Person, today: string): Static<typeof State> {
  if (disabled) return "suspended";
  if (validFrom !== "" && today < validFrom) return "notYet";
  return validUntil !== "" && today > validUntil ? "over" : "active";
}

export function limitRows({ most }: Delegation) {
  return {
    mostDomains: most.domains ?? null,
    mostAccounts: most.accounts ?? null,
    mostLists: most.lists ?? null,
    mostListMembers: most.listMembers ?? null,
    mostAliases: most.aliases ?? null,
    mostMailboxKilobytes: most.mailboxKilobytes ?? null,
  };
}

export function delegationDetails(delegation: Delegation): Static<typeof DelegationDetails> {
  const { domains, rights, support, door } = delegation;
  return {
    domains: [...domains],
    rights: [...rights],
    ...limitRows(delegation),
    ...support,
    doorSlug: door.slug,
    doorHost: door.host,
    doorTitle: door.title,
    doorText: door.text,
    doorLogo: door.logo,
    doorColour: door.colour,
  };
}
