import { checkMailRoot } from "./check/mail-root.ts";
import { checkSecrets } from "./check/secrets.ts";
import { checkState } from "./check/state.ts";
import { parseConfig } from "./config/parse.ts";
import type { Config } from "./config/schema.ts";
import type { Surroundings } from "./config/secrets.ts";
import { fail, isAppError } from "./errors/error.ts";
import type { FetchHandler } from "./http/types.ts";
import { MASTER_GRANT } from "./kernel/actor.ts";
import { type Logger, SILENT } from "./kernel/context.ts";
import { recover } from "./kernel/recover.ts";
import type { Watch } from "./kernel/watch.ts";
import { type Later, later } from "./later.ts";
import { type LibraryOptions, libraryOver, type XMail } from "./library.ts";
import { openBackend } from "./open.ts";
import type { StorageWay } from "./open-storage.ts";
import { openWatch } from "./open-watch.ts";
import { createPanel } from "./panel.ts";
import { isPlugin, type Plugin } from "./plugins/plugin.ts";
import { serverProgram } from "./service/server-program.ts";
import { withProgram } from "./service/with-program.ts";
import { STATE_NEEDS, type State } from "./state/state.ts";
import { journalLater, stateLater } from "./state-later.ts";
import type { Storage } from "./storage/storage.ts";
import { checkRedis, type RedisWay, triesInRedis } from "./tries-later.ts";
import { secretSourcesOf, type Ways, waysOf, wayToXMail } from "./ways.ts";
import type { Backend } from "./xmail/backend.ts";
import type { Recovery } from "./xmail/change-set.ts";
import { byPart, type Finding, finding } from "./xmail/check.ts";

export interface SiteOptions extends Surroundings {
  /** Who acts when the library is called, in the audit log: `cli:root`. */
  readonly actorId?: string;
  readonly log?: Logger;
  /** Imports what the configuration names under `plugins`; `BAD_CONFIG` for plugins without. */
  importPlugin?(specifier: string): Promise<unknown>;
}

/** Everything a configuration describes. Nothing is connected before it is needed. */
export interface Site {
  readonly config: Config;
  readonly xmail: XMail;
  /** `null` when the configuration names no folder for it. */
  readonly state: State | null;
  readonly plugins: readonly Plugin[];
  /** Finishes or rolls back what a killed process left half done; also done before each change. */
  recover(): Promise<readonly Recovery[]>;
  /** `BAD_CONFIG` without `state`: nobody could sign in. */
  panel(): FetchHandler;
  close(): Promise<void>;
}

/**
 * From a configuration (checked text or `parseConfig`'s answer) to the product. Secrets are read at once: a wrong
 * reference is `BAD_CONFIG` here, a server that does not answer shows in the first call that needs it.
 */
export async function openSite(configuration: Config | string, options: SiteOptions): Promise<Site> {
  const config = typeof configuration === "string" ? parseConfig(configuration) : configuration;
  const ways = waysOf(config, options);
  await Promise.all([
    ways.mailRoot?.readSecrets(),
    ways.state?.readSecrets(),
    ways.redis?.(),
    ways.webhookSecret?.(),
  ]);
  return siteOf(config, ways, options);
}

async function siteOf(config: Config, ways: Ways, options: SiteOptions): Promise<Site> {
  const remembered = ways.state && rememberedBy(ways.state, config);
  const state = remembered?.state ?? null;
  const shared = remembered && ways.redis && triesInRedis(ways.redis, remembered, options.log);
  const id = options.actorId ?? "program";
  const plugins = await loadPlugins(config, options.importPlugin);
  const inWhoseName = (watch: Watch | null): LibraryOptions => ({
    actor: { id, name: id, grants: [MASTER_GRANT] },
    ...(state
      ? { audit: state.audit, history: state.history, people: state.people, groups: state.groups }
      : {}),
    ...(watch ? { watch } : {}),
    ...(options.log ? { log: options.log } : {}),
    plugins,
  });
  const way = await wayToXMail(ways);
  const journal = remembered && journalLater(remembered.place);
  const backend = await openBackend(
    way.ctrl && remembered && journal ? { ...way, journal, keep: remembered.place.get } : way,
  );
  const watch = state && (await watchOf(config, ways, { memory: state.watch, post: backend.post }));
  const xmail = libraryOver(
    knowingProgram(
      alsoChecking(backend, () => checkAround(config, options, remembered, ways.redis)),
      config,
      options,
    ),
    inWhoseName(watch),
  );
  return {
    config,
    xmail,
    state,
    plugins,
    recover: () =>
      recover({
        xmail: xmail.backend,
        log: options.log ?? SILENT,
        ...(state ? { history: state.history } : {}),
      }),
    panel() {
      const { host: _, port: __, ...panel } = config.panel ?? {};
      if (!state) return fail("BAD_CONFIG", "state is missing: the panel keeps its administrators there.");
      return createPanel(xmail, {
        ...panel,
        state,
        ...(shared ? { tries: shared.tries } : {}),
        ...(watch ? { watch } : {}),
        ...(options.log ? { log: options.log } : {}),
        ...(plugins.length > 0 ? { plugins } : {}),
      });
    },
    async close() {
      await xmail.close();
      await shared?.close();
      await state?.close();
    },
  };
}

/** Looks are kept wherever there is a state; who is told, the configuration says. */
async function watchOf(
  { watch = {}, panel }: Config,
  { webhookSecret }: Ways,
  means: Pick<Parameters<typeof openWatch>[1], "memory" | "post">,
): Promise<Watch> {
  const { webhook, queueMessages, queueHours, certificateDays, ...wishes } = watch;
  const secret = await webhookSecret?.();
  const bounds = Object.fromEntries(
    Object.entries({ queueMessages, queueHours, certificateDays }).filter(([, bound]) => bound !== undefined),
  );
  return openWatch(
    {
      ...wishes,
      bounds,
      ...(webhook ? { webhook: { url: webhook.url, ...(secret ? { secret } : {}) } } : {}),
    },
    { ...means, serverName: panel?.serverName ?? "xmailcfg", now: () => new Date() },
  );
}

/** What the configuration names under `plugins`. `BAD_CONFIG` for what cannot be loaded or is no plugin. */
export async function loadPlugins(
  { plugins: specifiers = [] }: Config,
  importPlugin?: (specifier: string) => Promise<unknown>,
): Promise<readonly Plugin[]> {
  if (specifiers.length === 0) return [];
  if (!importPlugin) return fail("BAD_CONFIG", "plugins: this program cannot load plugins.");
  return Promise.all(
    specifiers.map(async (specifier) => {
      const imported = await importPlugin(specifier).catch((cause: unknown) => {
        if (isAppError(cause)) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        return fail("BAD_CONFIG", `plugins: ${specifier} cannot be loaded: ${reason}`, { cause });
      });
      const { plugin } = imported as { readonly plugin?: unknown };
      if (isPlugin(plugin)) return plugin;
      return fail("BAD_CONFIG", `plugins: ${specifier} exports no plugin made by definePlugin().`);
    }),
  );
}

/**
 * Tests a configuration from end to end: whether it can be read, every connection, a scratch file in every storage.
 * What goes wrong is a finding; nothing is left behind, nothing of XMail is changed and nothing is written to the audit log.
 */
export async function checkConfiguration(
  configuration: string,
  options: SiteOptions,
): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = parseConfig(configuration);
  } catch (error) {
    return wrongConfiguration(error);
  }
  const read = finding("configuration", "configurationRead");
  const ways = waysOf(config, options);
  const noCtrl = await ctrlUnreadable(ways);
  if (noCtrl) return byPart([read, noCtrl, ...(await checkStorages(config, ways, options))]);
  let site: Site;
  try {
    site = await siteOf(config, ways, options);
  } catch (error) {
    return wrongConfiguration(error);
  }
  try {
    return [read, ...(await site.xmail.backend.server.check())];
  } finally {
    await site.close();
  }
}

function wrongConfiguration(error: unknown): Finding[] {
  if (!isAppError(error)) throw error;
  const reasons = error.fields.length > 0 ? error.fields.map(({ message }) => message) : [error.message];
  return reasons.map((reason) => finding("configuration", "configurationWrong", { reason }));
}

async function ctrlUnreadable({ ctrl }: Ways): Promise<Finding | null> {
  try {
    await ctrl?.();
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return finding("ctrl", "secretMissing", { reason: error.message });
  }
}

/** Without a password for the control port, the rest is looked at all the same. */
async function checkStorages(
  config: Config,
  { mailRoot, state, redis }: Ways,
  options: Surroundings,
): Promise<readonly Finding[]> {
  const remembered = state && rememberedBy(state, config);
  const files = mailRoot && later(mailRoot.open);
  const onDisk = files ? await checkMailRoot({ offline: false, open: files.get }) : [];
  const around = await checkAround(config, options, remembered, redis);
  await Promise.all([files?.close(), remembered?.state.close()]);
  return [...onDisk, ...around];
}

interface Remembered {
  readonly place: Later<Storage>;
  readonly state: State;
}

function rememberedBy({ open }: StorageWay, { history, audit }: Config): Remembered {
  const place = later(open);
  return {
    place,
    state: stateLater(place, { ...(history ? { history } : {}), ...(audit ? { audit } : {}) }),
  };
}

/** What XMail's side of the port cannot know of: the secrets' files, and where xmailcfg remembers things. */
async function checkAround(
  config: Config,
  options: Surroundings,
  remembered: Remembered | null,
  redis: RedisWay | null,
): Promise<readonly Finding[]> {
  const hidden = await checkSecrets(secretSourcesOf(config), options);
  const counted = redis && config.tries ? await checkRedis(config.tries.redis.host, redis) : [];
  const secrets = [...hidden, ...counted];
  if (!remembered) return secrets;
  const { place, state } = remembered;
  const kept = await checkState({
    needs: STATE_NEEDS,
    open: place.get,
    administrators: async () => (await state.people.list()).filter(({ role }) => role === "master").length,
  });
  return [...secrets, ...kept];
}

/** What only the configuration knows of XMail: how it is restarted, and started. */
function knowingProgram(
  backend: Backend,
  { xmail }: Config,
  { log = SILENT, readFile }: SiteOptions,
): Backend {
  const { restart, answerProgram, startOptions, startFile } = xmail;
  if ([restart, answerProgram, startOptions, startFile].every((given) => given === undefined)) return backend;
  const program = serverProgram({
    ...(restart ? { restart } : {}),
    ...(answerProgram ? { answerProgram } : {}),
    ...(startOptions === undefined ? {} : { startOptions }),
    ...(startFile === undefined ? {} : { readStartFile: () => readFile(startFile).catch(() => null) }),
    log: (details, message) => log.info(details, message),
  });
  return withProgram(backend, program);
}

function alsoChecking(backend: Backend, more: () => Promise<readonly Finding[]>): Backend {
  return {
    ...backend,
    server: {
      ...backend.server,
      check: async (call) => byPart([...(await backend.server.check(call)), ...(await more())]),
    },
  };
}
