import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "./errors/secret.ts";
import type { FetchHandler } from "./http/types.ts";
import type { Logger } from "./kernel/context.ts";
import type { XMail } from "./library.ts";
import { openXMail } from "./open.ts";
import { openWatch } from "./open-watch.ts";
import { createPanel } from "./panel.ts";
import { DEMO_CTRL, seedDemo } from "./simulator/demo-root.ts";
import { seedStorm } from "./simulator/demo-storm.ts";
import { startSimulator } from "./simulator/simulator.ts";
import { openState } from "./state/state.ts";
import { local } from "./storage/local.ts";

export interface Demo {
  readonly panel: FetchHandler;
  readonly xmail: XMail;
  /** Folder of the MailRoot, for whoever wants to see the files change. */
  readonly mailRoot: string;
  readonly administrator: string;
  /** Made anew at every start. */
  readonly password: Secret;
  /** Stops the simulator and removes everything. */
  close(): Promise<void>;
}

const ADMINISTRATOR = "admin";
const PASSWORD_BYTES = 9;
const STORM = { seed: 1, account: "billing@example.com", spam: 2400, innocent: 21, others: 60 } as const;

/** The whole product over a simulated XMail in a temporary folder: what `npm start` shows. */
export async function openDemo({
  log,
  storm = false,
}: {
  readonly log?: Logger;
  /** Somebody guessed a password: the queue is full of spam, to practise on. */
  readonly storm?: boolean;
} = {}): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), "xmailcfg-demo-"));
  const mailRoot = join(folder, "MailRoot");
  const password = new Secret(randomBytes(PASSWORD_BYTES).toString("base64url"));
  await seedDemo(local(mailRoot));
  if (storm) await seedStorm(local(mailRoot), { ...STORM, now: new Date() });
  const simulator = await startSimulator({ storage: local(mailRoot) });
  const state = await openState(local(join(folder, "state")));
  await state.addAdministrator({ name: ADMINISTRATOR, password: password.reveal() });
  const xmail = await openXMail({
    storage: local(mailRoot),
    ctrl: { host: "127.0.0.1", port: simulator.port, ...DEMO_CTRL },
    audit: state.audit,
    history: state.history,
    ...(log ? { log } : {}),
  });
  const watch = openWatch(
    {},
    { memory: state.watch, post: xmail.backend.post, serverName: "demo", now: () => new Date() },
  );
  return {
    panel: createPanel(xmail, { state, watch, ...(log ? { log } : {}) }),
    xmail,
    mailRoot,
    administrator: ADMINISTRATOR,
    password,
    async close() {
      await xmail.close();
      await simulator.close();
      await state.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
