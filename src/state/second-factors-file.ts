import { type Static, Type } from "../kernel/schema.ts";
import type { Storage } from "../storage/storage.ts";
import { type JsonFile, jsonFile } from "./json-file.ts";
import { SECRET_FILES } from "./secret-files.ts";

const closed = { additionalProperties: false };
const Text = Type.String();
const Digest = Type.String({ pattern: "^[0-9a-f]{64}$" });
const Sealed = Type.String({ pattern: "^[A-Za-z0-9_-]{38,}$" });

const Passkey = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    name: Text,
    createdAt: Text,
    lastUsedAt: Text,
    publicKey: Type.String({ pattern: "^[A-Za-z0-9_-]+$" }),
    counter: Type.Integer({ minimum: 0 }),
    transports: Type.Array(Text),
  },
  closed,
);
const Factors = Type.Object(
  {
    owner: Type.String({ minLength: 1 }),
    totp: Type.Union([Type.Object({ sealed: Sealed, lastStep: Type.Integer() }, closed), Type.Null()]),
    /** Handed out, and not confirmed by a code yet. */
    begun: Type.Union([Sealed, Type.Null()]),
    recovery: Type.Array(Digest),
    passkeys: Type.Array(Passkey),
  },
  closed,
);
const File = Type.Object({ version: Type.Literal(1), owners: Type.Array(Factors) }, closed);

/** What is kept of one owner. */
export type KeptFactors = Static<typeof Factors>;

export interface FactorsFile {
  of(owner: string): Promise<KeptFactors>;
  /** Reads, changes and writes what is one owner's under a lock. */
  change<R>(
    owner: string,
    change: (kept: KeptFactors) => { readonly kept: KeptFactors; readonly result: R },
  ): Promise<R>;
  /** Nothing is kept of those any more. */
  forget(gone: (owner: string) => boolean): Promise<void>;
}

/** `second-factors.json`, which only its owner may read. Who has nothing has no entry. */
export function factorsFile(storage: Storage): FactorsFile {
  const file: JsonFile<Static<typeof File>> = jsonFile(storage, SECRET_FILES.secondFactors, File, {
    version: 1 as const,
    owners: [],
  });
  return {
    of: async (owner) => entryOf((await file.read()).owners, owner),
    change: (owner, change) =>
      file.update(({ owners, ...rest }) => {
        const { kept, result } = change(entryOf(owners, owner));
        const others = owners.filter((one) => one.owner !== owner);
        return { content: { ...rest, owners: isEmpty(kept) ? others : [...others, kept] }, result };
      }),
    async forget(gone) {
      // Nearly always there is nobody, and no lock to wait for.
      if (!(await file.read()).owners.some(({ owner }) => gone(owner))) return;
      await file.update(({ owners, ...rest }) => ({
        content: { ...rest, owners: owners.filter(({ owner }) => !gone(owner)) },
        result: undefined,
      }));
    },
  };
}

function entryOf(owners: readonly KeptFactors[], owner: string): KeptFactors {
  const found = owners.find((one) => one.owner === owner);
  return found ?? { owner, totp: null, begun: null, recovery: [], passkeys: [] };
}

function isEmpty({ totp, begun, recovery, passkeys }: KeptFactors): boolean {
  return totp === null && begun === null && recovery.length + passkeys.length === 0;
}
