import { beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../src/errors/error.ts";
import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import { type AnyOperation, defineOperation } from "../../src/kernel/operation.ts";
import { problemsOf, Type } from "../../src/kernel/schema.ts";
import { PEOPLE } from "../../src/kernel/target.ts";
import { mailboxesOver } from "../../src/mailbox/mailboxes-over.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { goodInput, type Input, type Json, sampleOf } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { actorNamed, peopleTree } from "../support/people-tree.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { callOn } from "../table/call.ts";
import { generatedTexts } from "./generated-text.ts";
import { HEAD, HOSTILE, type Place, placesOf, TAIL, TEXTS } from "./hostile-text.ts";

/** Where a text of many lines may stand, too: it is kept in JSON. */
const OURS = ALL_OPERATIONS.filter(({ ofOurs, input }) => ofOurs && allPlaces(input as Json).length > 0);
const SLOW = 120_000;

let world: Bytes;
const kept = new Set<string>();
const done = new Set<string>();
beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
  await peopleTree();
}, SLOW);

function allPlaces(schema: Json): Place[] {
  const long = Object.entries(schema.properties ?? {}).filter(([, { "x-text": isLong }]) => isLong);
  const texts = long.map(
    ([field, property]): Place => ({
      name: field,
      schema: property,
      put: (input, text) => ({ ...input, [field]: text }),
    }),
  );
  return [...placesOf(schema), ...texts];
}

/** Whom an operation is about, and what else no rule of its fields tells. */
function peopleInput(operation: AnyOperation): Input {
  const { properties = {}, required = [] } = operation.input as Json;
  const [noun = ""] = operation.name.split(".");
  const known: Input = {
    person: { administrator: "looker", listAdministrator: "clerk" }[noun] ?? "lower",
    name: "fresh.name",
    password: "Quiet-river-1978",
    currentPassword: "Quiet-river-1977",
    lists: ["news@example.com"],
    domains: ["example.com"],
    kind: "domainAdmin",
    content: "hana@example.com\texample.com",
    secondFactorFor: ["guest"],
    group: "anybody",
  };
  return Object.fromEntries(
    required.map((field) => [field, known[field] ?? sampleOf(properties[field] ?? {})]),
  );
}

async function ground(): Promise<{ call: Call; bytes(): Promise<Bytes>; root(): Promise<Bytes> }> {
  const storage = await copyOf(world);
  const { state, bytes } = await peopleTree();
  const { people, groups, audit, history } = state;
  // Made when it is first needed, whatever comes of it.
  await state.sessionKey();
  const backend = await openTabBackend({ storage });
  const call = {
    ...callOn({ ...backend, mailboxes: mailboxesOver(storage, backend.accounts) }),
    ...{ people, groups, audit, history, operations: ALL_OPERATIONS, reason: "to see" },
    actor: await actorNamed(people, "boss"),
  };
  return { call, bytes, root: () => everything(storage) };
}

/** What the text may have become: without blanks around it, with our line ends, in small letters, an address in two parts. */
function formsOf(text: string): string[] {
  const lines = text.replace(/\r\n?/g, "\n");
  const plain = [text, text.trim(), lines.trimEnd(), lines.trim()];
  const names = plain.map((one) => one.slice(0, one.lastIndexOf("@")));
  return [...plain, ...names, ...[...plain, ...names].map((one) => one.toLowerCase())];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...stringsIn(one)]);
}

/** All texts in what is kept. Throws where a file is no JSON any more. */
function textsKept(files: Bytes): string[] {
  return Object.entries(files).flatMap(([path, latin1]) => {
    const text = Buffer.from(latin1, "latin1").toString("utf8");
    if (path.endsWith(".jsonl"))
      return text.split("\n").flatMap((line) => (line === "" ? [] : stringsIn(JSON.parse(line))));
    return path.endsWith(".json") ? stringsIn(JSON.parse(text)) : [];
  });
}

/** A text for the place which its schema takes: harmless ends, and `between` in the first form that fits. */
function fitting(
  operation: AnyOperation,
  place: Place,
  good: Input,
  between: string,
  mark: string,
): string | null {
  for (const { hostile } of TEXTS) {
    const text = hostile(mark + between);
    if (problemsOf(operation.input, place.put(good, text)).length === 0) return text;
  }
  return null;
}

/** Does it with as many hostile texts as it takes at once; resolves what is wrong afterwards. */
async function faultsAfter(
  operation: AnyOperation,
  texts: ReadonlyMap<Place, string>,
  good: Input,
): Promise<string[]> {
  const { call, bytes, root } = await ground();
  const [before, rootBefore] = [await bytes(), await root()];
  const left = new Map(texts);
  for (;;) {
    const input = [...left].reduce((all, [place, text]) => place.put(all, text), good);
    try {
      await invokeAny(operation, call, input);
      done.add(operation.name);
      break;
    } catch (error) {
      if (!isAppError(error) || error.code === "INTERNAL") throw error;
      const now = withoutLogs(await bytes());
      if (JSON.stringify(now) !== JSON.stringify(withoutLogs(before)))
        return [`${error.code}, and something changed`];
      const blamed = [...left.keys()].filter((place) =>
        error.fields.some(({ field }) => place.name.startsWith(field)),
      );
      const out = blamed.length > 0 ? blamed : [...left.keys()].slice(0, 1);
      if (out.length === 0) return [];
      for (const place of out) left.delete(place);
    }
  }
  const after = await bytes();
  const strings = textsKept(withoutLogs(after));
  const faults = [...left].flatMap(([place, text]) => {
    const bearing = strings.filter((one) => one.toLowerCase().includes(markIn(text)));
    if (bearing.length > 0) kept.add(`${operation.name} ${place.name}`);
    if (place.schema.writeOnly)
      return bearing.map((one) => `${place.name} is kept as ${JSON.stringify(one)}`);
    return bearing
      .filter((one) => !formsOf(text).includes(one))
      .map((one) => `${place.name}: ${JSON.stringify(one)} instead of ${JSON.stringify(text)}`);
  });
  textsKept(after);
  const verdict = await call.audit.reading?.verify();
  return [
    ...faults,
    ...(JSON.stringify(await root()) === JSON.stringify(rootBefore) ? [] : ["XMail's files changed"]),
    ...(verdict && verdict.faults.length > 0 ? ["the audit log does not verify"] : []),
  ];
}

function markIn(text: string): string {
  return new RegExp(`${HEAD}\\d+q`).exec(text)?.[0] ?? text;
}

function withoutLogs(files: Bytes): Bytes {
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !/^(?:audit|history|changes|\.xmailcfg)\//.test(path)),
  );
}

async function faultsOf(operation: AnyOperation, rounds = 5): Promise<string[]> {
  const { call } = await ground();
  const good = (await goodInput(operation, call, ALL_OPERATIONS)) ?? peopleInput(operation);
  const places = allPlaces(operation.input as Json);
  const faults: string[] = [];
  const lists = places.map((place) => [
    ...generatedTexts(`${operation.name} ${place.name}`, rounds),
    ...HOSTILE,
  ]);
  for (let round = 0; round < rounds; round += 1) {
    const texts = new Map<Place, string>();
    for (const [at, place] of places.entries()) {
      // Of what was made up, the next that the schema takes at all; else one of those that are always tried.
      const list = lists[at] ?? [];
      for (let next = list.shift(); next !== undefined; next = list.shift()) {
        const text = fitting(operation, place, good, next, `${at}q`);
        if (text === null) continue;
        texts.set(place, text);
        break;
      }
    }
    if (texts.size === 0) break;
    faults.push(...(await faultsAfter(operation, texts, good)));
  }
  return faults;
}

test.each(OURS.map((operation) => [operation.name, operation] as const))(
  "%s keeps what reads back, and changes nothing when it refuses",
  { timeout: SLOW },
  async (_, operation) => {
    expect(await faultsOf(operation)).toEqual([]);
  },
);

/** Their only text says which one is meant, or is a code: a hostile one is nobody's, and has to be refused. */
const ONLY_WHICH = [
  "account.resetFactors",
  "me.confirmTotp",
  "me.removePasskey",
  "person.suspend",
  "person.resume",
  "person.resetPassword",
  "person.endSessions",
  "person.remove",
  "apiKey.remove",
];

test("that proves something: all others were done, and many texts were kept", () => {
  expect(OURS.length).toBeGreaterThan(20);
  expect(
    OURS.map(({ name }) => name).filter((name) => !done.has(name) && !ONLY_WHICH.includes(name)),
  ).toEqual([]);
  expect(kept.size).toBeGreaterThan(15);
});

describe("a planted fault is reported", () => {
  const planted = (memo: (text: string) => string) =>
    defineOperation({
      name: "planted.set",
      summary: "Keep a note",
      effect: "write",
      input: Type.Object({ memo: Type.String({ maxLength: 5000 }) }, { additionalProperties: false }),
      output: Type.Object({}, { additionalProperties: false }),
      errors: [],
      http: null,
      ofOurs: true,
      target: () => PEOPLE,
      async handler({ people, actor }, input) {
        await people?.change(actor.id, (one) => ({ ...one, memo: memo(input.memo) }));
        return {};
      },
    }) as AnyOperation;

  test.each<[string, (text: string) => string, RegExp]>([
    ["a text is cut at a line end", (text) => text.split(/[\r\n]/)[0] ?? "", /instead of/],
    ["a quote is doubled", (text) => text.replaceAll('"', '""'), /instead of/],
    ["half a letter becomes another", (text) => text.toWellFormed(), /instead of/],
  ])("%s", { timeout: SLOW }, async (_, memo, says) => {
    expect((await faultsOf(planted(memo), 24)).join("\n")).toMatch(says);
    expect(TAIL).not.toBe("");
  });

  test("and nothing where nothing is wrong", { timeout: SLOW }, async () => {
    expect(
      (
        await faultsOf(
          planted((text) => text),
          8,
        )
      ).filter((one) => !/\\ud[89a-f]/i.test(one)),
    ).toEqual([]);
  });
});
