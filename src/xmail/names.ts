/** An account by its two parts, as XMail stores them. */
export interface AccountRef {
  readonly domain: string;
  readonly name: string;
}

/** XMail compares domains and user names without case (ASCII). */
export function sameName(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}

/** ASCII lower case only, as XMail does it; other letters stay. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export function addressOf({ name, domain }: AccountRef): string {
  return `${name}@${domain}`;
}
