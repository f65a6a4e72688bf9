import type { Operation } from "../kernel/operation.ts";
import type { Static, TSchema } from "../kernel/schema.ts";
import type { OPERATIONS } from "./table.ts";

export interface RunOptions {
  readonly signal?: AbortSignal;
}

type Method<T, Options> =
  T extends Operation<infer I extends TSchema, infer O extends TSchema>
    ? Record<never, never> extends Static<I>
      ? (input?: Static<I>, options?: Options) => Promise<Static<O>>
      : (input: Static<I>, options?: Options) => Promise<Static<O>>
    : never;

/** Any table of operations as methods. */
export type Nouns<T, Options> = {
  readonly [N in keyof T]: { readonly [V in keyof T[N]]: Method<T[N][V], Options> };
};

/** The operation table as methods: `account.add({ … })`. The library and the HTTP client are both this. */
export type TableMethods<Options = RunOptions> = Nouns<typeof OPERATIONS, Options>;
