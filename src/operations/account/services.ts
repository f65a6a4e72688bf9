import type { Variables } from "../../xmail/accounts.ts";

/**
 * Three variables of `user.tab` stop an account, and one of ours remembers what stood there before. XMail keeps
 * variables it does not know, so the memory lives where the state lives: one `uservarsset` writes both, and they can
 * never disagree.
 */
const RECEIVE = "ReceiveEnable";
const POP = "PopEnable";
const SEND = "SmtpPerms";
export const MEMORY = "XMailCFG-BeforeSuspend";

const STOPPED: ReadonlyMap<string, string> = new Map([
  [RECEIVE, "0"],
  [POP, "0"],
  [SEND, "0"],
]);

/** XMail reads a number: above 0 is on. Absent means on. */
function isOn(value: string | undefined): boolean {
  return value === undefined || Number.parseInt(value, 10) > 0;
}

export function isSuspended(variables: Variables): boolean {
  return variables.has(MEMORY);
}

export function servicesOf(variables: Variables): { receive: boolean; pop: boolean; send: boolean } {
  const perms = variables.get(SEND);
  return {
    receive: isOn(variables.get(RECEIVE)),
    pop: isOn(variables.get(POP)),
    // R is the right to relay; without the variable XMail's DefaultSmtpPerms decides, which has it unless changed.
    send: perms === undefined || perms.includes("R"),
  };
}

/** Changes that stop the account and remember what was set. */
export function suspension(variables: Variables): Map<string, string | null> {
  const memory = [...STOPPED.keys()].map((name) => {
    const value = variables.get(name);
    return value === undefined ? name : `${name}=${encodeURIComponent(value)}`;
  });
  return new Map<string, string | null>([...STOPPED, [MEMORY, memory.join(";")]]);
}

/**
 * Changes that put back what `suspension` found. What a damaged memory does not say goes back to XMail's default:
 * resuming must work whatever somebody wrote there.
 */
export function resumption(variables: Variables): Map<string, string | null> {
  const changes = new Map<string, string | null>([MEMORY, ...STOPPED.keys()].map((name) => [name, null]));
  for (const entry of (variables.get(MEMORY) ?? "").split(";")) {
    const [name = "", value] = entry.split("=");
    if (STOPPED.has(name) && value !== undefined) changes.set(name, decoded(value));
  }
  return changes;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Set now, these would be undone by the next resume. */
export function isStoppedBySuspension(name: string): boolean {
  return STOPPED.has(name);
}
