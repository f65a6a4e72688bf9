import type { Context } from "../../kernel/context.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import type { IpAddress } from "../../settings/ip/address.ts";
import { wholeNumber } from "../../settings/ip/range.ts";
import { type VariableLine, variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { splitRecord } from "../../tab/lines.ts";
import { type AccountRef, foldName, sameName } from "../../xmail/names.ts";
import type { Said } from "./said.ts";

/** Where something is written: a file below MailRoot, and the number of its line. */
export interface At {
  readonly file: string | null;
  readonly line?: number | null;
}

export interface SaidStep {
  readonly said: Said;
  readonly at: At;
  /** SMTP reply of a refusal. */
  readonly reply: number | null;
  readonly values: Readonly<Record<string, string>>;
}

/** One mail on its way, and what was found out so far. */
export interface Journey {
  readonly ctx: Context;
  readonly steps: SaidStep[];
  readonly server: ReadonlyMap<string, VariableLine>;
  readonly peer: IpAddress;
  /** Empty: a bounce. */
  readonly sender: string;
  readonly recipient: AccountRef;
  readonly signsInAs: string | null;
  /** What is known of the client: its letters of permission, and what its address brought. */
  permissions: string;
  /** Address as which it is signed in. */
  signedIn: string | null;
  /** Refused at MAIL FROM unless it signs in. */
  mustSignIn: boolean;
  exempt: { readonly noAuth: boolean; readonly easeTls: boolean; readonly skipSenderCheck: boolean };
}

export function say(
  journey: Journey,
  said: Said,
  at: At = { file: null },
  values: Readonly<Record<string, string>> = {},
  reply: number | null = null,
): void {
  journey.steps.push({ said, at, reply, values });
}

export async function serverVariables(ctx: Context): Promise<ReadonlyMap<string, VariableLine>> {
  const bytes = await ctx.xmail.files.read(FILES.server.path, ctx);
  return new Map(variablesIn(bytes, FILES.server).map((one) => [one.name, one]));
}

/** C's `atoi` of a variable of `server.tab`. */
export function serverNumber({ server }: Pick<Journey, "server">, name: string, standard: number): number {
  const value = server.get(name)?.value;
  return value === undefined ? standard : wholeNumber(value);
}

export function serverAt({ server }: Pick<Journey, "server">, name: string): At {
  return { file: FILES.server.path, line: server.get(name)?.line ?? null };
}

/** The code that a configured reply line begins with. */
export function replyCode({ server }: Journey, name: string, standard: number): number {
  const code = /^\d{3}/.exec(server.get(name)?.value ?? "")?.[0];
  return code === undefined ? standard : Number(code);
}

/** Entries that are on; `null` when there is no file. */
export async function entriesAt(
  ctx: Context,
  path: string,
  format: Parameters<typeof tableIn>[1],
): Promise<Entry[] | null> {
  const bytes = await ctx.xmail.files.read(path, ctx);
  return bytes === null ? null : entriesOf(tableIn(bytes, format), null);
}

/** Line of a table with an index, whose rows come without: read as text, because it may be long. */
export async function lineAt(
  ctx: Context,
  path: string,
  ...cells: readonly string[]
): Promise<number | null> {
  const bytes = await ctx.xmail.files.read(path, ctx);
  if (bytes === null) return null;
  const needle = foldName(Buffer.from(cells.at(-1) ?? "").toString("latin1"));
  const wanted = cells.map((cell) => Buffer.from(cell).toString("latin1"));
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const at = lines.findIndex((line) => {
    if (!foldName(line).includes(needle)) return false;
    const found = splitRecord(line);
    return wanted.every((cell, index) => sameName(found[index] ?? "", cell));
  });
  return at === -1 ? null : at + 1;
}

export async function accountAt(ctx: Context, { domain, name }: AccountRef): Promise<At> {
  const file = FILES.accounts.path;
  return { file, line: await lineAt(ctx, file, domain, name) };
}
