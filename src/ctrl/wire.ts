import { fail } from "../errors/error.ts";
import type { CommandWord } from "./commands.ts";

/** Longest command line before its CRLF: XMail closes the connection without a word at one byte more. */
export const LONGEST_COMMAND = 4092;
/** Longest sign-in line before its CRLF. */
export const LONGEST_LOGIN = 252;

/** One argument of a command. `name` says in errors which one it was; a value never appears in an error. */
export interface Argument {
  readonly name: string;
  readonly value: string;
}

/** A command line ready to be sent, CRLF included. Made only here, so that nothing unchecked reaches the socket. */
export interface Command {
  readonly word: CommandWord;
  readonly line: Buffer;
}

/** Encodes a command; `VALUE_NOT_SENDABLE` names the argument that XMail's line format cannot carry. */
export function encodeCommand(word: CommandWord, args: readonly Argument[] = []): Command {
  const tokens = [`"${word}"`, ...args.map(encodeToken)];
  return { word, line: encodeLine(tokens, LONGEST_COMMAND, longestOf(args)) };
}

/** The sign-in line: account and password (or digest), at most 252 bytes. */
export function encodeLogin(account: string, password: string): Buffer {
  const args = [
    { name: "account", value: account },
    { name: "password", value: password },
  ];
  return encodeLine(args.map(encodeToken), LONGEST_LOGIN, longestOf(args));
}

/** The line without its end, as a byte string. */
export function plainLine({ line }: Command): string {
  return line.toString("latin1").replace(/\r\n$/, "");
}

export function notSendable(field: string, rule: string, message: string, limit?: number): never {
  const problem = limit === undefined ? { field, rule, message } : { field, rule, limit, message };
  return fail("VALUE_NOT_SENDABLE", message, { fields: [problem] });
}

function encodeToken({ name, value }: Argument): string {
  if (/[\t\r\n\0]/.test(value)) {
    notSendable(name, "control", `${name} may not hold a tab, a line break or a zero byte.`);
  }
  if (/[^\0-\x7f]/.test(value)) {
    notSendable(
      name,
      "ascii",
      `${name} may hold only ASCII letters, digits and signs: XMail takes no others.`,
    );
  }
  if (!value.endsWith("\\")) return `"${value.replaceAll('"', '\\"')}"`;
  // XMail would read `\"` at the end as a quote in the value, so such a value goes without quotes.
  if (value.startsWith('"')) {
    notSendable(name, "quoting", `${name} may not begin with a quotation mark and end with a backslash.`);
  }
  return value;
}

function encodeLine(tokens: readonly string[], longest: number, blame: string): Buffer {
  const line = tokens.join("\t");
  if (line.length > longest) {
    notSendable(blame, "maxLength", `${blame} makes the command longer than XMail reads.`, longest);
  }
  return Buffer.from(`${line}\r\n`, "latin1");
}

function longestOf(args: readonly Argument[]): string {
  return args.reduce((most, one) => (one.value.length > most.value.length ? one : most), {
    name: "command",
    value: "",
  }).name;
}
