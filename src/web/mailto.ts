/** What a link may lead to: anything else is no address that a mail program should be started with. */
const ADDRESS = /^[\w.+-]+@[\w.-]+$/;

/** For the reader's own mail program (RFC 6068): lines end in CR and LF. `null` where `address` is none. */
export function mailto(address: string, subject = "", text = ""): string | null {
  if (!ADDRESS.test(address)) return null;
  const said = Object.entries({ subject, body: text.replaceAll("\n", "\r\n") })
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
  return `mailto:${address}${said.length > 0 ? `?${said.join("&")}` : ""}`;
}
