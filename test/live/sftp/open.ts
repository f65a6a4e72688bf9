import { Secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { SftpOptions } from "../../../src/storage/sftp/options.ts";
import { sftp } from "../../../src/storage/sftp/sftp.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import type { Sshd } from "./server.ts";

/** What a storage on this server needs; `own` in place of that. */
export function optionsFor(server: Sshd, own: Partial<SftpOptions> = {}): SftpOptions {
  return {
    host: "127.0.0.1",
    port: server.port,
    user: server.user,
    hostKey: server.hostKey,
    privateKey: new Secret(server.privateKey),
    root: server.folder,
    ...own,
  };
}

export function openOn(server: Sshd, own: Partial<SftpOptions> = {}): Promise<Storage> {
  return sftp(optionsFor(server, own));
}

export async function textAt(storage: Storage, path: string): Promise<string> {
  return Buffer.from(await storage.read(storagePath(path))).toString();
}

/** The code of what went wrong; fails where nothing did. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
  return "nothing went wrong";
}
