import { randomBytes } from "node:crypto";
import { foldedName } from "../kernel/tries.ts";
import type { CookieBox } from "./cookie-box.ts";
import { cookieName, OURS, setCookie } from "./cookies.ts";
import { seal, unseal } from "./signed-value.ts";

const DEVICE = `${OURS}-device`;
const YEAR_SECONDS = 365 * 24 * 3600;
/** Names that may have signed in at one browser and still be known there: those of a family, or of one with three hats. */
const MOST_NAMES = 5;
/** Between two marks; no part of one. */
const BETWEEN = "~";
/** Marks of other names go back unread, so they must at least look like one. */
const SEALED = /^[\w-]{1,128}\.[\w-]{1,64}$/;

interface Mark {
  readonly id: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

export type DeviceBox = Pick<CookieBox, "key" | "audience" | "scope" | "cookies" | "now">;

/**
 * Id of this browser for `name`, who signed in here, at this door, within a year; `null` for anybody else. The cookie
 * opens nothing: his tries are only counted apart from those of strangers (OWASP, "device cookies").
 */
export function deviceOf(box: DeviceBox, name: string): string | null {
  return marksIn(box).reduce<string | null>((found, sealed) => found ?? markOf(box, name, sealed), null);
}

/** `Set-Cookie` value for the answer to a sign-in of `name`: a new id each time, beside those of others. */
export function deviceCookie(box: DeviceBox, name: string): string {
  const mark: Mark = { id: randomBytes(12).toString("base64url"), issuedAt: box.now };
  const others = marksIn(box).filter((sealed) => markOf(box, name, sealed) === null);
  const marks = [seal(box.key, "device", audienceOf(box, name), mark), ...others].slice(0, MOST_NAMES);
  return setCookie(DEVICE, marks.join(BETWEEN), YEAR_SECONDS, box.scope);
}

function markOf(box: DeviceBox, name: string, sealed: string): string | null {
  const mark = unseal(box.key, "device", audienceOf(box, name), sealed) as Mark | null;
  return mark && box.now - mark.issuedAt < YEAR_SECONDS ? mark.id : null;
}

/** The name is in the signature and nowhere else: who reads the cookie does not learn it. */
function audienceOf({ audience }: DeviceBox, name: string): string {
  return JSON.stringify([audience, foldedName(name)]);
}

function marksIn({ cookies, scope }: DeviceBox): readonly string[] {
  const text = cookies.get(cookieName(DEVICE, scope)) ?? "";
  return text
    .split(BETWEEN)
    .slice(0, MOST_NAMES)
    .filter((sealed) => SEALED.test(sealed));
}
