import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { CtrlOptions } from "../../src/ctrl/options.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import type { Logger } from "../../src/kernel/context.ts";
import type { XMail } from "../../src/library.ts";
import { openXMail } from "../../src/open.ts";
import { createPanel } from "../../src/panel.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { openState, type State } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";

export const MODES = ["ctrl", "ctrl+files", "tab"] as const;
export type Mode = (typeof MODES)[number];

export interface World {
  readonly xmail: XMail;
  readonly panel: FetchHandler;
  readonly state: State;
  readonly mailRoot: string;
  /** How to reach the simulator. */
  readonly ctrl: CtrlOptions;
  /** All that was logged, as text. */
  readonly logged: string[];
  /** A request with the administrator's API key. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Every file below the MailRoot with the digest of its bytes; locks and indexes left out. */
  tree(): Record<string, string>;
  /** Every byte of the MailRoot and of the state, as text, for seeking markers. */
  everything(): string;
  close(): Promise<void>;
}

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

/** The whole product over a fresh MailRoot in a temporary folder: simulator, files, state, panel. */
export async function openWorld(mode: Mode): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-world-"));
  const mailRoot = join(folder, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain: "example.com", ctrl: CTRL });
  const simulator = mode === "tab" ? null : await startSimulator({ storage: local(mailRoot) });
  const state = await openState(local(join(folder, "state")));
  await state.addAdministrator({ name: "master", password: "Administrator-1" });
  const key = await state.addApiKey({ administrator: "master", name: "tests" });
  const logged: string[] = [];
  const log = recordingLogger(logged);
  const ctrl = { host: "127.0.0.1", port: simulator?.port ?? 1, ...CTRL };
  const xmail = await openXMail(
    mode === "tab"
      ? { storage: local(mailRoot), offline: true, audit: state.audit, log }
      : mode === "ctrl"
        ? { ctrl, keep: async () => local(join(folder, "state")), audit: state.audit, log }
        : { ctrl, storage: local(mailRoot), audit: state.audit, log },
  );
  const panel = createPanel(xmail, { state, log });
  return {
    xmail,
    panel,
    state,
    mailRoot,
    ctrl,
    logged,
    api: (method, path, body, headers = {}) =>
      panel(
        new Request(`http://127.0.0.1/api${path}`, {
          method,
          headers: {
            authorization: `Bearer ${key.reveal()}`,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      ),
    tree: () => treeOf(mailRoot),
    everything: () =>
      filesBelow(folder)
        .map((file) => readFileSync(file, "latin1"))
        .join("\n"),
    async close() {
      await xmail.close();
      await simulator?.close();
      await state.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function recordingLogger(lines: string[]): Logger {
  const write = (details: object, message: string) => void lines.push(`${message} ${asText(details)}`);
  return { debug: write, info: write, warn: write, error: write };
}

/** As a logger would print it, causes and own properties included. */
function asText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Error
      ? { ...inner, message: inner.message, stack: inner.stack, cause: inner.cause }
      : inner,
  );
}

function treeOf(root: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(root)
      .map((file) => [relative(root, file), file] as const)
      .filter(([name]) => !/^(?:\.xmailcfg|tabindex|tmp)[/\\]/.test(name))
      .map(([name, file]) => [name, createHash("sha256").update(readFileSync(file)).digest("hex")]),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
