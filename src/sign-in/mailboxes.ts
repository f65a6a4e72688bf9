import { hasCode } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import { variablesIn } from "../settings/variable-lines.ts";
import { FILES } from "../tab/files.ts";
import type { Backend } from "../xmail/backend.ts";
import { type AccountRef, addressOf, foldName, sameName } from "../xmail/names.ts";

/** No answer comes sooner, so that the time does not tell which addresses there are. */
const EVEN_MS = 250;

/** Who XMail lets into which mailbox. */
export type Mailboxes = Pick<Backend, "accounts" | "domains" | "domainAliases" | "files">;

/**
 * The account that XMail would open for this name and password by POP3; `null` for no. The name is an address, also of
 * an alias domain, or a name alone in the domain that XMail takes for those.
 */
export async function mailboxOf(
  xmail: Mailboxes,
  name: string,
  password: Secret,
): Promise<AccountRef | null> {
  const [found] = await Promise.all([checked(xmail, name, password), evenTime()]);
  return found;
}

/**
 * One spelling for all names that lead to the same mailbox, so that none of them has tries of its own. Which mailboxes
 * there are is not looked at: domains alone are, and what is known of them stays for a minute, because whoever guesses
 * asks often. What is no name stays as it is.
 */
export function spellingOver(xmail: Mailboxes, now: () => Date): (name: string) => Promise<string> {
  const aliases = keptFor(now, () => xmail.domainAliases.list());
  const fallback = keptFor(now, () => defaultDomain(xmail));
  return async (name) => {
    const ref = await refNamed(name, { aliases, fallback });
    return ref ? addressOf(ref) : name;
  };
}

const KEPT_MS = 60_000;

function keptFor<T>(now: () => Date, load: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly value: T } | undefined;
  return async () => {
    const at = now().getTime();
    if (!kept || kept.until <= at) kept = { until: at + KEPT_MS, value: await load() };
    return kept.value;
  };
}

async function checked(xmail: Mailboxes, name: string, password: Secret): Promise<AccountRef | null> {
  const ref = await refNamed(name, {
    aliases: () => xmail.domainAliases.list(),
    fallback: () => defaultDomain(xmail),
  });
  if (!ref) return null;
  const right = await xmail.accounts.checkPassword(ref, password).catch(none);
  return right && (await isOpenMailbox(xmail, ref)) ? ref : null;
}

/** Whether there is such an account of a person, and its owner may fetch mail. */
export async function isOpenMailbox(xmail: Pick<Backend, "accounts">, ref: AccountRef): Promise<boolean> {
  const row = await xmail.accounts.get(ref).catch(none);
  if (row?.kind !== "user") return false;
  const [variables] = (await xmail.accounts.variables([ref]).catch(none)) ?? [];
  // XMail reads a number: absent is on, everything above 0, too.
  const pop = variables?.get("PopEnable");
  return variables !== undefined && (pop === undefined || Number.parseInt(pop, 10) > 0);
}

interface Domains {
  aliases(): ReturnType<Mailboxes["domainAliases"]["list"]>;
  fallback(): Promise<string>;
}

/** Which mailbox a name is of, whether there is one or not; `null` for what is no name. */
async function refNamed(name: string, domains: Domains): Promise<AccountRef | null> {
  const at = name.lastIndexOf("@");
  const domain = at < 0 ? await domains.fallback() : await realDomain(domains, name.slice(at + 1));
  const ref = { domain: foldName(domain), name: foldName(at < 0 ? name : name.slice(0, at)) };
  return isName(ref.domain) && isName(ref.name) ? ref : null;
}

async function realDomain({ aliases }: Domains, domain: string): Promise<string> {
  return (await aliases()).find(({ alias }) => sameName(alias, domain))?.real ?? domain;
}

async function defaultDomain({ files }: Mailboxes): Promise<string> {
  const variables = variablesIn(await files.read(FILES.server.path), FILES.server);
  const of = (wanted: string) => variables.find(({ name }) => name === wanted)?.value ?? "";
  return of("POP3Domain") || of("RootDomain");
}

/** XMail takes wildcards where it takes names. */
function isName(text: string): boolean {
  return text !== "" && text.length <= 255 && !/[\s*?[\]\\"@\u0000-\u001f\u007f]/.test(text);
}

function none(error: unknown): null {
  if (hasCode(error, "ACCOUNT_NOT_FOUND", "DOMAIN_NOT_FOUND", "INVALID_INPUT")) return null;
  throw error;
}

function evenTime(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, EVEN_MS);
  });
}
