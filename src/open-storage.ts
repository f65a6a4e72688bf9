import { readNamedFile, readSecret, type Surroundings } from "./config/secrets.ts";
import type { MailRoot, SftpConfig, SmbConfig, StatePlace } from "./config/storages.ts";
import { AppError, fail, isAppError } from "./errors/error.ts";
import type { Secret } from "./errors/secret.ts";
import { sftp, smb } from "./late-drivers.ts";
import type { StorageOpener } from "./open.ts";
import { local } from "./storage/local.ts";
import type { SftpOptions } from "./storage/sftp/options.ts";
import type { SmbOptions } from "./storage/smb/options.ts";
import type { Storage } from "./storage/storage.ts";

/** The way to a storage of the configuration. */
export interface StorageWay extends StorageOpener {
  /** Reads its secrets and whatever else is known without connecting: `BAD_CONFIG` names the field. */
  readSecrets(): Promise<void>;
}

/**
 * The storage that stands at `field` of the configuration. `files` opens the one behind the control port. Drivers are
 * loaded when they are opened, so that nobody pays for those he does not use.
 */
export function storageWay(
  where: MailRoot | StatePlace,
  field: string,
  surroundings: Surroundings,
  files?: () => Promise<Storage>,
): StorageWay {
  if (typeof where === "string") return localWay(where, field);
  if (where.smb) return smbWay(where.smb, `${field}.smb`, surroundings);
  if (where.sftp) return sftpWay(where.sftp, `${field}.sftp`, surroundings);
  if (files) return { kind: "ctrl-files", host: null, open: files, readSecrets: async () => undefined };
  return fail("BAD_CONFIG", `${field} names no storage.`);
}

function localWay(path: string, field: string): StorageWay {
  const readSecrets = async () => {
    // Elsewhere it would be a folder of a strange name.
    if (path.startsWith("\\\\") && process.platform !== "win32") {
      fail("BAD_CONFIG", `${field} is a UNC path, which only Windows can open: use { "smb": … } here.`);
    }
  };
  return {
    kind: "local",
    host: null,
    async open() {
      await readSecrets();
      return local(path);
    },
    readSecrets,
  };
}

function smbWay(config: SmbConfig, field: string, surroundings: Surroundings): StorageWay {
  const options = kept(
    async (): Promise<SmbOptions> => ({
      ...config,
      password: await readSecret(config.password, `${field}.password`, surroundings),
    }),
  );
  return {
    kind: "smb",
    host: config.host,
    open: () => named(field, async () => smb(await options())),
    readSecrets: async () => void (await options()),
  };
}

function sftpWay(config: SftpConfig, field: string, surroundings: Surroundings): StorageWay {
  const options = kept(() => sftpOptions(config, field, surroundings));
  return {
    kind: "sftp",
    host: config.host,
    open: () => named(field, async () => sftp(await options())),
    readSecrets: async () => void (await options()),
  };
}

/** Read once: a file that is gone later must not tell its name to whoever opens a page. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let known: { readonly value: T } | null = null;
  return async () => {
    known ??= { value: await read() };
    return known.value;
  };
}

async function sftpOptions(
  { knownHosts, hostKey, password, privateKey, passphrase, ...plain }: SftpConfig,
  field: string,
  surroundings: Surroundings,
): Promise<SftpOptions> {
  const secret = async (name: "password" | "privateKey" | "passphrase"): Promise<Secret | null> => {
    const source = { password, privateKey, passphrase }[name];
    const part = name === "privateKey" ? "text" : "line";
    return source ? readSecret(source, `${field}.${name}`, surroundings, part) : null;
  };
  const [word, key, phrase] = [
    await secret("password"),
    await secret("privateKey"),
    await secret("passphrase"),
  ];
  return {
    ...plain,
    hostKey: hostKey ?? (await knownKeys(knownHosts ?? "", `${field}.knownHosts`, surroundings)),
    ...(word ? { password: word } : {}),
    ...(key ? { privateKey: key } : {}),
    ...(phrase ? { passphrase: phrase } : {}),
  };
}

/** Lines of a known_hosts file; the driver takes those of its host. */
async function knownKeys(path: string, field: string, surroundings: Surroundings): Promise<string[]> {
  const text = await readNamedFile(path, field, surroundings);
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  if (lines.length > 0) return lines;
  const message = `${field}: the file is empty.`;
  return fail("BAD_CONFIG", message, { fields: [{ field, rule: "required", message }] });
}

/** Whoever reads that a server does not answer should know which of them. */
async function named(field: string, open: () => Promise<Storage>): Promise<Storage> {
  try {
    return await open();
  } catch (error) {
    if (!isAppError(error) || error.message.startsWith(field)) throw error;
    const { code, message, fields, internal, cause } = error;
    throw new AppError(code, `${field}: ${message}`, { fields, internal, cause: cause ?? error });
  }
}
