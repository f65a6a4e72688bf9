import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { hasCode, isAppError } from "../../../src/errors/error.ts";
import { type Mode, openWorld, type World } from "../../conformance/world.ts";

/** Both ways in which settings that are only files are reached. */
export const WAYS: readonly Mode[] = ["tab", "ctrl"];

export interface Settings {
  readonly world: World;
  /** As latin1, so that every byte is seen. */
  text(path: string): string | null;
  put(path: string, text: string): void;
  gone(path: string): void;
}

export async function openSettings(mode: Mode): Promise<Settings> {
  const world = await openWorld(mode);
  const at = (path: string) => join(world.mailRoot, path);
  return {
    world,
    text: (path) => (existsSync(at(path)) ? readFileSync(at(path), "latin1") : null),
    put(path, text) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text, "latin1");
    },
    gone: (path) => rmSync(at(path), { force: true }),
  };
}

/** The call is refused for this field by this rule, and nothing in the MailRoot changed. */
export async function expectRefused(
  { world }: Settings,
  call: () => Promise<unknown>,
  field: string,
  rule: string,
): Promise<void> {
  const before = world.tree();
  const error = await call().then(
    () => null,
    (refusal: unknown) => refusal,
  );
  expect(hasCode(error, "INVALID_INPUT"), String(error)).toBe(true);
  const fields = isAppError(error) ? error.fields : [];
  expect(fields.map((one) => `${one.field} ${one.rule}`)).toContain(`${field} ${rule}`);
  expect(world.tree()).toEqual(before);
}

export function sample(path: string): string {
  return readFileSync(join("test/fixtures/xmail/samples", path), "latin1");
}
