import { lstatSync, readdirSync, renameSync, statSync, unlinkSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { CgiProgram } from "./load-program.ts";
import { startingName } from "./stay-leave.ts";
import { inOwnFolder, type StayPlace, stayName, stayVersion } from "./stay-place.ts";
import { serveRequest } from "./stay-request.ts";
import { frame, KIND } from "./stay-wire.ts";

/** After these it makes place for a fresh one, whatever it may have gathered. */
const LIFE_MS = 60 * 60_000;
const MOST_REQUESTS = 10_000;
const MOST_BYTES = 512 * 1024 * 1024;
/** At a time; who comes beyond serves himself. */
const MOST_TOGETHER = 32;
/** For what is under way when it ends: as long as IIS gives a CGI program. */
const ENDING_MS = 15 * 60_000;
const LOOK_MS = 2_000;
/** What is older in the folder was left by a process that was killed. */
const STALE_MS = 2 * LIFE_MS;

/** Serves requests at `place` until it was idle for its seconds, its time is over, or it is no longer wanted there. */
export function stayServer(place: StayPlace, load: () => CgiProgram): void {
  const version = stayVersion(place.home, place.configuration);
  const program = load();
  const sockets = new Set<Socket>();
  let served = 0;
  let together = 0;
  let ending = false;
  let idle: NodeJS.Timeout | undefined;

  const server = createServer((socket) => {
    sockets.add(socket);
    clearTimeout(idle);
    let counts = false;
    void serveRequest(socket, program, {
      take: (env) => {
        counts =
          !ending && wanted() && together < MOST_TOGETHER && env["XMAILCFG_CONFIG"] === place.configuration;
        if (counts) together += 1;
        return counts;
      },
    }).finally(() => {
      sockets.delete(socket);
      if (counts) {
        together -= 1;
        served += 1;
      }
      if (served >= MOST_REQUESTS || process.memoryUsage.rss() > MOST_BYTES) end();
      rest();
    });
  });
  const own = listen(place, server);
  if (own === null) return;

  const wanted = () => {
    try {
      return isSame(place, own) && stayVersion(place.home, place.configuration) === version;
    } catch {
      // Removed, or out of reach.
      return false;
    }
  };
  const end = () => {
    if (ending) return;
    ending = true;
    // Nobody may find this one any more; who has begun is served to his end.
    if (isSame(place, own)) removeIfThere(join(place.folder, place.name));
    server.close();
    setTimeout(() => process.exit(1), ENDING_MS).unref();
  };
  const rest = () => {
    if (sockets.size > 0) return;
    if (ending) process.exit(0);
    clearTimeout(idle);
    idle = setTimeout(end, place.seconds * 1_000);
  };
  server.once("close", () => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
  setTimeout(end, LIFE_MS).unref();
  setInterval(() => wanted() || end(), LOOK_MS).unref();
  process.on("uncaughtException", (error) => {
    const told = frame(KIND.errors, Buffer.from(`${error?.stack ?? error}\n`));
    for (const socket of sockets) socket.end(told);
    end();
    setTimeout(() => process.exit(1), 100);
  });
  rest();
}

/** Listens first and then takes the name, so that nobody meets a socket at which nobody listens. */
function listen({ folder, name, home, configuration }: StayPlace, server: ReturnType<typeof createServer>) {
  const mask = process.umask(0o177);
  try {
    return inOwnFolder(folder, () => {
      if (stayName(home, configuration) !== name) return null;
      const mine = `${name}.${process.pid}`;
      removeIfThere(mine);
      server.listen(mine);
      renameSync(mine, name);
      removeStale();
      return lstatSync(name).ino;
    });
  } finally {
    process.umask(mask);
    removeIfThere(join(folder, startingName(name)));
  }
}

/** Whether the place is this process's still. */
function isSame({ folder, name }: StayPlace, own: number): boolean {
  return lstatSync(join(folder, name), { throwIfNoEntry: false })?.ino === own;
}

function removeStale(): void {
  for (const name of readdirSync(".")) {
    const { mtimeMs } = statSync(name, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > STALE_MS) removeIfThere(name);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
