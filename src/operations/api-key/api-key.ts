import { fail } from "../../errors/error.ts";
import type { ApiKey } from "../../kernel/api-key.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import type { Person } from "../../kernel/people.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { addressOf } from "../../xmail/names.ts";
import { fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { WhichPerson } from "../people/fields.ts";
import { peopleOf, personFound } from "../people/found.ts";
import { dayOf, networksIn } from "../people/person-in.ts";
import { searchFor } from "../search.ts";
import { ApiKeyRow, KeyName, scopeFields } from "./fields.ts";
import { allowIn, lastDayIn, powersOf, targetsIn } from "./scope.ts";

export const apiKeyList = defineOperation({
  name: "apiKey.list",
  summary: "List the API keys: one's own, and of the people below",
  effect: "read",
  input: fields({
    person: Type.Optional(WhichPerson),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(ApiKeyRow),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /api-keys",
  target: () => PEOPLE,
  async handler(ctx, { person, search, cursor, limit }) {
    const people = peopleOf(ctx);
    const owner = person === undefined ? null : await personFound(ctx, person);
    const all = new Map((await people.list()).map((one) => [one.id, one]));
    const wanted = searchFor(search);
    const rows = (await people.keys.list())
      .filter((key) => owner === null || key.person === owner.id)
      .map((key) => rowOf(ctx, key, all.get(key.person)))
      .filter((row) => [row.name, row.owner.name].some(wanted));
    const keyOf = (row: Row) => `${row.owner.name.toLowerCase()}\n${row.name.toLowerCase()}\n${row.id}`;
    rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    return cutPage(rows, keyOf, { cursor, limit });
  },
});

export const apiKeyAdd = defineOperation({
  name: "apiKey.add",
  summary: "Make an API key, shown once; for oneself, if no person is named",
  effect: "write",
  input: fields({ name: KeyName, person: Type.Optional(WhichPerson), ...scopeFields }),
  output: fields({
    id: Type.String(),
    name: Type.String(),
    owner: Type.String({ description: "Name of whoever it speaks for" }),
    key: Type.String({
      description: "Shown this once: send it as Authorization: Bearer …",
      "x-shown-once": true,
    }),
  }),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "POST /api-keys",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { name, person, allow, networks = [], validUntil = "", dryRunOnly = false, ...on }) {
    const owner = await personFound(ctx, person ?? ctx.actor.id);
    const powers = await powersOf(ctx, owner);
    const { operations = [] } = ctx;
    const { key, secret } = await peopleOf(ctx).keys.add({
      name: name.trim(),
      person: owner.id,
      allow: allowIn(operations, powers, allow),
      on: targetsIn(operations, powers, on),
      networks: networksIn(networks),
      validUntil: lastDayIn(validUntil, dayOf(ctx.now())),
      dryRunOnly,
    });
    return { id: key.id, name: key.name, owner: owner.name, key: secret.reveal() };
  },
});

export const apiKeyRemove = defineOperation({
  name: "apiKey.remove",
  summary: "End an API key",
  effect: "destroy",
  input: fields({
    id: Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: "^[0-9a-f]+$",
      description: "The key's id, as the list shows it",
      "x-rule": "key-id",
    }),
  }),
  output: fields({ id: Type.String(), name: Type.String() }),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "DELETE /api-keys/{id}",
  target: () => PEOPLE,
  ofOurs: true,
  async handler(ctx, { id }) {
    const { keys } = peopleOf(ctx);
    const found = (await keys.list()).find((key) => key.id === id);
    if (!found) return fail("NOT_FOUND", "There is no such API key.");
    await keys.remove(id);
    return { id, name: found.name };
  },
});

type Row = Static<typeof ApiKeyRow>;

function rowOf({ now }: Context, key: ApiKey, owner: Person | undefined): Row {
  const on = key.on ?? [];
  return {
    id: key.id,
    name: key.name,
    owner: { id: key.person, name: owner?.name ?? "" },
    allow: key.allow && [...key.allow],
    domains: on.flatMap((one) => (one.kind === "domain" ? [one.domain] : [])),
    accounts: on.flatMap((one) => (one.kind === "account" ? [addressOf(one)] : [])),
    everywhere: key.on === null,
    networks: [...key.networks],
    validUntil: key.validUntil,
    over: key.validUntil !== "" && key.validUntil < dayOf(now()),
    dryRunOnly: key.dryRunOnly,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt === "" ? null : key.lastUsedAt,
    lastUsedFrom: key.lastUsedFrom,
  };
}
