/** A start line, as text to copy to where each kind of machine keeps it. `line` has no quotes, `$` or line ends. */
export interface StartTexts {
  /** Shell variables, as the start script of XMail and `/etc/default/xmail` have them. */
  readonly environment: string;
  /** A systemd unit's part; XMail must be stopped by SIGINT: SIGTERM does not end it. */
  readonly systemd: string;
  /** A `.reg` file for Windows. */
  readonly registry: string;
}

const UNIX_ROOT = "/var/MailRoot";
const WINDOWS_ROOT = "C:\\MailRoot";

export function startTexts(line: string, mailRoot: string | null): StartTexts {
  const windows = mailRoot !== null && /^(?:[A-Za-z]:\\|\\\\)/.test(mailRoot);
  const unixRoot = mailRoot === null || windows ? UNIX_ROOT : mailRoot;
  const windowsRoot = windows ? mailRoot : WINDOWS_ROOT;
  return {
    environment: [
      `MAIL_ROOT="${unixRoot}"`,
      `MAIL_CMD_LINE="${line}"`,
      "export MAIL_ROOT MAIL_CMD_LINE",
      "",
    ].join("\n"),
    systemd: [
      "[Service]",
      "Type=simple",
      `Environment="MAIL_ROOT=${unixRoot}"`,
      `Environment="MAIL_CMD_LINE=${line}"`,
      `ExecStart=${unixRoot}/bin/XMail -Md`,
      "KillSignal=SIGINT",
      "TimeoutStopSec=30",
      "",
    ].join("\n"),
    registry: [
      "Windows Registry Editor Version 5.00",
      "",
      "[HKEY_LOCAL_MACHINE\\SOFTWARE\\GNU\\XMail]",
      `"MAIL_ROOT"="${inRegistry(windowsRoot)}"`,
      `"MAIL_CMD_LINE"="${inRegistry(line)}"`,
      "",
    ].join("\r\n"),
  };
}

function inRegistry(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
