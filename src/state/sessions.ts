import { createHash } from "node:crypto";
import { Type } from "../kernel/schema.ts";
import type { Sessions } from "../kernel/sessions.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { jsonFile } from "./json-file.ts";

/** Digests of what was signed out, with the second in which it ends by itself; and how often owners' sessions were ended. */
const Kept = Type.Object(
  {
    version: Type.Literal(1),
    over: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
    generations: Type.Record(Type.String(), Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

/** `sessions.json`; small, because what would have ended by itself is left out with the next writing. */
export function sessionsIn(storage: Storage, { now }: { now(): Date }): Sessions {
  const nothing = { version: 1 as const, over: {}, generations: {} };
  const file = jsonFile(storage, storagePath("sessions.json"), Kept, nothing);
  return {
    async isOver(id) {
      return Object.hasOwn((await file.read()).over, digestOf(id));
    },
    async end(id, until) {
      const seconds = (at: Date) => Math.ceil(at.getTime() / 1000);
      await file.update(({ over, ...rest }) => {
        const still = Object.entries(over).filter(([, end]) => end > seconds(now()));
        return {
          content: { ...rest, over: Object.fromEntries([...still, [digestOf(id), seconds(until)]]) },
          result: undefined,
        };
      });
    },
    async generationOf({ domain, name }) {
      const { generations } = await file.read();
      const of = (key: string) => (Object.hasOwn(generations, key) ? (generations[key] ?? 0) : 0);
      return of(keyOf({ domain, name })) + of(keyOf({ domain }));
    },
    async endOwners(of) {
      const key = keyOf(of);
      await file.update(({ generations, ...rest }) => ({
        content: {
          ...rest,
          generations: {
            ...generations,
            [key]: (Object.hasOwn(generations, key) ? (generations[key] ?? 0) : 0) + 1,
          },
        },
        result: undefined,
      }));
    },
  };
}

/** With an @ also for a whole domain, so that no key is a name of JavaScript's own. */
function keyOf({ domain, name = "" }: { readonly domain: string; readonly name?: string }): string {
  return `${name}@${domain}`.toLowerCase();
}

/** The id itself is as good as the cookie for whoever has the key. */
function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url").slice(0, 22);
}
