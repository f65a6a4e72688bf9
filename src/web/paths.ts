/** Addresses of pages about one thing; each name is encoded, whatever it holds. */
export function domainPath(domain: string, rest = ""): string {
  return `/domains/${part(domain)}${rest}`;
}

export function accountPath({ domain, name }: { domain: string; name: string }, rest = ""): string {
  return `/accounts/${part(domain)}/${part(name)}${rest}`;
}

export function aliasRemovePath(domain: string, alias: string): string {
  return `/aliases/${part(domain)}/${part(alias)}/remove`;
}

export function domainAliasRemovePath(domain: string, alias: string): string {
  return `/domain-aliases/${part(domain)}/${part(alias)}/remove`;
}

/** Half a letter, as damaged files hold them, has no address; `encodeURIComponent` would throw and spoil the page. */
export function part(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
