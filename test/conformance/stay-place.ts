import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAnswer, startProgram, type Variables, variablesOf } from "./cgi-server.ts";
import type { Sent } from "./host-suite.ts";

const SCRIPT = "/cgi-bin/xmailcfg.cgi";
const PATIENCE_MS = 60_000;

/** A configuration with a state folder of its own: processes that stay for it are met by nobody else. */
export function openPlace(program: string, seconds = 60, more: object = {}) {
  const top = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-stay-"));
  const state = join(top, "state");
  const folder = join(state, "stay");
  const configuration = join(top, "configuration.json");
  mkdirSync(state);
  writeFileSync(configuration, JSON.stringify({ panel: { stay: seconds }, state, ...more }));
  const variables = (sent: Sent): Variables => ({
    ...variablesOf(sent, SCRIPT),
    XMAILCFG_CONFIG: configuration,
  });
  const start = (path: string, { method = "GET", ...more }: Variables = {}, file = program) => {
    const begun = startProgram(file, { ...variables({ method, path, headers: {} }), ...more });
    begun.child.stdin.end();
    return begun;
  };
  const ask = async (path: string, more: Variables = {}, file = program) => {
    const { child, ended } = start(path, more, file);
    const { code, out, err } = await ended;
    return {
      own: child.pid,
      code,
      err,
      ...readAnswer(out),
      text: Buffer.from(readAnswer(out).body).toString(),
    };
  };
  return {
    top,
    folder,
    configuration,
    variables,
    start,
    ask,
    /** Who answered: the program itself, or a process that stayed. */
    async who(more: Variables = {}, file = program) {
      const { own, text, err } = await ask("/echo/process", more, file);
      const told = JSON.parse(text) as Told;
      return { ...told, itself: told.id === own, err };
    },
    /** Id of the process that stays, when it does. */
    async stayed(file = program): Promise<number> {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
        const { id, itself } = await this.who({}, file);
        if (!itself) return id;
      }
      throw new Error("nobody stayed");
    },
    processes: () => processesAt(folder),
    async close() {
      for (const id of processesAt(folder)) process.kill(id, "SIGKILL");
      await until(() => processesAt(folder).length === 0);
      rmSync(top, { recursive: true, force: true });
    },
  };
}

export type Place = ReturnType<typeof openPlace>;

interface Told {
  readonly id: number;
  readonly environment: readonly string[];
  readonly user?: string;
  readonly url: string;
  readonly cookie: string | null;
  readonly language: string | null;
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(20)) {
    if (Date.now() > end) throw new Error(`still not: ${holds}`);
  }
}

/** The processes that were started to stay in this folder. */
export function processesAt(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const line = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
        return line.includes(folder) && line.some((part) => part.endsWith("/xmailcfg-stay.cjs"));
      } catch {
        return false;
      }
    })
    .map(Number);
}
