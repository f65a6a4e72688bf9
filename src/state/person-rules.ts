import { LONGEST_PASSWORD_BYTES } from "../crypto/password-hash.ts";
import { fail, failField } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import type { Person } from "../kernel/people.ts";

const SHORTEST_PASSWORD = 12;

/** `INVALID_INPUT` names the field. */
export function requireNames({ name, alias }: Pick<Person, "name" | "alias">): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name)) {
    failField("name", "sign-in-name", "name: letters, digits, dot, hyphen, underscore and @; 64 at most");
  }
  if (alias !== "" && !/^[A-Za-z0-9_-]{5,64}$/.test(alias)) {
    failField("alias", "sign-in-alias", "alias: 5 to 64 letters, digits, hyphens and underscores");
  }
}

/** `CONFLICT` when somebody else signs in with one of the names, whatever their case. */
export function requireFree(
  people: readonly Person[],
  person: Pick<Person, "name" | "alias" | "delegation">,
  id?: string,
): void {
  for (const name of [person.name, person.alias]) {
    const found = name === "" ? undefined : personNamed(people, name);
    if (found && found.id !== id) fail("CONFLICT", `Somebody signs in as ${name} already.`);
  }
  requireFreeDoor(people, person.delegation, id);
}

/** Two sign-in pages at one address would be one of them. */
function requireFreeDoor(
  people: readonly Person[],
  delegation: Person["delegation"],
  id: string | undefined,
): void {
  const others = people.filter((one) => one.id !== id);
  for (const part of ["slug", "host"] as const) {
    const wanted = delegation?.door[part].toLowerCase() ?? "";
    if (wanted === "" || others.every((one) => one.delegation?.door[part].toLowerCase() !== wanted)) continue;
    fail("CONFLICT", `The sign-in page of somebody else has the ${part} ${wanted} already.`);
  }
}

/** Names are ASCII, so lower case is the same everywhere. */
export function personNamed<P extends Person>(people: readonly P[], name: string): P | undefined {
  const wanted = name.toLowerCase();
  if (wanted === "") return undefined;
  return people.find((one) => one.name.toLowerCase() === wanted || one.alias.toLowerCase() === wanted);
}

/** `INVALID_INPUT` for `password`. */
export function requirePassword(password: Secret, name: string): void {
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
