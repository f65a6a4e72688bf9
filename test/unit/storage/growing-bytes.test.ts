import { expect, test } from "vitest";
import { grown } from "../../../src/storage/growing-bytes.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const text = (of: Uint8Array) => Buffer.from(of).toString();

test("grows, and leaves every earlier state as it was", () => {
  const states: Uint8Array[] = [bytes("a")];
  for (let i = 0; i < 100; i += 1) states.push(grown(states.at(-1) ?? bytes(""), bytes(String(i % 10))));
  for (const [i, state] of states.entries()) expect(text(state)).toHaveLength(i + 1);
  expect(text(states[10] ?? bytes(""))).toBe("a0123456789".slice(0, 11));
});

test("two that grow the same bytes do not meet", () => {
  const common = grown(bytes("abc"), bytes("d"));
  const one = grown(common, bytes("1"));
  const two = grown(common, bytes("22"));
  expect([text(common), text(one), text(two)]).toEqual(["abcd", "abcd1", "abcd22"]);
});
