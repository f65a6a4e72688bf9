import { randomBytes } from "node:crypto";
import { hashPassword, isPassword, LONGEST_PASSWORD_BYTES } from "../crypto/password-hash.ts";
import { fail, failField } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import type { Principal } from "../http/types.ts";
import { MASTER_GRANT } from "../kernel/actor.ts";
import { type Static, Type } from "../kernel/schema.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { type JsonFile, jsonFile } from "./json-file.ts";

const closed = { additionalProperties: false };
const Administrator = Type.Object(
  {
    id: Type.String({ pattern: "^adm_[0-9a-f]{16}$" }),
    name: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ pattern: "^scrypt\\$" }),
    createdAt: Type.String(),
    /** How often the password was changed; absent for never. */
    passwordChanges: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
const Administrators = Type.Object(
  { version: Type.Literal(1), administrators: Type.Array(Administrator) },
  closed,
);
type Administrator = Static<typeof Administrator>;
export type AdministratorsFile = JsonFile<Static<typeof Administrators>>;

/** Without the password's hash. */
export interface AdministratorRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

const SHORTEST_PASSWORD = 12;

export function administratorsFile(storage: Storage): AdministratorsFile {
  const empty = { version: 1 as const, administrators: [] };
  return jsonFile(storage, storagePath("administrators.json"), Administrators, empty);
}

/** `INVALID_INPUT` names the field; `CONFLICT` when the name is taken, whatever its case. */
export async function addAdministrator(
  file: AdministratorsFile,
  { name, password }: { readonly name: string; readonly password: Secret },
  now: Date,
): Promise<AdministratorRow> {
  requireName(name);
  requirePassword(password, name);
  const hash = await hashPassword(password);
  const added = {
    id: `adm_${randomBytes(8).toString("hex")}`,
    name,
    password: hash,
    createdAt: now.toISOString(),
  };
  return file.update(({ administrators, ...rest }) => {
    if (named(administrators, name)) fail("CONFLICT", `There is an administrator ${name} already.`);
    return { content: { ...rest, administrators: [...administrators, added] }, result: rowOf(added) };
  });
}

/** Ends his sessions; his API keys stay. `NOT_FOUND`; `INVALID_INPUT` names the field. */
export async function setAdministratorPassword(
  file: AdministratorsFile,
  name: string,
  password: Secret,
): Promise<void> {
  requirePassword(password, name);
  const hash = await hashPassword(password);
  await file.update(({ administrators, ...rest }) => {
    const found = named(administrators, name) ?? fail("NOT_FOUND", `There is no administrator ${name}.`);
    const changed = { ...found, password: hash, passwordChanges: (found.passwordChanges ?? 0) + 1 };
    return {
      content: { ...rest, administrators: administrators.map((one) => (one === found ? changed : one)) },
      result: undefined,
    };
  });
}

/** Resolves his id. `NOT_FOUND`; `CONFLICT` for the last one, without whom nobody could sign in. */
export async function removeAdministrator(file: AdministratorsFile, name: string): Promise<string> {
  return file.update(({ administrators, ...rest }) => {
    const gone = named(administrators, name) ?? fail("NOT_FOUND", `There is no administrator ${name}.`);
    if (administrators.length === 1) fail("CONFLICT", `${gone.name} is the last administrator and stays.`);
    return {
      content: { ...rest, administrators: administrators.filter((one) => one !== gone) },
      result: gone.id,
    };
  });
}

export async function listAdministrators(file: AdministratorsFile): Promise<readonly AdministratorRow[]> {
  return (await file.read()).administrators.map(rowOf);
}

/** Takes the same time whether the name is known or not. */
export async function signInAdministrator(
  file: AdministratorsFile,
  name: string,
  password: Secret,
): Promise<Principal | null> {
  const found = named((await file.read()).administrators, name);
  const right = await isPassword(password, found?.password ?? null);
  return found && right ? principalOf(found) : null;
}

/** By the id a session carries. */
export async function administratorOfSession(
  file: AdministratorsFile,
  id: string,
): Promise<Principal | null> {
  const found = (await file.read()).administrators.find((one) => sessionIdOf(one) === id);
  return found ? principalOf(found) : null;
}

export async function administratorById(file: AdministratorsFile, id: string): Promise<Principal | null> {
  const found = (await file.read()).administrators.find((one) => one.id === id);
  return found ? principalOf(found) : null;
}

export async function isAdministrator(file: AdministratorsFile, name: string): Promise<boolean> {
  return named((await file.read()).administrators, name) !== undefined;
}

/** `NOT_FOUND`. */
export async function administratorNamed(file: AdministratorsFile, name: string): Promise<AdministratorRow> {
  const found = named((await file.read()).administrators, name);
  return found ? rowOf(found) : fail("NOT_FOUND", `There is no administrator ${name}.`);
}

/** The actor's id stays for ever and stands in the audit log; the principal's is what sessions carry. */
function principalOf(administrator: Administrator): Principal {
  const { id, name } = administrator;
  return { id: sessionIdOf(administrator), name, actor: { id, name, grants: [MASTER_GRANT] } };
}

/** Another one after each change of password, so that older sessions find nobody. */
function sessionIdOf({ id, passwordChanges }: Administrator): string {
  return passwordChanges === undefined ? id : `${id}.${passwordChanges}`;
}

function rowOf({ id, name, createdAt }: Administrator): AdministratorRow {
  return { id, name, createdAt };
}

/** Names are ASCII, so lower case is the same everywhere. */
function named(administrators: readonly Administrator[], name: string): Administrator | undefined {
  return administrators.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function requireName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name)) return;
  failField("name", "pattern", "name: letters, digits, dot, hyphen, underscore and @; 64 at most");
}

function requirePassword(password: Secret, name: string): void {
  const text = password.reveal();
  if ([...text].length < SHORTEST_PASSWORD) {
    const message = `password must have ${SHORTEST_PASSWORD} characters at least.`;
    failField("password", "minLength", message, SHORTEST_PASSWORD);
  }
  if (Buffer.byteLength(text.normalize("NFC")) > LONGEST_PASSWORD_BYTES) {
    failField("password", "maxLength", "password is too long.", LONGEST_PASSWORD_BYTES);
  }
  if (text.toLowerCase().includes(name.toLowerCase()) && name.length > 3) {
    failField("password", "guessable", "password must not hold the name.");
  }
}
