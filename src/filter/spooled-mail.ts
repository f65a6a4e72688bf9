/** A mail as XMail keeps it while it is delivered: one recipient a file. */
export interface SpooledMail {
  /** Of the envelope; empty for the null sender. */
  readonly sender: string;
  /** Of the envelope: an alias, where it came by one. */
  readonly recipient: string;
  /** The header, without the blank line that ends it. */
  readonly head: Uint8Array;
}

const DATA = "<<MAIL-DATA>>";

/**
 * Reads the beginning of a spool file: lines of XMail's own, the envelope as the client typed it, and the mail. `null` for
 * what is none, or when the header does not end within `bytes`.
 */
export function spooledMail(bytes: Uint8Array): SpooledMail | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const data = new RegExp(`^${DATA}\\r?\\n`, "m").exec(text);
  if (!data) return null;
  const envelope = text.slice(0, data.index);
  const sender = pathIn(envelope, "mail from");
  const recipient = pathIn(envelope, "rcpt to");
  const from = data.index + data[0].length;
  const length = text.slice(from).search(/\r?\n\r?\n/);
  if (sender === null || recipient === null || length === -1) return null;
  return { sender, recipient, head: bytes.subarray(from, from + length) };
}

/** The address between the brackets of an SMTP line, without a source route. */
function pathIn(envelope: string, command: string): string | null {
  const found = new RegExp(`^${command}:[ \\t]*<([^<>\\r\\n]*)>`, "im").exec(envelope)?.[1];
  return found?.replace(/^@[^:]*:/, "") ?? null;
}
