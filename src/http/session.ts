import { randomBytes } from "node:crypto";
import { fail } from "../errors/error.ts";
import { conceal, unveil } from "./concealed.ts";
import type { CookieBox } from "./cookie-box.ts";
import { type CookieScope, cookieName, OURS, setCookie } from "./cookies.ts";
import { deviceCookie, deviceOf } from "./device-cookie.ts";
import { type Purpose, sameSignature, seal, signatureOf, unseal } from "./signed-value.ts";
import { type BrowserMemory, type Flash, LONGEST_SESSION_SECONDS, type Session } from "./types.ts";

export const DEFAULT_SESSION_SECONDS = 3600;
/** From the password to the code; an app to be set up must be fetched from another room. */
const WAITING_SECONDS = 900;
/** Sliding costs a cookie in the answer; once a minute is enough. */
const RENEW_AFTER_SECONDS = 60;
/** A cookie outlives its session, so that a form sent too late leads to the sign-in page. */
const ENDED_SECONDS = 24 * 3600;
const FLASH_SECONDS = 60;
const VISITOR_SECONDS = 24 * 3600;
const PREFERENCE_SECONDS = 365 * 24 * 3600;

/** A master looks at the panel as somebody else. */
const SEEN_AS_SECONDS = 15 * 60;

const SESSION = OURS;
const FLASH = `${OURS}-flash`;
const VISITOR = `${OURS}-visitor`;

/** The running session, or `null`. That its principal still exists is for the caller to see. */
export function readSession(box: CookieBox): Session | null {
  const session = open<Session>(box, "session", SESSION);
  return session && session.expiresAt > box.now ? session : null;
}

/** What one request brought from the browser and what its answer leaves there. */
export interface Browser {
  readonly flash: Flash | null;
  readonly csrf: string;
  readonly memory: BrowserMemory;
  /** Whether the browser shows a session that is over. */
  readonly ended: boolean;
  /** The `Set-Cookie` values of the answer; `page` says that it is HTML, so a flash has been seen. */
  setCookies(page: boolean): readonly string[];
}

/** `foreign` is the id of who signed in to the host around us: the token is bound to him and to this browser. */
export function openBrowser(box: CookieBox, session: Session | null, foreign?: string): Browser {
  const flash = open<Flash & { expiresAt: number }>(box, "flash", FLASH);
  const known = open<{ id: string }>(box, "visitor", VISITOR);
  const visitor = known ?? { id: newId() };
  const owner = session?.id ?? (foreign === undefined ? visitor.id : `${visitor.id} ${foreign}`);
  const bound = (place: string) => ({ key: box.key, audience: box.audience, owner, place });
  const out = new Map<string, string>();
  const put = (name: string, value: string, seconds: number) =>
    out.set(name, setCookie(name, value, seconds, box.scope));
  // One answer may change it twice: somebody proves who he is, and goes on by another principal.
  let current = session;
  const keep = (value: Session) => {
    current = value;
    put(SESSION, seal(box.key, "session", box.audience, value), value.expiresAt - box.now + ENDED_SECONDS);
  };

  if (session && !session.waitsFor && session.lasts - (session.expiresAt - box.now) >= RENEW_AFTER_SECONDS) {
    keep({ ...session, expiresAt: endOf(box, session.issuedAt, session.lasts) });
  }
  const ended = !session && box.cookies.has(cookieName(SESSION, box.scope));
  if (ended) put(SESSION, "", 0);

  return {
    flash: flash && flash.expiresAt > box.now ? withoutExpiry(flash) : null,
    csrf: csrfToken(box, owner),
    ended,
    memory: {
      signIn({ id: principal, name, sessionSeconds: lasts = box.sessionSeconds }, waitsFor) {
        keep({
          id: newId(),
          principal,
          issuedAt: box.now,
          expiresAt: waitsFor ? box.now + WAITING_SECONDS : endOf(box, box.now, lasts),
          lasts,
          provedAt: box.now,
          ...(waitsFor ? { waitsFor } : {}),
        });
        // Who has only the password guesses codes as a stranger does.
        if (!waitsFor) out.set("device", deviceCookie(box, name));
      },
      prove() {
        if (!current) return;
        keep({ ...current, provedAt: box.now, expiresAt: endOf(box, current.issuedAt, current.lasts) });
      },
      goOn({ id: principal }) {
        if (current) keep({ ...current, principal });
      },
      signOut: () => void put(SESSION, "", 0),
      seeAs(seen) {
        if (!current) return;
        const { as: _, ...own } = current;
        keep(seen ? { ...own, as: { ...seen, until: box.now + SEEN_AS_SECONDS } } : own);
      },
      deviceOf: (name) => deviceOf(box, name),
      flash(value) {
        const expiresAt = box.now + FLASH_SECONDS;
        put(FLASH, seal(box.key, "flash", box.audience, { ...value, expiresAt }), FLASH_SECONDS);
      },
      prefer(name, value) {
        if (!/^[a-z-]{1,32}$/.test(name) || !/^[A-Za-z0-9._-]{1,64}$/.test(value)) fail("INVALID_INPUT");
        out.set(name, preference(name, value, box.scope));
      },
      conceal: (text, place) => conceal(bound(place), text, box.now),
      unveil: (concealed, place) => unveil(bound(place), concealed, box.now),
    },
    setCookies(page) {
      if (page && flash && !out.has(FLASH)) put(FLASH, "", 0);
      if (page && !session && !known) {
        put(VISITOR, seal(box.key, "visitor", box.audience, visitor), VISITOR_SECONDS);
      }
      return [...out.values()];
    },
  };
}

/** Refuses (`CROSS_ORIGIN`; `UNAUTHENTICATED` after a session's end) a change without the token of our own page. */
export function requireToken(given: string | null, csrf: string, ended: boolean): void {
  if (given !== null && sameSignature(given, csrf)) return;
  if (ended) fail("UNAUTHENTICATED");
  fail("CROSS_ORIGIN", "This form is too old or came from elsewhere. Open the page again and repeat.");
}

function csrfToken(box: CookieBox, id: string): string {
  return signatureOf(box.key, "csrf", box.audience, id);
}

function endOf(box: CookieBox, issuedAt: number, lasts: number): number {
  return Math.min(box.now + lasts, issuedAt + LONGEST_SESSION_SECONDS);
}

function open<T extends object>(box: CookieBox, purpose: Purpose, name: string): T | null {
  const sealed = box.cookies.get(cookieName(name, box.scope));
  // The signature says that we wrote it, and its version that this code knows the shape.
  return sealed === undefined ? null : (unseal(box.key, purpose, box.audience, sealed) as T | null);
}

function withoutExpiry({ expiresAt: _, ...flash }: Flash & { expiresAt: number }): Flash {
  return flash;
}

/** Without the `__Host-` prefix, so that `visit.cookies` has it under its own name. */
function preference(name: string, value: string, scope: CookieScope): string {
  const plain = setCookie(name, value, PREFERENCE_SECONDS, { ...scope, secure: false });
  return scope.secure ? `${plain}; Secure` : plain;
}

function newId(): string {
  return randomBytes(18).toString("base64url");
}
