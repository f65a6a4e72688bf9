import { beforeEach, describe, expect, test } from "vitest";
import { invokeAny } from "../../../src/kernel/invoke.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { openAuditLog } from "../../../src/state/audit-log.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { everything } from "../../support/whole-storage.ts";
import { callOn } from "../../table/call.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

/** What somebody who holds a part of the rights might try to get more of them; each was a hole once. */
let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});

async function delegate(name: string, domains: readonly string[], more: object = {}): Promise<void> {
  await world.ask("delegation.add", { name, password: PASSWORD, domains, rights: ["handOn"], ...more });
}

describe("a domain below one that is held", () => {
  test("is not made below a domain of somebody else, however deep", async () => {
    await world.ask("domain.add", { domain: "shop.example.com" });
    await delegate("sato", ["example.com"]);
    await delegate("ken", ["shop.example.com"]);
    const below = { domain: "example.com", subdomain: "mail.shop" };
    expect(await world.told("delegation.addDomain", below, "sato")).toBe("CONFLICT");
    expect(await world.told("delegation.addDomain", { ...below, subdomain: "a.b.Shop" }, "sato")).toBe(
      "CONFLICT",
    );
    expect(await world.told("delegation.addDomain", { ...below, subdomain: "mail.shop2" }, "sato")).toBe(
      "done",
    );
    const own = { domain: "shop.example.com", subdomain: "mail" };
    expect(await world.told("delegation.addDomain", own, "ken")).toBe("done");
  });

  test("is made below one's own domain between, where that is held, too", async () => {
    await world.ask("domain.add", { domain: "shop.example.com" });
    await delegate("sato", ["example.com", "shop.example.com"]);
    const below = { domain: "example.com", subdomain: "mail.shop" };
    expect(await world.told("delegation.addDomain", below, "sato")).toBe("done");
  });

  test("takes no mail that the server hands to a custom domain", async () => {
    await delegate("sato", ["example.com"]);
    const step = { step: "redirect", addresses: ["ken@elsewhere.test"] };
    await world.ask("customDomainStep.add", { domain: "lists.example.com", ...step });
    const taken = { domain: "example.com", subdomain: "lists" };
    expect(await world.told("delegation.addDomain", taken, "sato")).toBe("CONFLICT");
  });
});

describe("notes for masters", () => {
  test("are not read by whom they are about, who may hand on", async () => {
    await delegate("sato", ["example.com"], { memo: "pays late" });
    expect(await world.ask("person.get", { person: "sato" })).toMatchObject({ memo: "pays late" });
    expect(await world.ask("person.get", { person: "sato" }, "sato")).toMatchObject({ memo: "" });
    expect(await world.ask("delegation.get", {}, "sato")).toMatchObject({ memo: "" });
  });
});

describe("secrets that are typed where no field is called secret", () => {
  const MARKER = "MARKERpassw0rd-7";

  async function auditOf(name: string, input: object): Promise<string> {
    const place = memory();
    const operation = ALL_OPERATIONS.find((one) => one.name === name);
    if (!operation) throw new Error(`no operation ${name}`);
    const call = { ...callOn(world.root.backend), audit: openAuditLog(place) };
    await invokeAny(operation, call, input);
    return JSON.stringify(await everything(place));
  }

  test("a file's text, with a password of a sending account in it, is not in the audit log", async () => {
    const row = '"ken"\t"Long-enough-1"\t"M"\n';
    await world.root.storage.write(storagePath("smtpauth.tab"), Buffer.from(row));
    const file = await world.ask("file.get", { path: "smtpauth.tab" });
    const text = `${String(file["text"])}\n"mika"\t"${MARKER}"\t"M"\n`;
    const audit = await auditOf("file.set", { path: "smtpauth.tab", text, revision: file["revision"] });
    expect(audit).toContain("file.set");
    expect(audit).not.toContain(MARKER);
  });

  test("a variable that is called a password is not in the audit log", async () => {
    const input = { domain: "example.com", name: "hana", set: [{ name: "FaxPassword", value: MARKER }] };
    const audit = await auditOf("account.setVariables", input);
    expect(audit).toContain("FaxPassword");
    expect(audit).not.toContain(MARKER);
  });
});

describe("what is taken back by who has limits", () => {
  const HANA = { domain: "example.com", name: "hana" };

  async function lastChange(operation: string): Promise<{ change: string; domain: string }> {
    const { items } = (await world.ask("change.list", { operation })) as { items: { change: string }[] };
    return { change: items[0]?.change ?? "", domain: HANA.domain };
  }

  test("is not more than he may have, where he added others meanwhile", async () => {
    await delegate("sato", ["example.com"], { mostAccounts: 2, mostAliases: 1, mostLists: 1 });
    await world.ask("account.add", { ...HANA, name: "ken", password: "Long-enough-1" }, "sato");
    await world.ask("alias.add", { domain: "example.com", alias: "one", target: "ken" }, "sato");
    await world.ask("alias.remove", { domain: "example.com", alias: "one" }, "sato");
    await world.ask("alias.add", { domain: "example.com", alias: "two", target: "ken" }, "sato");
    expect(await world.told("change.undo", await lastChange("alias.remove"), "sato")).toBe(
      "LIMIT_REACHED  most-aliases",
    );
    await world.ask("account.remove", HANA, "sato");
    await world.ask("account.add", { ...HANA, name: "mika", password: "Long-enough-1" }, "sato");
    const removal = await lastChange("account.remove");
    expect(await world.told("change.undo", removal, "sato")).toBe("LIMIT_REACHED  most-accounts");
    await world.ask("account.remove", { ...HANA, name: "mika" }, "sato");
    expect(await world.told("change.undo", removal, "sato")).toBe("done");
  });

  test("is no larger mailbox than he may give", async () => {
    const set = (value: string) => ({ ...HANA, set: [{ name: "MaxMBSize", value }] });
    await world.ask("account.setVariables", set("5000"));
    await world.ask("account.setVariables", set("100"));
    await delegate("sato", ["example.com"], { mostMailboxKilobytes: 200 });
    const shrunk = await lastChange("account.setVariables");
    expect(await world.told("change.undo", shrunk, "sato")).toBe("LIMIT_REACHED  most-mailboxKilobytes");
    await world.ask("account.setVariables", set("150"), "sato");
    expect(await world.told("change.undo", await lastChange("account.setVariables"), "sato")).toBe("done");
  });
});
