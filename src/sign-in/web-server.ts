import { fail } from "../errors/error.ts";
import type { Peer } from "../http/types.ts";

/** Whom the web server in front has signed in. Who can reach the panel past it could be anybody: see the guide. */
export interface WebServerSignIn {
  /** What tells the name: a variable that only the web server sets, … */
  readonly variable?: "REMOTE_USER" | "AUTH_USER";
  /** … or a header, which anybody could send: only with `trustProxy`, whose proxy must overwrite it. */
  readonly header?: string;
  /** Names of the web server, and whose they are here. Without, the names are the same. */
  readonly users?: readonly WebServerUser[];
  /** Whether `OFFICE\sato` and `sato@office.example` are `sato`; not for names in `users`. Default no. */
  readonly stripDomain?: boolean;
}

export interface WebServerUser {
  /** As the web server says it: `OFFICE\\sato`. */
  readonly name: string;
  /** Name of the person. */
  readonly person: string;
}

/** Refuses (`BAD_CONFIG`) what would believe everybody, or nobody. */
export function requireUsableSignIn(
  { variable, header, users }: WebServerSignIn,
  { trustProxy = false }: { readonly trustProxy?: boolean },
): void {
  if ((variable === undefined) === (header === undefined)) {
    fail("BAD_CONFIG", "signInBy needs exactly one of variable and header.");
  }
  if (variable !== undefined && variable !== "REMOTE_USER" && variable !== "AUTH_USER") {
    fail("BAD_CONFIG", "signInBy.variable must be REMOTE_USER or AUTH_USER.");
  }
  if (header !== undefined && !/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(header)) {
    fail("BAD_CONFIG", "signInBy.header must be the name of a header, like X-Remote-User.");
  }
  if (header !== undefined && !trustProxy) {
    fail(
      "BAD_CONFIG",
      "signInBy.header needs trustProxy: true, and a proxy that overwrites the header: anybody could send it.",
    );
  }
  if (users && !(Array.isArray(users) && users.every(isUser))) {
    fail("BAD_CONFIG", "signInBy.users must be a list of { name, person }.");
  }
}

/** The name somebody has here; `null` for whom the web server names nobody, or the map does not know. */
export function nameFrom(options: WebServerSignIn, request: Request, peer: Peer): string | null {
  const { variable, header = "", users, stripDomain = false } = options;
  const told = variable === undefined ? request.headers.get(header) : peer.user;
  const name = told?.trim() ?? "";
  // Two values of a header, joined: one of them is not the proxy's.
  if (name === "" || name.length > 256 || /[,\u0000-\u001f\u007f]/.test(name)) return null;
  if (users) return mapped(users, name);
  return stripDomain ? name.replace(/^[^\\]*\\/, "").replace(/@.*$/, "") : name;
}

/** Windows names have no case. */
function mapped(users: readonly WebServerUser[], name: string): string | null {
  return users.find((user) => user.name.toLowerCase() === name.toLowerCase())?.person ?? null;
}

function isUser(user: unknown): boolean {
  const { name, person } = (user ?? {}) as Partial<Record<"name" | "person", unknown>>;
  return typeof name === "string" && name !== "" && typeof person === "string" && person !== "";
}
