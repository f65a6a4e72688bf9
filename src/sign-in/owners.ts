import type { Secret } from "../errors/secret.ts";
import type { Principal } from "../http/types.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Sessions } from "../kernel/sessions.ts";
import { type AccountRef, addressOf } from "../xmail/names.ts";
import { isOpenMailbox, type Mailboxes, mailboxOf } from "./mailboxes.ts";

export interface OwnersOptions {
  readonly xmail: Mailboxes;
  readonly sessions: Sessions;
  ownerOf(ref: AccountRef): Actor;
}

export async function ownerBySignIn(
  options: OwnersOptions,
  name: string,
  password: Secret,
): Promise<Principal | null> {
  const ref = await mailboxOf(options.xmail, name, password);
  return ref && principalOf(options, ref);
}

/** Also when the account was suspended or removed since: XMail is asked with every request. */
export async function ownerById(options: OwnersOptions, id: string): Promise<Principal | null> {
  const ref = refOf(id);
  if (!ref || !(await isOpenMailbox(options.xmail, ref))) return null;
  const principal = await principalOf(options, ref);
  return principal.id === id ? principal : null;
}

/** After his sessions were ended; `id` is that of the actor. */
export async function ownerAgain(options: OwnersOptions, id: string): Promise<Principal | null> {
  const ref = refOf(`${id} 0`);
  return ref && (await isOpenMailbox(options.xmail, ref)) ? principalOf(options, ref) : null;
}

/** As somebody else looks at his panel; `id` is that of the actor. */
export async function ownerSeen(options: OwnersOptions, id: string): Promise<Principal | null> {
  const ref = refOf(`${id} 0`);
  const row = ref && (await options.xmail.accounts.get(ref).catch(() => null));
  return row?.kind === "user" ? principalOf(options, ref as AccountRef) : null;
}

/** A blank stands in no address. */
async function principalOf({ sessions, ownerOf }: OwnersOptions, ref: AccountRef): Promise<Principal> {
  const actor = ownerOf(ref);
  return {
    id: `${actor.id} ${await sessions.generationOf(ref)}`,
    name: addressOf(ref),
    actor,
    role: "owner",
  };
}

function refOf(id: string): AccountRef | null {
  const [, name, domain] = /^owner:([^@\s]+)@([^@\s]+) \d+$/.exec(id) ?? [];
  return name === undefined || domain === undefined ? null : { domain, name };
}
