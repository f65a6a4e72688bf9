import type { Operation } from "../kernel/operation.ts";
import type { Static, TSchema } from "../kernel/schema.ts";
import type { DryRunAnswer } from "./dry-run.ts";
import type { OPERATIONS } from "./table.ts";

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Changes nothing, and answers what would be changed. */
  readonly dryRun?: boolean;
  /** Why: one line for the history, 200 characters at most. */
  readonly reason?: string;
}

type Dry<Options> = Options & { readonly dryRun: true };
type InEarnest<Options> = Options & { readonly dryRun?: false };

/** With `dryRun: true` a method answers what would be, and what would be changed. */
interface Method<Input, Output, Options> {
  (input: Input, options: Dry<Options>): Promise<DryRunAnswer<Output>>;
  (input: Input, options?: InEarnest<Options>): Promise<Output>;
}

interface MethodWithoutInput<Input, Output, Options> {
  (input: Input | undefined, options: Dry<Options>): Promise<DryRunAnswer<Output>>;
  (input?: Input, options?: InEarnest<Options>): Promise<Output>;
}

type MethodOf<T, Options> =
  T extends Operation<infer I extends TSchema, infer O extends TSchema>
    ? Record<never, never> extends Static<I>
      ? MethodWithoutInput<Static<I>, Static<O>, Options>
      : Method<Static<I>, Static<O>, Options>
    : never;

/** Any table of operations as methods. */
export type Nouns<T, Options> = {
  readonly [N in keyof T]: { readonly [V in keyof T[N]]: MethodOf<T[N][V], Options> };
};

/** The operation table as methods: `account.add({ … })`. The library and the HTTP client are both this. */
export type TableMethods<Options = RunOptions> = Nouns<typeof OPERATIONS, Options>;
