import type { Entrance } from "../http/types.ts";
import type { Person, Role } from "../kernel/people.ts";
import { below } from "../kernel/people-below.ts";

const MASTERS: readonly Role[] = ["master", "auditor", "guest"];

/** Whether people of his kind come in there, and he himself, where it is one person's. */
export function isFor({ kind, person: of }: Entrance, person: Person, people: readonly Person[]): boolean {
  if (kind === "owners") return false;
  if (MASTERS.includes(person.role) !== (kind === "master")) return false;
  return of === undefined || below(people, of).some(({ id }) => id === person.id);
}

/** Not disabled and within his days, and so everybody above him. */
export function isOpen(person: Person, people: readonly Person[], now: Date): boolean {
  const seen = new Set<string>();
  for (let one: Person | undefined = person; one; ) {
    if (seen.has(one.id) || !isOpenHimself(one, now)) return false;
    seen.add(one.id);
    const { parent }: Person = one;
    if (parent === "") return true;
    one = people.find(({ id }) => id === parent);
  }
  return false;
}

function isOpenHimself({ disabled, validFrom, validUntil }: Person, now: Date): boolean {
  const day = dayOf(now);
  return !disabled && (validFrom === "" || validFrom <= day) && (validUntil === "" || day <= validUntil);
}

/** A day like `2026-11-30`, on the clock of this machine. */
export function dayOf(now: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** From anywhere, where no network is named; an address nobody knows is in none. */
export async function comesFrom(networks: readonly string[], address: string | undefined): Promise<boolean> {
  if (networks.length === 0) return true;
  if (address === undefined) return false;
  const { isInNetworks } = await import("./networks.ts");
  return isInNetworks(networks, address);
}
