import { fail, failField } from "../../errors/error.ts";
import { mayReach } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { SERVER, type Target } from "../../kernel/target.ts";
import { entriesOf, tableIn } from "../../settings/entries.ts";
import {
  HARMLESS_STEPS,
  isProgram,
  type MailStep,
  PROGRAM_STEPS,
  type StepName,
  stepCells,
  stepOf,
} from "../../settings/mail-steps.ts";
import { foldName } from "../../xmail/names.ts";
import { refuseNewPrograms } from "../program-fields.ts";
import { fitting } from "../rows/fitting.ts";
import { type RowOperations, rowOperations } from "../rows/row-operations.ts";
import type { Fields, RowsChange, Values } from "../rows/row-table.ts";
import { type Ending, refuseUnfit, stepFields } from "./step-fields.ts";

interface StepTable<K extends Fields> {
  readonly noun: string;
  readonly one: string;
  readonly http: `/${string}`;
  readonly format: { readonly comments: boolean; readonly lineBuffer: number };
  readonly key: K;
  readonly ending: Ending;
  target(key: Values<K>): Target;
  place(ctx: Context, key: Values<K>): string | Promise<string>;
  /** What has to be typed when mail would be lost; `null` when it is not. */
  losing?(after: readonly MailStep[], key: Values<K>): string | null;
  /** Further refusals. */
  guard?(ctx: Context, after: readonly MailStep[], key: Values<K>): void;
}

type Parts = ReturnType<typeof stepFields>;

interface Answer {
  readonly entry: MailStep | null;
  readonly text: string;
}
interface Asked {
  readonly id: string;
  readonly before?: string | null;
}

/**
 * The operations of one list of steps. What starts a program has operations of its own, whose target is the server; who
 * may not use them sees no command line, and cannot touch or step over a program with the others.
 */
export function stepOperations<const K extends Fields>(table: StepTable<K>) {
  const { noun, one, http, format, key, ending, target, place } = table;
  const known: readonly StepName[] = [
    ...HARMLESS_STEPS.filter((step) => step !== (ending === "smtp" ? "mailbox" : "smtp")),
    ...PROGRAM_STEPS,
  ];
  const fields = stepFields(ending);
  const read = (cells: readonly string[]) =>
    fitting(fields.all, stepOf(cells, known) as Readonly<Record<string, unknown>> | null);

  function write(values: unknown, was: readonly string[] | null): string[] {
    const step = values as MailStep;
    refuseUnfit(step, was && stepOf(was, known));
    return stepCells(step);
  }

  function guard(ctx: Context, { before, after, confirm }: RowsChange<Fields>, given: Values<K>): void {
    const [was, is] = [before, after] as unknown as [readonly MailStep[], readonly MailStep[]];
    refuseNewPrograms(programsIn(was), programsIn(is));
    table.guard?.(ctx, is, given);
    const typed = table.losing?.(is, given) ?? null;
    if (typed === null || table.losing?.(was, given)) return;
    if (foldName((confirm ?? "").trim()) === foldName(typed)) return;
    failField(
      "confirm",
      "confirm",
      `Mail would be lost: no step stores it or sends it on. Type ${typed}.`,
      typed,
    );
  }

  const common = {
    noun,
    many: `${one}s`,
    one,
    format,
    key,
    secrets: [],
    switchable: true,
    emptied: "remove",
    errors: ["ACCOUNT_NOT_FOUND", "FORBIDDEN"],
    place: place as (ctx: Context, key: unknown) => string | Promise<string>,
    write,
    guard,
  } as const;
  const all = rowOperations({
    ...common,
    http,
    fields: fields.all,
    read,
    target,
  } as never) as unknown as RowOperations<K, Parts["all"], never>;
  const harmless = rowOperations({
    ...common,
    http,
    fields: fields.harmless,
    read,
    target,
  } as never) as unknown as RowOperations<K, Parts["harmless"], never>;
  const program = rowOperations({
    ...common,
    one: `${one} that starts a program`,
    http: `${http}/programs`,
    fields: fields.program,
    read,
    target: () => SERVER,
  } as never) as unknown as RowOperations<K, Parts["program"], never>;

  async function entriesAt(ctx: Context, input: unknown) {
    const bytes = await ctx.xmail.files.read(await place(ctx, input as Values<K>), ctx);
    return entriesOf(tableIn(bytes, format), (cells) => read(cells) !== null);
  }

  /** Who may not write programs may not move, change or remove one, nor bring a step to its other side. */
  async function refusePrograms(ctx: Context, input: unknown): Promise<void> {
    if (ctx.sees(SERVER)) return;
    const { id, before } = input as Asked;
    const entries = await entriesAt(ctx, input);
    const at = entries.findIndex((entry) => entry.id === id);
    const to =
      before === undefined
        ? at
        : before === null
          ? entries.length
          : entries.findIndex((entry) => entry.id === before);
    const touched = entries.slice(Math.min(at, to), Math.max(at + 1, to));
    if (touched.some(({ cells }) => isProgramLine(cells)))
      fail("FORBIDDEN", "A step that starts a program is the master's.");
  }

  function seen<T extends Answer>(ctx: Context, row: T): T {
    if (ctx.sees(SERVER) && mayReach(ctx.actor, `${noun}.list`, SERVER)) return row;
    const { entry } = row;
    if (entry === null) return { ...row, text: row.text === "" ? "" : "***" };
    return isProgram(entry) ? { ...row, entry: { ...entry, program: "***", arguments: [] } } : row;
  }

  type Any = Parameters<typeof defineOperation>[0];
  const guarded = <O>(operation: O): O => {
    const { handler, ...rest } = operation as unknown as Any;
    return defineOperation({
      ...rest,
      async handler(ctx, input) {
        if (isChangeOf(input)) await refusePrograms(ctx, input);
        return shownTo(ctx, await handler(ctx, input));
      },
    } as Any) as unknown as O;
  };
  const shownTo = (ctx: Context, output: unknown): unknown => {
    const { items } = output as { items?: readonly Answer[] };
    if (items) return { ...(output as object), items: items.map((row) => seen(ctx, row)) };
    return "entry" in (output as object) ? seen(ctx, output as Answer) : output;
  };
  const named = <O>(operation: O, verb: string): O =>
    defineOperation({ ...(operation as unknown as Any), name: `${noun}.${verb}` } as Any) as unknown as O;

  return {
    list: guarded(all.list),
    add: guarded(harmless.add),
    change: guarded(harmless.change),
    addProgram: named(program.add, "addProgram"),
    changeProgram: named(program.change, "changeProgram"),
    remove: guarded(all.remove),
    move: guarded(all.move),
    turn: guarded(all.turn),
  };
}

function isChangeOf(input: unknown): boolean {
  return typeof (input as Partial<Asked>).id === "string";
}

/** Also a line that XMail would not run as it stands: nobody shall mend it who may not write one. */
function isProgramLine([name = ""]: readonly string[]): boolean {
  return PROGRAM_STEPS.some((step) => step === name.toLowerCase());
}

function programsIn(steps: readonly MailStep[]) {
  return steps.flatMap(({ program, arguments: given = [] }) =>
    program === undefined ? [] : [{ program, arguments: given }],
  );
}
