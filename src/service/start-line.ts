/** Names under which start scripts and service units keep the line; `XMAIL_CMD_LINE` is XMail's own. */
const NAMES = ["XMAIL_CMD_LINE", "XMAIL_OPTS", "XMAIL_OPTIONS", "DAEMON_OPTS", "OPTIONS", "MAIL_CMD_LINE"];

/**
 * The start parameters in the text of a file: a shell's `NAME="…"` (the last one counts), systemd's `Environment=` or
 * `ExecStart=`, or a registry export. `null` when there are none.
 */
export function lineIn(text: string): string | null {
  const found = [
    ...text.matchAll(/^[ \t]*(?:export[ \t]+)?"?(?:Environment="?)?([A-Z_]+)"?[ \t]*=[ \t]*(.*)$/gm),
  ]
    .filter(([, name = ""]) => NAMES.includes(name))
    .map(([, , value = ""]) => unquoted(value));
  const started = /^[ \t]*ExecStart[ \t]*=[ \t]*\S*XMail\S*[ \t]*(.*)$/m.exec(text)?.[1]?.trim();
  return found.at(-1) ?? started ?? null;
}

function unquoted(value: string): string {
  const text = value.trim();
  const quoted = /^(["'])(.*?)\1/.exec(text);
  return quoted ? (quoted[2] ?? "") : text.replace(/"$/, "").replace(/[ \t]+#.*$/, "");
}
