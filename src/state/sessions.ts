import { createHash } from "node:crypto";
import { Type } from "../kernel/schema.ts";
import type { Sessions } from "../kernel/sessions.ts";
import type { Storage } from "../storage/storage.ts";
import { jsonFile } from "./json-file.ts";
import { SECRET_FILES } from "./secret-files.ts";

const closed = { additionalProperties: false };
/** Digests of what was signed out, with the second in which it ends by itself; and how often owners' sessions were ended. */
const Kept = Type.Object(
  {
    version: Type.Literal(1),
    over: Type.Array(Type.Object({ session: Type.String(), until: Type.Integer({ minimum: 0 }) }, closed)),
    generations: Type.Array(
      Type.Object({ owner: Type.String(), count: Type.Integer({ minimum: 1 }) }, closed),
    ),
  },
  closed,
);

/** `sessions.json`; small, because what would have ended by itself is left out with the next writing. */
export function sessionsIn(storage: Storage, { now }: { now(): Date }): Sessions {
  const nothing = { version: 1 as const, over: [], generations: [] };
  const file = jsonFile(storage, SECRET_FILES.sessions, Kept, nothing);
  return {
    async isOver(id) {
      const session = digestOf(id);
      return (await file.read()).over.some((one) => one.session === session);
    },
    async end(id, until) {
      const seconds = (at: Date) => Math.ceil(at.getTime() / 1000);
      const ended = { session: digestOf(id), until: seconds(until) };
      await file.update(({ over, ...rest }) => ({
        content: { ...rest, over: [...over.filter((one) => one.until > seconds(now())), ended] },
        result: undefined,
      }));
    },
    async generationOf({ domain, name }) {
      const { generations } = await file.read();
      const keys = [keyOf({ domain, name }), keyOf({ domain })];
      return generations.reduce((sum, { owner, count }) => sum + (keys.includes(owner) ? count : 0), 0);
    },
    async endOwners(of) {
      const owner = keyOf(of);
      await file.update(({ generations, ...rest }) => {
        const others = generations.filter((one) => one.owner !== owner);
        const count = (generations.find((one) => one.owner === owner)?.count ?? 0) + 1;
        return { content: { ...rest, generations: [...others, { owner, count }] }, result: undefined };
      });
    },
  };
}

/** With an @ also for a whole domain: no account is called so. */
function keyOf({ domain, name = "" }: { readonly domain: string; readonly name?: string }): string {
  return `${name}@${domain}`.toLowerCase();
}

/** The id itself is as good as the cookie for whoever has the key. */
function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url").slice(0, 22);
}
