/** What XMail makes of an upload: its lines with LF and without the doubled dots; `null` when there is none. */
export function uploadedText(payload: Uint8Array): string | null {
  const lines = Buffer.from(payload).toString("latin1").split("\r\n");
  const end = lines.indexOf(".");
  const sent = lines.slice(0, end === -1 ? lines.length - 1 : end);
  if (sent.length === 0) return null;
  return sent.map((line) => `${line.startsWith(".") ? line.slice(1) : line}\n`).join("");
}
