/** What of a mail's header decides whether, and how, it is answered. */
export interface Header {
  /** All values of the fields of a name, which is in lower case; unfolded. */
  all(name: string): readonly string[];
  /** Names of all fields, in lower case. */
  readonly names: readonly string[];
  /** Addresses of those it says it is for: To, Cc, Bcc, and those of whoever sent it on. */
  readonly recipients: readonly string[];
  /** Decoded; empty when there is none. */
  readonly subject: string;
}

const RECIPIENTS = ["to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc"];

/** Rejects where the parser finds that somebody wants to wear it out. */
export async function headerIn(head: Uint8Array): Promise<Header> {
  const { default: PostalMime, addressParser } = await import("postal-mime");
  const { headers, subject } = await PostalMime.parse(Buffer.concat([head, Buffer.from("\r\n\r\n")]));
  const all = (name: string) => headers.filter(({ key }) => key === name).map(({ value }) => value);
  return {
    all,
    names: headers.map(({ key }) => key),
    recipients: RECIPIENTS.flatMap(all)
      .flatMap((value) => addressParser(value, { flatten: true }))
      .flatMap(({ address }) => address ?? []),
    subject: subject ?? "",
  };
}
