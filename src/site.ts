import { parseConfig } from "./config/parse.ts";
import type { Config } from "./config/schema.ts";
import { readSecret, type Surroundings } from "./config/secrets.ts";
import type { CtrlOptions } from "./ctrl/options.ts";
import { fail } from "./errors/error.ts";
import type { FetchHandler } from "./http/types.ts";
import { MASTER_GRANT } from "./kernel/actor.ts";
import type { Logger } from "./kernel/context.ts";
import type { LibraryOptions, XMail } from "./library.ts";
import { type OpenOptions, openXMail } from "./open.ts";
import { createPanel } from "./panel.ts";
import { openState, type State } from "./state/state.ts";
import { local } from "./storage/local.ts";

export interface SiteOptions extends Surroundings {
  /** Who acts when the library is called, in the audit log: `cli:root`. */
  readonly actorId?: string;
  readonly log?: Logger;
}

/** Everything a configuration describes, opened. */
export interface Site {
  readonly config: Config;
  readonly xmail: XMail;
  /** `null` when the configuration names no folder for it. */
  readonly state: State | null;
  /** `BAD_CONFIG` without `state`: nobody could sign in. */
  panel(): FetchHandler;
  close(): Promise<void>;
}

/** From a configuration (checked text or `parseConfig`'s answer) to the product. */
export async function openSite(configuration: Config | string, options: SiteOptions): Promise<Site> {
  const config = typeof configuration === "string" ? parseConfig(configuration) : configuration;
  const state = config.state === undefined ? null : await openState(local(config.state));
  const actor = {
    id: options.actorId ?? "program",
    name: options.actorId ?? "program",
    grants: [MASTER_GRANT],
  };
  const inWhoseName: LibraryOptions = {
    actor,
    ...(state ? { audit: state.audit } : {}),
    ...(options.log ? { log: options.log } : {}),
  };
  const xmail = await openXMail({ ...inWhoseName, ...(await wayToXMail(config, options)) });
  return {
    config,
    xmail,
    state,
    panel() {
      const { host: _, port: __, ...panel } = config.panel ?? {};
      if (!state) return fail("BAD_CONFIG", "state is missing: the panel keeps its administrators there.");
      return createPanel(xmail, { ...panel, state, ...(options.log ? { log: options.log } : {}) });
    },
    async close() {
      await xmail.close();
      await state?.close();
    },
  };
}

async function wayToXMail({ xmail }: Config, surroundings: Surroundings): Promise<OpenOptions> {
  const { mailRoot, ctrl, reads } = xmail;
  const storage = mailRoot === undefined ? null : local(mailRoot);
  if (!ctrl) return storage ? { storage, offline: true } : fail("BAD_CONFIG", "xmail.mailRoot is missing.");
  return {
    ctrl: await ctrlOptions(ctrl, surroundings),
    ...(storage ? { storage } : {}),
    ...(reads === undefined ? {} : { reads }),
  };
}

async function ctrlOptions(
  { password, tls, ...plain }: NonNullable<Config["xmail"]["ctrl"]>,
  surroundings: Surroundings,
): Promise<CtrlOptions> {
  const secret = await readSecret(password, "xmail.ctrl.password", surroundings);
  if (!tls) return { ...plain, password: secret };
  const { ca, ...rest } = tls;
  const authority = ca === undefined ? {} : { ca: await readAuthority(ca, surroundings) };
  return { ...plain, password: secret, tls: { ...rest, ...authority } };
}

async function readAuthority(path: string, { readFile }: Surroundings): Promise<string> {
  return readFile(path).catch((cause: unknown) =>
    fail("BAD_CONFIG", `xmail.ctrl.tls.ca: ${path} cannot be read.`, { cause }),
  );
}
