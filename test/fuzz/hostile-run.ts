import { expect } from "vitest";
import { isAppError } from "../../src/errors/error.ts";
import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { problemsOf } from "../../src/kernel/schema.ts";
import { goodInput, type Input, type Json } from "../support/good-inputs.ts";
import { type Bytes, differing } from "../support/whole-storage.ts";
import { csvPlacesOf } from "./csv-places.ts";
import { type Place, placesOf, TEXTS } from "./hostile-text.ts";
import { isKept, isTold } from "./read-back.ts";
import { splitFaults } from "./split.ts";

/** A little world that operations may change; `bytes` are those it was opened with. */
export interface Ground {
  readonly call: Call;
  readonly bytes: Bytes;
  now(): Promise<Bytes>;
  /** What is wrong with all that was sent to XMail since the last time. */
  sentFaults?(): string[];
  close(): Promise<void>;
}

/** What was found out on the way, so that a suite can show that it proves something. */
export interface Found {
  readonly stored: Set<string>;
  readonly readBack: Set<string>;
  /** Operations for which no good input was found. */
  readonly idle: string[];
}

interface Stored {
  readonly files: Bytes;
  /** Whether the text comes back from where it went. */
  readonly back: boolean;
}

/** Puts hostile texts into every place of an operation's input, one at a time. */
export function hostileRun(
  operations: readonly AnyOperation[],
  open: () => Promise<Ground>,
  textsFor: (where: string) => readonly string[],
  found: Found,
) {
  let ground: Ground | undefined;
  const here = async () => {
    ground ??= await open();
    return ground;
  };
  const leave = async () => {
    await ground?.close();
    ground = undefined;
  };

  /** `null` when the text was refused, and then nothing is changed. */
  async function withText(operation: AnyOperation, place: Place, good: Input, text: string) {
    const input = place.put(good, text);
    if (problemsOf(operation.input, input).length > 0) return null;
    const where = `${operation.name} ${place.name} ${JSON.stringify(text)}`;
    const { call, bytes, now, sentFaults } = await here();
    const outcome = await attempt(operation, call, input);
    expect(sentFaults?.() ?? [], where).toEqual([]);
    if (operation.effect === "read") return null;
    const files = await now();
    if (outcome === "refused") {
      expect(files, where).toEqual(bytes);
      return null;
    }
    const back = place.schema.writeOnly
      ? isKept(files, text)
      : await isTold(operation, call, operations, input, text);
    await leave();
    return { files, back };
  }

  /** The first form of which a harmless text is taken, and what it does. */
  async function harmless(operation: AnyOperation, place: Place, good: Input) {
    for (const form of TEXTS) {
      const control = await withText(operation, place, good, form.harmless);
      if (control) return { control, form };
    }
    return { control: null, form: TEXTS[0] as (typeof TEXTS)[number] };
  }

  async function one(operation: AnyOperation): Promise<void> {
    const good = await goodInput(operation, (await here()).call, operations);
    if (!good) found.idle.push(operation.name);
    for (const place of [...placesOf(operation.input as Json), ...csvPlacesOf(good ?? {})]) {
      const { control, form } = await harmless(operation, place, good ?? {});
      for (const between of textsFor(`${operation.name} ${place.name}`)) {
        const text = form.hostile(between);
        const before = (await here()).bytes;
        const after = await withText(operation, place, good ?? {}, text);
        if (!after || differing(after.files, before).length === 0) continue;
        found.stored.add(`${operation.name} ${place.name}`);
        compare(control, after, form.harmless, `${operation.name} ${place.name} ${JSON.stringify(text)}`);
        if (control?.back) found.readBack.add(`${operation.name} ${place.name}`);
      }
    }
    const { now, bytes } = await here();
    expect(await now()).toEqual(bytes);
  }
  return { one, leave };
}

function compare(control: Stored | null, after: Stored, text: string, where: string): void {
  expect(control, `${where} is taken, and nothing harmless`).not.toBeNull();
  if (!control) return;
  expect(splitFaults(control.files, after.files, text), where).toEqual([]);
  if (control.back) expect(after.back, `${where} reads back`).toBe(true);
}

async function attempt(operation: AnyOperation, call: Call, input: Input): Promise<"done" | "refused"> {
  try {
    await invokeAny(operation, call, input);
    return "done";
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL") throw error;
    return "refused";
  }
}
