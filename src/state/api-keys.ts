import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { fail, failField } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import type { ApiKey, ApiKeys } from "../kernel/api-key.ts";
import { type Static, Type } from "../kernel/schema.ts";
import type { Storage } from "../storage/storage.ts";
import { jsonFile } from "./json-file.ts";
import { SECRET_FILES } from "./secret-files.ts";

const closed = { additionalProperties: false };
const On = Type.Object(
  {
    kind: Type.Union([
      Type.Literal("server"),
      Type.Literal("people"),
      Type.Literal("domain"),
      Type.Literal("account"),
    ]),
    domain: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  },
  closed,
);
const Key = Type.Object(
  {
    id: Type.String({ pattern: "^[0-9a-f]{12}$" }),
    name: Type.String({ minLength: 1, maxLength: 64 }),
    principal: Type.String({ minLength: 1 }),
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    createdAt: Type.String(),
    allow: Type.Optional(Type.Array(Type.String())),
    on: Type.Optional(Type.Array(On)),
    networks: Type.Optional(Type.Array(Type.String())),
    validUntil: Type.Optional(Type.String()),
    dryRunOnly: Type.Optional(Type.Boolean()),
    lastUsedAt: Type.Optional(Type.String()),
    lastUsedFrom: Type.Optional(Type.String()),
  },
  closed,
);
const Keys = Type.Object({ version: Type.Literal(1), keys: Type.Array(Key) }, closed);
type KeptKey = Static<typeof Key>;

const SECRET_BYTES = 32;
const SHAPE = /^xmc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const NOTE_EVERY_MS = 60_000;

/** `api-keys.json`. `forget` takes the keys of people who are gone. */
export function apiKeysIn(
  storage: Storage,
  { now }: { now(): Date },
): ApiKeys & { forget(people: readonly string[]): Promise<void> } {
  const file = jsonFile(storage, SECRET_FILES.apiKeys, Keys, { version: 1 as const, keys: [] });
  const without = (gone: (key: KeptKey) => boolean) =>
    file.update(({ keys, ...rest }) => ({
      content: { ...rest, keys: keys.filter((key) => !gone(key)) },
      result: keys.some(gone),
    }));

  return {
    list: async () => (await file.read()).keys.map(shown),
    async add({ name, person, allow, on, networks, validUntil, dryRunOnly }) {
      if (!/^[^\0-\x1f\x7f]{1,64}$/.test(name)) {
        failField("name", "one-line", "name: 1 to 64 characters on one line");
      }
      const id = randomBytes(6).toString("hex");
      const secret = randomBytes(SECRET_BYTES).toString("base64url");
      const added: KeptKey = {
        id,
        name,
        principal: person,
        // A fast digest is enough: 256 random bits cannot be guessed, unlike a password.
        sha256: digestOf(secret).toString("hex"),
        createdAt: now().toISOString(),
        ...(allow === null ? {} : { allow: [...allow] }),
        ...(on === null ? {} : { on: on.map((target) => ({ ...target })) }),
        networks: [...networks],
        validUntil,
        dryRunOnly,
      };
      return file.update(({ keys, ...rest }) => ({
        content: { ...rest, keys: [...keys, added] },
        result: { key: shown(added), secret: new Secret(`xmc_${id}_${secret}`) },
      }));
    },
    async remove(id) {
      if (!(await without((key) => key.id === id))) fail("NOT_FOUND", `There is no API key ${id}.`);
    },
    async bySecret(given) {
      const [, id = "", secret = ""] = SHAPE.exec(given.reveal()) ?? [];
      const found = (await file.read()).keys.find((one) => one.id === id);
      const kept = Buffer.from(found?.sha256 ?? "0".repeat(64), "hex");
      return timingSafeEqual(digestOf(secret), kept) && found ? shown(found) : null;
    },
    async noteUse(id, at, from) {
      const found = (await file.read()).keys.find((key) => key.id === id);
      const last = Date.parse(found?.lastUsedAt ?? "") || 0;
      if (!found || (at.getTime() - last < NOTE_EVERY_MS && found.lastUsedFrom === from)) return;
      const used = { lastUsedAt: at.toISOString(), lastUsedFrom: from };
      await file.update(({ keys, ...rest }) => ({
        content: { ...rest, keys: keys.map((key) => (key.id === id ? { ...key, ...used } : key)) },
        result: undefined,
      }));
    },
    async forget(people) {
      await without(({ principal }) => people.includes(principal));
    },
  };
}

function shown({ sha256: _, principal, ...key }: KeptKey): ApiKey {
  return {
    id: key.id,
    name: key.name,
    person: principal,
    allow: key.allow ?? null,
    on: (key.on ?? null) as ApiKey["on"],
    networks: key.networks ?? [],
    validUntil: key.validUntil ?? "",
    dryRunOnly: key.dryRunOnly ?? false,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt ?? "",
    lastUsedFrom: key.lastUsedFrom ?? "",
  };
}

function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
