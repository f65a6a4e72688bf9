import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, statSync, unlinkSync, writeSync } from "node:fs";
import { inOwnFolder, type StayPlace } from "./stay-place.ts";

/** What is started for later requests; beside the program. */
const STAYS = "xmailcfg-stay.cjs";
/** A start that took longer failed. */
const STARTING_MS = 15_000;

/** What the process needs of the environment it was started in. All else belongs to one request. */
const KEPT = /^(?:PATH|HOME|USER|LOGNAME|TMPDIR|TZ|LANG|LC_\w+|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)$/;

/**
 * Leaves a process behind for the requests to come. It holds no end of the web server's pipes and is in a session of its
 * own, so nobody waits for it. Of several at once one starts it. Never throws: the request is answered already.
 */
export function leaveProcess(place: StayPlace): void {
  try {
    makeFolder(place.folder);
    const first = inOwnFolder(place.folder, () => isFirst(startingName(place.name)));
    const { folder, name, home, configuration, seconds } = place;
    if (first === null) tell(`${folder} must be a folder of this user that nobody else may enter.`);
    if (!first) return;
    spawn(process.execPath, [`${home}/${STAYS}`, folder, name, configuration, String(seconds)], {
      cwd: home,
      detached: true,
      stdio: "ignore",
      env: Object.fromEntries(Object.entries(process.env).filter(([variable]) => KEPT.test(variable))),
    })
      .on("error", (error) => tell(error.message))
      .unref();
  } catch (error) {
    tell((error as Error).message);
  }
}

export function startingName(name: string): string {
  return `${name}.starting`;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function isFirst(name: string): boolean {
  for (let times = 0; times < 2; times += 1) {
    try {
      closeSync(openSync(name, "wx", 0o600));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const begun = statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun < STARTING_MS) return false;
    unlinkSync(name);
  }
  return false;
}

function tell(reason: string): void {
  const message = `panel.stay: no process can stay for later requests: ${reason}`;
  writeSync(2, `${JSON.stringify({ at: new Date(), program: "xmailcfg.cgi", level: "warn", message })}\n`);
}
