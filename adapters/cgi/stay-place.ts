import { lstatSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { configurationFiles } from "./configuration-file.ts";
import { PROGRAM } from "./load-program.ts";
import type { CgiEnvironment } from "./request-from-env.ts";

/** Where the processes of one program and one configuration meet. */
export interface StayPlace {
  /** In the state's folder; see `inOwnFolder`. */
  readonly folder: string;
  /** Of the socket: another one for every version of the program and of the configuration. */
  readonly name: string;
  /** Of the program. */
  readonly home: string;
  readonly configuration: string;
  readonly seconds: number;
}

/** `null` where nothing is to stay. What is wrong with a configuration the program itself says. */
export function stayPlace(env: CgiEnvironment, program: string, home: string): StayPlace | null {
  // Named pipes of Windows have no folder whose owner and mode could be looked at.
  if (process.platform === "win32") return null;
  try {
    const [configuration, text] = readFirst(configurationFiles(env, program));
    if (!text.includes('"stay"')) return null;
    const { panel, state } = JSON.parse(text);
    const seconds: unknown = panel?.stay;
    if (!Number.isInteger(seconds) || (seconds as number) <= 0) return null;
    // A state on another machine has no folder that a socket could be in; the configuration is refused then.
    if (typeof state !== "string" || !isAbsolute(state)) return null;
    const name = stayName(home, configuration);
    return { folder: join(state, "stay"), name, home, configuration, seconds: seconds as number };
  } catch {
    return null;
  }
}

/**
 * By what the files are, in what every language has of them and without a digest: to load one would cost more than all
 * the rest of asking.
 */
export function stayName(home: string, configuration: string): string {
  return [join(home, PROGRAM), configuration]
    .map((file) => {
      const { ino, size, mtimeMs } = statSync(file);
      return [ino, size, Math.floor(mtimeMs / 1_000)].join(".");
    })
    .join("-");
}

/** Tells also what was changed within a second. */
export function stayVersion(home: string, configuration: string): string {
  return [join(home, PROGRAM), configuration]
    .map((file) => {
      const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
      return [ino, size, mtimeNs, ctimeNs].join(".");
    })
    .join("-");
}

/**
 * Does `work` with the folder as the working directory: a name there is short enough for a socket, however long the
 * path, and what was looked at is what is used. `null` for a link, or a folder of somebody else or open to others.
 */
export function inOwnFolder<T>(folder: string, work: () => T): T | null {
  const seen = lstatSync(folder);
  if (!isOwn(seen)) return null;
  const back = process.cwd();
  process.chdir(folder);
  try {
    const here = lstatSync(".");
    return isOwn(here) && here.ino === seen.ino && here.dev === seen.dev ? work() : null;
  } finally {
    process.chdir(back);
  }
}

type Looked = ReturnType<typeof lstatSync> & object;

function isOwn(stat: Looked): boolean {
  return stat.isDirectory() && stat.uid === process.geteuid?.() && (Number(stat.mode) & 0o077) === 0;
}

/** In the working directory; whatever is no socket of ours is nobody. */
export function isOwnSocket(name: string): boolean {
  const stat = lstatSync(name, { throwIfNoEntry: false });
  return stat?.isSocket() === true && stat.uid === process.geteuid?.();
}

function readFirst(files: readonly string[]): readonly [string, string] {
  for (const file of files) {
    try {
      return [resolve(file), readFileSync(file, "utf8")];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new Error("no configuration");
}
