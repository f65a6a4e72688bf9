import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import type { People, Person } from "../../../src/kernel/people.ts";
import { peopleBelow } from "../../../src/kernel/people-below.ts";
import { PEOPLE } from "../../../src/kernel/target.ts";

/** What a delegate who may hand on holds on people. */
const HOLDER = (id: string): Actor => ({ id, name: id, grants: [{ allow: ["*"], on: PEOPLE }] });

/** People of whom each was handed on to by somebody earlier, or by nobody; everything asked of them is noted. */
function peopleOf(parents: readonly number[]): { people: People; touched: string[] } {
  const all = parents.map((parent, at) => ({
    id: `p${at}`,
    name: `n${at}`,
    parent: parent < 0 ? "" : `p${parent}`,
  }));
  const touched: string[] = [];
  const note = (id: unknown) => void touched.push(String(id));
  const noting = (target: object): unknown =>
    new Proxy(target, {
      get: (_, name) => {
        if (name === "keys" || name === "factors") return noting({});
        return async (id: unknown) => note(id);
      },
      ownKeys: () => ["of", "beginTotp", "isCode", "removeTotp", "addPasskey", "forget"],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
  const people = {
    ...(noting({}) as object),
    list: async () => all as unknown as Person[],
    get: async (id: string) => all.find((one) => one.id === id) ?? null,
    named: async (name: string) => all.find((one) => one.name === name) ?? null,
    change: async (id: string) => note(id),
    setPassword: async (id: string) => note(id),
    remove: async (id: string) => note(id),
    takeSubdomain: async (id: string) => note(id),
    factors: noting({}),
    keys: {
      list: async () => all.map(({ id }) => ({ id: `k-${id}`, person: id })),
      add: async ({ person }: { person: string }) => note(person),
      remove: async (id: string) => note(id.slice(2)),
    },
    rehearsing: () => people,
  } as unknown as People;
  return { people, touched };
}

/** Those below somebody, counted in another way than the code does: up from each. */
function isBelow(parents: readonly number[], who: number, top: number): boolean {
  for (let at: number | undefined = who; at !== undefined && at >= 0; at = parents[at])
    if (at === top) return true;
  return false;
}

const trees = fc
  .array(fc.nat(), { minLength: 2, maxLength: 12 })
  .map((numbers) => numbers.map((number, at) => (at === 0 ? -1 : (number % (at + 1)) - 1)));

describe("people below somebody, in any tree", () => {
  test("are all that he sees and touches; others are as nobody", async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), fc.nat(), async (parents, a, b) => {
        const [me, other] = [a % parents.length, b % parents.length];
        const { people, touched } = peopleOf(parents);
        const mine = peopleBelow(people, HOLDER(`p${me}`));
        const id = `p${other}`;
        const ours = isBelow(parents, other, me);
        const seen = (await mine.list()).map((one) => one.id);
        expect(seen).toEqual(parents.flatMap((_, at) => (isBelow(parents, at, me) ? [`p${at}`] : [])));
        expect(await mine.get(id)).toEqual(ours ? expect.objectContaining({ id }) : null);
        expect(await mine.named(`n${other}`)).toEqual(ours ? expect.objectContaining({ id }) : null);
        const attempts = [
          mine.change(id, (person) => person),
          mine.setPassword(id, new Secret("x")),
          mine.remove(id),
          mine.keys.add({ person: id } as never),
          mine.keys.remove(`k-${id}`),
          mine.factors.beginTotp(id),
          mine.factors.removeTotp(id),
          mine.factors.of(id),
          mine.factors.isCode(id, "1", new Date(0)),
          mine.rehearsing().remove(id),
        ];
        const codes = (await Promise.allSettled(attempts)).map((one) =>
          one.status === "fulfilled" ? "ok" : (one.reason as { code: string }).code,
        );
        if (!ours) {
          expect(new Set(codes)).toEqual(new Set(["NOT_FOUND"]));
          expect(touched).toEqual([]);
        } else {
          expect(new Set(touched)).toEqual(new Set([id]));
          // Himself nobody removes.
          expect(codes.includes("FORBIDDEN")).toBe(other === me);
        }
      }),
    );
  });

  test("who hands on is above, whatever he says", async () => {
    const { people } = peopleOf([-1, 0, 0]);
    let given: { parent?: string } = {};
    const noting = { ...people, add: async (person: Person) => (given = person) } as unknown as People;
    await peopleBelow(noting, HOLDER("p1")).add({ parent: "p2" } as Person, new Secret("x"));
    expect(given.parent).toBe("p1");
  });
});
