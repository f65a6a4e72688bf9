import { type Static, type TSchema, Type } from "../kernel/schema.ts";
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
  // A list, because the lean schemas of the CGI program know no objects with names of any kind.
  told: Type.Array(closed({ way: Type.String(), problems: Type.Array(closed(Which)) })),
});

/** What watching keeps of its looks. */
export interface WatchMemory {
  read(): Promise<WatchKept>;
  keep(change: (kept: WatchKept) => WatchKept): Promise<void>;
}

/** `watch.json`. */
export function watchMemoryIn(storage: Storage): WatchMemory {
  const empty = { version: 1 as const, look: null, told: [] };
  const file = jsonFile(storage, storagePath("watch.json"), WatchFile, empty);
  return {
    read: async () => keptIn(await file.read()),
    keep: (change) =>
      file.update((content) => ({
        content: contentOf(change(keptIn(content))),
        result: undefined,
      })),
  };
}

type Content = Static<typeof WatchFile>;

/** The schema has checked it. */
function keptIn({ version: _, told, ...kept }: Content): WatchKept {
  const byWay = Object.fromEntries(told.map(({ way, problems }) => [way, problems]));
  return { ...kept, told: byWay } as unknown as WatchKept;
}

function contentOf({ told, ...kept }: WatchKept): Content {
  const list = Object.entries(told).map(([way, problems]) => ({ way, problems }));
  return { version: 1, ...kept, told: list } as unknown as Content;
}
