import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../../src/kernel/actor.ts";
import { invokeAny } from "../../../src/kernel/invoke.ts";
import { peopleBelow } from "../../../src/kernel/people-below.ts";
import { narrowedTo, ownerOf } from "../../../src/operations/roles.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { KEPT_PASSKEY } from "../../support/passkey.ts";
import { callOn } from "../../table/call.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

const HANA = { domain: "example.com", name: "hana" };
const HERS = "owner:hana@example.com";
const FACTOR = { totp: false, recoveryCodesLeft: 10, passkeys: 1 };
const NOTHING = { totp: false, recoveryCodesLeft: 0, passkeys: 0 };

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
  await world.ask("delegation.add", { name: "sato", domains: ["example.com"], password: PASSWORD });
  for (const domain of ["example.com", "example.org"]) {
    await world.state.people.factors.addPasskey(`owner:hana@${domain}`, KEPT_PASSKEY);
    await world.state.people.factors.newRecoveryCodes(`owner:hana@${domain}`);
  }
});

/** `done`, or the code. */
async function told(actor: Actor, operation: string, input: object, more: object = {}): Promise<string> {
  const found = ALL_OPERATIONS.find(({ name }) => name === operation);
  const call = { ...callOn(world.root.backend, actor), people: world.state.people, ...more };
  return invokeAny(found as never, call, input).then(
    () => "done",
    (error: { code: string }) => error.code,
  );
}

test("a passkey that is kept or removed ends his sessions but the one he asks by; one that is refused does not", async () => {
  const { people } = world.state;
  const { createdAt: _, lastUsedAt: __, ...passkey } = { ...KEPT_PASSKEY, id: "q" };
  const hers = async () => people.sessions.generationOf(HANA);
  const satos = async () => (await people.named("sato"))?.generation ?? 0;
  for (const [actor, generation] of [
    [await world.actor("sato"), satos],
    [ownerOf(HANA), hers],
  ] as const) {
    const stayed: number[] = [];
    const stay = { stay: async () => void stayed.push(await generation()) };
    const before = await generation();
    expect(await told(actor, "me.addPasskey", passkey, stay)).toBe("done");
    expect(await told(actor, "me.addPasskey", passkey, stay)).toBe("CONFLICT");
    expect(await told(actor, "me.removePasskey", { id: "none" }, stay)).toBe("NOT_FOUND");
    expect(stayed).toEqual([before + 1]);
    expect(await told(actor, "me.removePasskey", { id: "q" }, stay)).toBe("done");
    expect(stayed).toEqual([before + 1, before + 2]);
  }
});

describe("second factors of the owner of a mailbox", () => {
  test("are shown and taken away by who looks after the domain, with his sessions, in any spelling", async () => {
    const { factors, sessions } = world.state.people;
    const shouted = { domain: "Example.COM", name: "HANA" };
    expect(await world.ask("account.factors", shouted, "sato")).toEqual(FACTOR);
    const before = await sessions.generationOf(HANA);
    expect(await world.dryRun("account.resetFactors", HANA, "sato")).toEqual(HANA);
    expect(await world.ask("account.factors", HANA)).toEqual(FACTOR);
    expect(await world.ask("account.resetFactors", shouted, "sato")).toEqual(HANA);
    expect(await world.ask("account.factors", HANA, "sato")).toEqual(NOTHING);
    expect(await sessions.generationOf(HANA)).toBe(before + 1);
    expect((await factors.of("owner:hana@example.org")).passkeys).toHaveLength(1);
  });

  test("are not touched elsewhere, by himself, by an API key, or for what is no mailbox", async () => {
    const before = await world.everything();
    const elsewhere = { domain: "example.org", name: "hana" };
    for (const operation of ["account.factors", "account.resetFactors"]) {
      expect(await world.told(operation, elsewhere, "sato")).toBe("FORBIDDEN");
      expect(await told(ownerOf(HANA), operation, HANA)).toBe("FORBIDDEN");
      expect(await world.told(operation, { ...HANA, name: "nobody" }, "sato")).toBe("ACCOUNT_NOT_FOUND");
      expect(await world.told(operation, { ...HANA, name: "news" }, "sato")).toBe("NOT_FOUND");
    }
    const key = narrowedTo(await world.actor("master"), { allow: null, on: null, dryRunOnly: false });
    expect(await told(key, "account.resetFactors", HANA)).toBe("FORBIDDEN");
    expect(await told(key, "account.factors", HANA)).toBe("done");
    expect(await world.everything()).toEqual(before);
  });

  test("ask again who it is, and say so where nobody is kept", async () => {
    const sato = await world.actor("sato");
    const long = { provedAt: new Date(callOn(world.root.backend).now().getTime() - 601_000) };
    expect(await told(sato, "account.resetFactors", HANA, long)).toBe("PROVE_AGAIN");
    for (const operation of ["account.factors", "account.resetFactors"])
      expect(await told(sato, operation, HANA, { people: undefined })).toBe("BAD_CONFIG");
    expect(await world.ask("account.factors", HANA)).toEqual(FACTOR);
  });

  test("go no other way for who looks after the domain, and no way at all for others", async () => {
    const { people } = world.state;
    const sato = peopleBelow(people, await world.actor("sato"));
    await expect(sato.factors.forget(HERS)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(sato.factors.addPasskey(HERS, KEPT_PASSKEY)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(sato.factors.of("owner:hana@example.org")).rejects.toMatchObject({ code: "FORBIDDEN" });
    const ken = peopleBelow(people, ownerOf({ domain: "example.com", name: "ken" }));
    await expect(ken.factors.of(HERS)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
