import type { SecretSource } from "./config/fields.ts";
import type { Config } from "./config/schema.ts";
import { readNamedFile, readSecret, type Surroundings } from "./config/secrets.ts";
import { openCtrlClient } from "./ctrl/client.ts";
import type { CtrlOptions } from "./ctrl/options.ts";
import { fail } from "./errors/error.ts";
import type { Secret } from "./errors/secret.ts";
import { ctrlFiles } from "./late-drivers.ts";
import type { OpenOptions } from "./open.ts";
import { type StorageWay, storageWay } from "./open-storage.ts";
import type { Storage } from "./storage/storage.ts";
import { through } from "./storage/through.ts";
import { type RedisWay, redisWay } from "./tries-later.ts";

/** The connections that a configuration describes, none of them opened yet. */
export interface Ways {
  /** Reads the password: `BAD_CONFIG` names the field. */
  readonly ctrl: (() => Promise<CtrlOptions>) | null;
  readonly mailRoot: StorageWay | null;
  readonly state: StorageWay | null;
  /** Where tries to sign in are counted, if not in the state. */
  readonly redis: RedisWay | null;
  /** Signs what is posted of news. `BAD_CONFIG` names the field. */
  readonly webhookSecret: (() => Promise<Secret>) | null;
  readonly reads: "files" | "ctrl" | undefined;
}

export function waysOf({ xmail, state, tries, watch }: Config, surroundings: Surroundings): Ways {
  const { mailRoot, reads } = xmail;
  const ctrl = xmail.ctrl ? ctrlWay(xmail.ctrl, surroundings) : null;
  const files = ctrl ? () => filesThrough(ctrl) : undefined;
  return {
    ctrl,
    mailRoot: mailRoot === undefined ? null : storageWay(mailRoot, "xmail.mailRoot", surroundings, files),
    state: state === undefined ? null : storageWay(state, "state", surroundings),
    redis: tries ? redisWay(tries.redis, surroundings) : null,
    webhookSecret: webhookSecretIn(watch, surroundings),
    reads,
  };
}

export async function wayToXMail({ ctrl, mailRoot, reads }: Ways): Promise<OpenOptions> {
  if (!ctrl) {
    return mailRoot ? { storage: mailRoot, offline: true } : fail("BAD_CONFIG", "xmail.mailRoot is missing.");
  }
  return {
    ctrl: await ctrl(),
    ...(mailRoot ? { storage: mailRoot } : {}),
    ...(reads === undefined ? {} : { reads }),
  };
}

/** Every secret that the configuration refers to, by its field. */
export function secretSourcesOf({
  xmail,
  state,
  tries,
  watch,
}: Config): Readonly<Record<string, SecretSource>> {
  const found: Record<string, SecretSource> = {};
  const add = (field: string, source: SecretSource | undefined) => {
    if (source) found[field] = source;
  };
  add("xmail.ctrl.password", xmail.ctrl?.password);
  add("tries.redis.password", tries?.redis.password);
  add("watch.webhook.secret", watch?.webhook?.secret);
  for (const [field, place] of Object.entries({ "xmail.mailRoot": xmail.mailRoot, state })) {
    if (typeof place !== "object") continue;
    add(`${field}.smb.password`, place.smb?.password);
    add(`${field}.sftp.password`, place.sftp?.password);
    add(`${field}.sftp.privateKey`, place.sftp?.privateKey);
    add(`${field}.sftp.passphrase`, place.sftp?.passphrase);
  }
  return found;
}

function webhookSecretIn(watch: Config["watch"], surroundings: Surroundings): Ways["webhookSecret"] {
  const source = watch?.webhook?.secret;
  return source ? () => readSecret(source, "watch.webhook.secret", surroundings) : null;
}

async function filesThrough(ctrl: () => Promise<CtrlOptions>): Promise<Storage> {
  const client = await openCtrlClient(await ctrl());
  try {
    return through(await ctrlFiles(client.files), { close: () => client.close() });
  } catch (error) {
    await client.close();
    throw error;
  }
}

function ctrlWay(
  { password, tls, ...plain }: NonNullable<Config["xmail"]["ctrl"]>,
  surroundings: Surroundings,
): () => Promise<CtrlOptions> {
  return async () => {
    const secret = await readSecret(password, "xmail.ctrl.password", surroundings);
    if (!tls) return { ...plain, password: secret };
    const { ca, ...rest } = tls;
    const authority =
      ca === undefined ? {} : { ca: await readNamedFile(ca, "xmail.ctrl.tls.ca", surroundings) };
    return { ...plain, password: secret, tls: { ...rest, ...authority } };
  };
}
