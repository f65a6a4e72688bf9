import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { fail, failField } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import { type Static, Type } from "../kernel/schema.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { type JsonFile, jsonFile } from "./json-file.ts";

const closed = { additionalProperties: false };
const Key = Type.Object(
  {
    id: Type.String({ pattern: "^[0-9a-f]{12}$" }),
    name: Type.String({ minLength: 1, maxLength: 64 }),
    principal: Type.String({ minLength: 1 }),
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    createdAt: Type.String(),
  },
  closed,
);
const Keys = Type.Object({ version: Type.Literal(1), keys: Type.Array(Key) }, closed);
export type ApiKeysFile = JsonFile<Static<typeof Keys>>;

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** Id of whoever the key speaks for. */
  readonly principal: string;
  readonly createdAt: string;
}

const SECRET_BYTES = 32;
const SHAPE = /^xmc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export function apiKeysFile(storage: Storage): ApiKeysFile {
  return jsonFile(storage, storagePath("api-keys.json"), Keys, { version: 1 as const, keys: [] });
}

/** The key itself, `xmc_<id>_<secret>`: nobody can see it again, only its SHA-256 is kept. */
export async function addApiKey(
  file: ApiKeysFile,
  { principal, name }: { readonly principal: string; readonly name: string },
  now: Date,
): Promise<Secret> {
  if (!/^[^\0-\x1f\x7f]{1,64}$/.test(name))
    failField("name", "pattern", "name: 1 to 64 characters on one line");
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  // A fast digest is enough: 256 random bits cannot be guessed, unlike a password.
  const sha256 = digestOf(secret).toString("hex");
  return file.update(({ keys, ...rest }) => ({
    content: { ...rest, keys: [...keys, { id, name, principal, sha256, createdAt: now.toISOString() }] },
    result: new Secret(`xmc_${id}_${secret}`),
  }));
}

/** `NOT_FOUND`. */
export async function removeApiKey(file: ApiKeysFile, id: string): Promise<void> {
  await file.update(({ keys, ...rest }) => {
    if (!keys.some((key) => key.id === id)) fail("NOT_FOUND", `There is no API key ${id}.`);
    return { content: { ...rest, keys: keys.filter((key) => key.id !== id) }, result: undefined };
  });
}

export async function removeApiKeysOf(file: ApiKeysFile, principal: string): Promise<void> {
  await file.update(({ keys, ...rest }) => ({
    content: { ...rest, keys: keys.filter((key) => key.principal !== principal) },
    result: undefined,
  }));
}

export async function listApiKeys(file: ApiKeysFile): Promise<readonly ApiKeyRow[]> {
  return (await file.read()).keys.map(({ sha256: _, ...row }) => row);
}

/** Id of the principal a key speaks for, or `null`. */
export async function principalOfKey(file: ApiKeysFile, key: Secret): Promise<string | null> {
  const [, id = "", secret = ""] = SHAPE.exec(key.reveal()) ?? [];
  const found = (await file.read()).keys.find((one) => one.id === id);
  const kept = Buffer.from(found?.sha256 ?? "0".repeat(64), "hex");
  return timingSafeEqual(digestOf(secret), kept) && found ? found.principal : null;
}

function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
