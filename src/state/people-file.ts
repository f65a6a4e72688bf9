import { NOBODY_YET, type Person, RIGHTS, ROLES, type SignInPolicy } from "../kernel/people.ts";
import { type TSchema, Type } from "../kernel/schema.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { type JsonFile, jsonFile } from "./json-file.ts";
import { SECRET_FILES } from "./secret-files.ts";

const closed = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Union(values.map((value) => Type.Literal(value)) as unknown as [TSchema & { static: T[number] }]);
const Text = Type.String();
const Count = Type.Optional(Type.Integer({ minimum: 0 }));

const Limits = closed({
  domains: Count,
  accounts: Count,
  lists: Count,
  listMembers: Count,
  aliases: Count,
  mailboxKilobytes: Count,
});

const Delegation = closed({
  domains: Type.Array(Text),
  most: Limits,
  rights: Type.Array(oneOf(RIGHTS)),
  support: closed({
    postmaster: Text,
    masterEmail: Text,
    masterPhone: Text,
    popServer: Text,
    smtpServer: Text,
  }),
  door: closed({ slug: Text, host: Text, title: Text, text: Text, logo: Text, colour: Text }),
});

const KeptPerson = closed({
  id: Type.String({ pattern: "^[a-z]{3}_[0-9a-f]{16}$" }),
  role: oneOf(ROLES),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  alias: Text,
  password: Type.String({ pattern: "^scrypt\\$" }),
  disabled: Type.Boolean(),
  validFrom: Text,
  validUntil: Text,
  networks: Type.Array(Text),
  sessionSeconds: Type.Integer({ minimum: 60 }),
  language: Type.Union([Type.Literal(""), Type.Literal("en"), Type.Literal("ja")]),
  fullName: Text,
  email: Text,
  phone: Text,
  address: Text,
  memo: Text,
  parent: Text,
  delegation: Type.Union([Delegation, Type.Null()]),
  lists: Type.Array(closed({ domain: Text, name: Text })),
  mostMembers: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  createdAt: Text,
  lastSignInAt: Text,
  generation: Type.Integer({ minimum: 0 }),
});

const PeopleFile = closed({
  version: Type.Literal(1),
  people: Type.Array(KeptPerson),
  policy: closed({ secondFactorFor: Type.Array(oneOf([...ROLES, "owner"])) }),
});
/** With the hash of the password. */
export type KeptPerson = Person & { readonly password: string };
/** What stands in the file. */
export interface PeopleContent {
  readonly version: 1;
  readonly people: readonly KeptPerson[];
  readonly policy: SignInPolicy;
}

const PATH = SECRET_FILES.people;
const EMPTY = { version: 1 as const, people: [], policy: { secondFactorFor: [] } };

/** `people.json`; until it is written for the first time, the administrators of an older version are the people. */
export function peopleFile(storage: Storage): JsonFile<PeopleContent> {
  const file = jsonFile(storage, PATH, PeopleFile, EMPTY) as unknown as JsonFile<PeopleContent>;
  const older = async (content: PeopleContent) =>
    content.people.length === 0 ? { ...content, people: await olderAdministrators(storage) } : content;
  return {
    read: async () => older(await file.read()),
    async update(change) {
      // Read before the lock is held: nothing writes the older file any more.
      const before = await olderAdministrators(storage);
      return file.update((content) =>
        change(content.people.length === 0 ? { ...content, people: before } : content),
      );
    },
  };
}

const Older = closed({
  version: Type.Literal(1),
  administrators: Type.Array(
    closed({
      id: KeptPerson.properties.id,
      name: KeptPerson.properties.name,
      password: KeptPerson.properties.password,
      createdAt: Text,
      passwordChanges: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
  ),
});

async function olderAdministrators(storage: Storage): Promise<readonly KeptPerson[]> {
  const none = { version: 1 as const, administrators: [] };
  const { administrators } = await jsonFile(storage, storagePath("administrators.json"), Older, none).read();
  return administrators.map(({ passwordChanges = 0, ...kept }) => ({
    ...NOBODY_YET,
    ...kept,
    generation: passwordChanges,
  }));
}

/** A person with the defaults of all that is not said: a master, unless a role is given. */
export function newPerson(given: Partial<Person> & { readonly name: string }) {
  const {
    id: _,
    createdAt: __,
    lastSignInAt: ___,
    generation: ____,
    ...person
  } = {
    id: "",
    createdAt: "",
    generation: 0,
    ...NOBODY_YET,
    ...given,
  };
  return person;
}
