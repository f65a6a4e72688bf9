import type { Entrance, Entrances } from "../http/types.ts";
import type { People, Person } from "../kernel/people.ts";

/** Last parts of the addresses that many share; `false` for none. */
export interface DoorOptions {
  /** Of delegated administrators and list administrators; default `office`. */
  readonly delegates?: string | false;
  /** Of account owners; default `mailbox`. */
  readonly owners?: string | false;
}

const DEFAULT_DOORS = { delegates: "office", owners: "mailbox" } as const;

/** The entrances besides the panel's own address: two that many share, and those of single delegations. */
export function entrancesOf(people: People, options: DoorOptions = {}): Entrances {
  const { delegates, owners } = { ...DEFAULT_DOORS, ...options };
  async function own(fits: (person: Person) => boolean): Promise<Entrance | null> {
    const person = (await people.list()).find((one) => one.role === "delegate" && fits(one));
    const look = person?.delegation?.door;
    if (!person || !look) return null;
    const base = look.slug === "" ? "" : `/at/${look.slug}`;
    return {
      kind: "delegates",
      base,
      audience: `delegates ${person.id} ${look.slug || look.host}`,
      person: person.id,
      look,
    };
  }
  return {
    async at(slug) {
      if (slug === owners) return { kind: "owners", base: `/at/${slug}`, audience: "owners" };
      if (slug === delegates) return { kind: "delegates", base: `/at/${slug}`, audience: "delegates" };
      return own(({ delegation }) => delegation?.door.slug === slug && slug !== "");
    },
    async on(host) {
      const found = await own(({ delegation }) => delegation?.door.host.toLowerCase() === host);
      return found && host !== "" ? { ...found, base: "" } : null;
    },
  };
}
