import { type TSchema, Type } from "../kernel/schema.ts";
import { LOOKED_AT, NUMBERS, PROBLEMS, type WatchKept } from "../kernel/watch.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { jsonFile } from "./json-file.ts";

const closed = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const oneOf = (all: readonly string[]) => Type.Union(all.map((one) => Type.Literal(one)));
const Code = oneOf(Object.keys(PROBLEMS));
const Amount = Type.Integer({ minimum: 0 });
const Which = { code: Code, about: Type.String() };

const WatchFile = closed({
  version: Type.Literal(1),
  look: Type.Union([
    Type.Null(),
    closed({
      at: Type.String(),
      problems: Type.Array(closed({ ...Which, value: Amount, bound: Amount })),
      numbers: closed(
        Object.fromEntries(NUMBERS.map((name) => [name, Type.Union([Type.Null(), Type.Integer()])])),
      ),
      unknown: Type.Array(oneOf(LOOKED_AT)),
    }),
  ]),
  told: Type.Record(Type.String(), Type.Array(closed(Which))),
});

/** What watching keeps of its looks. */
export interface WatchMemory {
  read(): Promise<WatchKept>;
  keep(change: (kept: WatchKept) => WatchKept): Promise<void>;
}

/** `watch.json`. */
export function watchMemoryIn(storage: Storage): WatchMemory {
  const empty = { version: 1 as const, look: null, told: {} };
  const file = jsonFile(storage, storagePath("watch.json"), WatchFile, empty);
  return {
    read: async () => keptIn(await file.read()),
    keep: (change) =>
      file.update((content) => ({
        content: { version: 1, ...change(keptIn(content)) } as typeof content,
        result: undefined,
      })),
  };
}

/** The schema has checked it. */
function keptIn({ version: _, ...kept }: { readonly version: 1 }): WatchKept {
  return kept as unknown as WatchKept;
}
