import type { Secret } from "../errors/secret.ts";
import { type Argument, notSendable } from "./wire.ts";

/** XMail copies these into fixed buffers; longer ones crash it. Bytes. */
const LONGEST_USER = 64;
export const LONGEST_DOMAIN = 255;
const LONGEST_PASSWORD = 200;
const LONGEST_ALIAS = 255;
const LONGEST_PATH = 255;

/** A pattern in XMail's sense (`*`, `?`, `[a-z]`, `\` escapes). A plain string is always meant exactly. */
export interface Pattern {
  readonly pattern: string;
}

export function pattern(text: string): Pattern {
  return { pattern: text };
}

export function domainArgument(value: string, name = "domain"): Argument {
  return named(name, value, LONGEST_DOMAIN);
}

export function userArgument(value: string, name = "name"): Argument {
  return named(name, value, LONGEST_USER);
}

export function aliasArgument(value: string, name = "alias"): Argument {
  return atMost(name, value, LONGEST_ALIAS);
}

export function passwordArgument(value: Secret, name = "password"): Argument {
  return atMost(name, value.reveal(), LONGEST_PASSWORD);
}

/** `user@domain`, each part within its limit. */
export function addressArgument(value: string, name = "address"): Argument {
  const at = value.lastIndexOf("@");
  if (at < 1 || at === value.length - 1) {
    notSendable(name, "address", `${name} must be a full address, like name@example.com.`);
  }
  userArgument(value.slice(0, at), name);
  domainArgument(value.slice(at + 1), name);
  return { name, value };
}

/** A path below MailRoot. XMail refuses `..` anywhere in it. */
export function pathArgument(value: string, name = "path"): Argument {
  if (value.includes("..")) notSendable(name, "path", `${name} may not hold two dots in a row.`);
  return named(name, value, LONGEST_PATH);
}

export function textArgument(name: string, value: string): Argument {
  return { name, value };
}

/** An exact text or a pattern, as one argument of a list command. */
export function filterArgument(name: string, filter: string | Pattern): Argument {
  const value = typeof filter === "string" ? exactly(filter) : filter.pattern;
  return atMost(name, value, 2 * LONGEST_DOMAIN);
}

/** `text` with XMail's wildcards escaped, so that it matches only itself (without case). */
export function exactly(text: string): string {
  return text.replace(/[*?[\]\\]/g, "\\$&");
}

/** Refuses a name that would become a folder elsewhere: a slash or a backslash, or nothing but dots. */
export function folderName(argument: Argument): Argument {
  if (/[/\\]/.test(argument.value) || /^\.+$/.test(argument.value)) {
    notSendable(argument.name, "slash", `${argument.name} may not hold a slash or consist of dots.`);
  }
  return argument;
}

/**
 * Refuses what a table cannot give back: a value that ends in a backslash is written so that it reads back with a
 * quote, and a row longer than the server's line buffer (`lineBuffer`, see files of XMail) is read as two.
 */
export function storedRow(lineBuffer: number, args: readonly Argument[]): readonly Argument[] {
  for (const { name, value } of args) {
    if (value.endsWith("\\")) notSendable(name, "backslash", `${name} may not end with a backslash.`);
  }
  const length = args.reduce((sum, { value }) => sum + value.replaceAll('"', '\\"').length + 3, -1);
  const longest = lineBuffer - 2;
  if (length > longest) {
    const { name } = args.reduce((most, one) => (one.value.length > most.value.length ? one : most));
    notSendable(name, "maxLength", `${name} makes the row longer than XMail reads.`, longest);
  }
  return args;
}

function named(name: string, value: string, most: number): Argument {
  if (value === "") notSendable(name, "required", `${name} is empty.`);
  return atMost(name, value, most);
}

function atMost(name: string, value: string, most: number): Argument {
  if (value.length > most) {
    notSendable(name, "maxLength", `${name} may have at most ${most} characters.`, most);
  }
  return { name, value };
}
