import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listen } from "../../adapters/cli/serve.ts";
import { createClient } from "../../src/client/client.ts";
import { Secret } from "../../src/errors/secret.ts";
import { MODES, openWorld, type World } from "./world.ts";

const ALIAS = { alias: "sales", target: "hana" };
const PATH = "/domains/example.com/aliases";
const PASSWORD = "Long-enough-1";

interface Told {
  readonly result: unknown;
  readonly changes: {
    readonly commands: readonly string[];
    readonly files: readonly {
      readonly path: string;
      readonly hunks: readonly { readonly added: string[] }[];
    }[];
  };
}

/** Dry run, history and undo through the API, over each way to XMail. */
describe.each(MODES)("changes through the API over %s", (mode) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(mode);
    await ok("POST", "/domains/example.com/accounts", { name: "hana", password: PASSWORD });
  });
  afterEach(() => world.close());

  async function ok<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await world.api(method, path, body, headers);
    const answer = await response.json();
    expect(response.status, `${method} ${path} ${JSON.stringify(answer)}`).toBe(200);
    return answer as T;
  }

  test("a dry run answers what would be changed, with secrets masked, and changes nothing", async () => {
    const before = world.tree();
    const told = await ok<Told>("POST", `${PATH}?dryRun=true`, ALIAS);
    expect(told.result).toMatchObject({ alias: "sales" });
    const aliases = told.changes.files.find(({ path }) => path === "aliases.tab");
    expect(aliases?.hunks[0]?.added.join()).toContain('"sales"');
    expect(told.changes.commands.length > 0).toBe(mode !== "tab");
    const account = { name: "ken", password: "Another-secret-2" };
    const dry = await ok<Told>("POST", "/domains/example.com/accounts?dryRun=true", account);
    const text = JSON.stringify(dry);
    expect(text).toContain("***");
    expect(text).not.toContain(account.password);
    expect(text).not.toMatch(/24[0-9a-f]{30}/i);
    expect(world.tree()).toEqual(before);
  });

  test("a dry run is refused as the change would be, and only where it can be asked", async () => {
    expect((await world.api("POST", `${PATH}?dryRun=true`, { ...ALIAS, target: "nobody" })).status).toBe(404);
    expect((await world.api("POST", `${PATH}?dryRun=perhaps`, ALIAS)).status).toBe(422);
    expect((await world.api("GET", "/aliases?dryRun=true")).status).toBe(422);
  });

  test("a change is found in the history with its reason, is undone, and so is the undo", async () => {
    const aliases = async () => (await ok<{ total: number }>("GET", "/aliases?search=sales")).total;
    await ok("POST", PATH, ALIAS, { "x-reason": encodeURIComponent("店の注文") });
    type Row = { readonly change: string; readonly reason: string; readonly undoable: boolean };
    const { items } = await ok<{ items: readonly Row[] }>("GET", "/changes?object=sales@example.com");
    expect(items).toHaveLength(1);
    const [row] = items;
    expect(row).toMatchObject({
      reason: "店の注文",
      undoable: true,
      operation: "alias.add",
      actor: "master",
    });
    const id = row?.change ?? "";
    const dry = await ok<Told>("POST", `/changes/${id}/undo?dryRun=true`);
    expect(dry.changes.files.map(({ path }) => path)).toContain("aliases.tab");
    expect(await aliases()).toBe(1);
    await ok("POST", `/changes/${id}/undo`);
    expect(await aliases()).toBe(0);
    expect(await ok<object>("GET", `/changes/${id}`)).toMatchObject({ undoable: false });
    expect((await world.api("POST", `/changes/${id}/undo`)).status).toBe(409);
    const [undo] = (await ok<{ items: readonly Row[] }>("GET", "/changes?operation=change.undo")).items;
    await ok("POST", `/changes/${undo?.change}/undo`);
    expect(await aliases()).toBe(1);
    expect(await ok<object>("GET", `/changes/${id}`)).toMatchObject({ undoable: true, undoneBy: null });
  });

  test("an undo that meets somebody else's change is refused with both versions, masked", async () => {
    await ok("PUT", "/domains/example.com/accounts/hana/password", { password: "Another-one-22" });
    type Rows = { readonly items: readonly { readonly change: string }[] };
    const { items } = await ok<Rows>("GET", "/changes?operation=account.setPassword");
    await ok("PUT", "/domains/example.com/accounts/hana/password", { password: "Somebody-elses-3" });
    const before = world.tree();
    const refused = await world.api("POST", `/changes/${items[0]?.change}/undo`);
    expect(refused.status).toBe(409);
    const problem = await refused.json();
    expect(problem).toMatchObject({ code: "CONFLICT", conflict: { file: "mailusers.tab", inSecrets: true } });
    expect(problem.conflict.left.join()).toContain('"hana"');
    expect(problem.conflict.now).toEqual(problem.conflict.left);
    expect(JSON.stringify(problem)).not.toMatch(/[0-9a-f]{20,}/i);
    expect(world.tree()).toEqual(before);
  });

  test("library and client try alike", async () => {
    const before = world.tree();
    const input = { domain: "example.com", ...ALIAS };
    const tried = await world.xmail.alias.add(input, { dryRun: true });
    expect(tried.result.alias).toBe("sales");
    const { address, close } = await listen(world.panel, { port: 0 });
    try {
      const key = await world.state.addApiKey({ administrator: "master", name: "client" });
      const client = createClient({ url: address, key: new Secret(key.reveal()) });
      const far = await client.alias.add(input, { dryRun: true });
      expect(far.changes).toEqual(tried.changes);
      expect(world.tree()).toEqual(before);
      await client.alias.add(input, { reason: "注文" });
      expect((await client.change.list({ object: "sales@example.com" })).items[0]?.reason).toBe("注文");
    } finally {
      await close();
    }
  });
});
