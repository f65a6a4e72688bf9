import type { CtrlFileCommands } from "./storage/ctrl-files.ts";
import type { SftpOptions } from "./storage/sftp/options.ts";
import type { SmbOptions } from "./storage/smb/options.ts";
import type { Storage } from "./storage/storage.ts";

// Drivers are loaded when they are opened: a CGI process without them must not read them.

/**
 * A share of a Windows or Samba server. Connects and signs in at once: `BAD_CONFIG`, `STORAGE_DENIED`,
 * `STORAGE_FAILED` when the server cannot be reached or has no such share.
 */
export async function smb(options: SmbOptions): Promise<Storage> {
  const driver = await import("./storage/smb/smb.ts");
  return driver.smb(options);
}

/**
 * A folder of a Unix machine, by the SFTP of its SSH server; needs the package `ssh2`. Connects and signs in at once:
 * `BAD_CONFIG`, `STORAGE_DENIED` for a stranger's key and a refused sign-in, `STORAGE_FAILED` when the server cannot be
 * reached.
 */
export async function sftp(options: SftpOptions): Promise<Storage> {
  const driver = await import("./storage/sftp/sftp.ts");
  return driver.sftp(options);
}

/**
 * The MailRoot of a running XMail by the file commands of its control port: `await ctrlFiles(client.files)`. The client
 * stays open when the storage is closed.
 */
export async function ctrlFiles(files: CtrlFileCommands): Promise<Storage> {
  const driver = await import("./storage/ctrl-files.ts");
  return driver.ctrlFiles(files);
}
