import { randomInt } from "node:crypto";
import { Secret } from "../errors/secret.ts";

/** Without letters that look like others: it is read from a screen and typed. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 5;
const GROUP = 4;

/** `xxxx-xxxx-xxxx-xxxx-xxxx`, 99 random bits. */
export function generatedPassword(): Secret {
  const group = () => Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return new Secret(Array.from({ length: GROUPS }, group).join("-"));
}
