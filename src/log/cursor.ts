import { failField } from "../errors/error.ts";
import type { LogKind } from "../xmail/log-kinds.ts";
import type { LogPlace } from "../xmail/logs.ts";
import { kindOf } from "./files.ts";

/** Where each kind goes on; a kind without a place is at its end. */
export type Places = ReadonlyMap<LogKind, LogPlace>;

/** Names of files and bytes in them: lines that are added meanwhile move nothing. */
export function encodePlaces(places: Places): string {
  return Buffer.from([...places.values()].map(({ file, offset }) => `${file}:${offset}`).join(",")).toString(
    "base64url",
  );
}

/** `INVALID_INPUT` for what nobody gave out. */
export function decodePlaces(cursor: string): Places {
  const places = new Map<LogKind, LogPlace>();
  for (const part of Buffer.from(cursor, "base64url").toString().split(",")) {
    const [, file = "", offset = ""] = /^([a-z0-9]+-\d{12}):(\d{1,15})$/.exec(part) ?? [];
    const kind = kindOf(file);
    if (kind === null || places.has(kind))
      return failField("cursor", "cursor", "cursor is not one that a list gave out.");
    places.set(kind, { file, offset: Number(offset) });
  }
  return places;
}
