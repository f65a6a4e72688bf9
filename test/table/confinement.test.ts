import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plugin } from "../../docs/examples/plugin/index.js";
import { isAppError } from "../../src/errors/error.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { problemsOf } from "../../src/kernel/schema.ts";
import { accountTarget, covers, domainTarget, PEOPLE, SERVER } from "../../src/kernel/target.ts";
import { auditList } from "../../src/operations/audit/list.ts";
import { ALL_OPERATIONS as OURS } from "../../src/operations/table.ts";
import { operationsOf } from "../../src/plugins/plugin.ts";
import { openAuditLog } from "../../src/state/audit-log.ts";
import { memory } from "../../src/storage/memory.ts";
import { callOn } from "./call.ts";
import { inputFor } from "./inputs.ts";
import { recordingBackend } from "./recording-backend.ts";

/** A plugin is held to the same. */
const ALL_OPERATIONS = [...OURS, ...operationsOf(plugin)];
const RUNS = 200;

/** Reads of a whole table that an operation with a narrower target may do, each because nothing else can answer. */
const WHOLE_READS: Readonly<Record<string, readonly string[]>> = {
  // One message is looked at before it is known whose it is; none of another domain is told.
  "spool.get": ["spool.get"],
  "spool.raw": ["spool.get", "spool.raw"],
  // What was counted is kept together; only the domain's accounts are told of.
  "mailbox.count": ["mailboxes.counted"],
  // Whether the domain is one of this server, and what its accounts begin with when it has no defaults of its own.
  "domainDefault.get": ["domains.list", "files.read"],
  "domainDefault.add": ["domains.list", "files.read"],
  "domainDefault.set": ["domains.list"],
  "domainDefault.remove": ["domains.list"],
  // Whether the domain named is one of this server; who may not name it was refused before.
  "alias.add": ["domains.list"],
  // Whether the domain is real, and which pattern wins, depends on all rows; the answer names only the asker's own.
  // Whether an alias, of whatever pattern, takes the mail before the steps; the answer says only that.
  "commandAlias.list": ["aliases.list"],
  // No command of XMail asks for one link; what is not the one named is left aside.
  "popLink.change": ["popLinks.list"],
  "popLink.turn": ["popLinks.list"],
  // Whether the names are of this server, and free; who may not name the domain was refused before.
  "account.import": ["domains.list", "aliases.list"],
  "alias.import": ["domains.list", "domainAliases.list", "aliases.list"],
  "alias.export": ["aliases.list"],
  "alias.explain": ["domains.list", "domainAliases.list", "aliases.list"],
};

/** Reads of the domain's files for one of its accounts: whether there are steps that run before its own is all that shows. */
const DOMAIN_READS: Readonly<Record<string, readonly string[]>> = { "vacation.set": ["files.read"] };

/** These ask what xmailcfg itself keeps, and never the port. */
function isOfHistory({ name }: { readonly name: string }): boolean {
  return /^(?:change\.|audit\.(?:export|verify)$)/.test(name);
}

const PEOPLE_NOUNS = ["me", "person", "administrator", "delegation", "listAdministrator", "apiKey", "policy"];

/** These need people, whom the port does not know: `test/unit/operations/people.test.ts` and its like confine them. */
function isOfPeople({ name }: { readonly name: string }): boolean {
  return PEOPLE_NOUNS.includes(name.split(".")[0] ?? "");
}

/** Groups are the master's whole: their members lie in any domains. */
function isOfGroups({ name }: { readonly name: string }): boolean {
  return /^group(?:Member)?\./.test(name);
}

/** What watching keeps is of the whole server; `watch.status` looks at the same without it. */
function isOfWatch({ name }: { readonly name: string }): boolean {
  return /^watch\.(?:run|get)$/.test(name);
}

async function attempt(run: Promise<unknown>): Promise<unknown> {
  try {
    return await run;
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL") throw error;
    return error;
  }
}

describe("confinement: all that an operation touches is covered by its target", () => {
  test.each(ALL_OPERATIONS.filter((op) => op.target && isOfHistory(op)).map((op) => [op.name, op] as const))(
    "%s asks the history or the audit log, which are the master's",
    (_, operation) => {
      expect(operation.target?.({} as never)).toEqual(SERVER);
    },
  );

  test.each(ALL_OPERATIONS.filter(isOfPeople).map((op) => [op.name, op] as const))(
    "%s is about people below one, about a domain, or the master's",
    (_, operation) => {
      const target = operation.target?.({ domain: "example.com" } as never);
      const wide = operation.name === "delegation.addDomain" ? domainTarget("example.com") : PEOPLE;
      expect([wide, SERVER]).toContainEqual(target);
    },
  );

  test.each(ALL_OPERATIONS.filter(isOfGroups).map((op) => [op.name, op] as const))(
    "%s is the master's",
    (_, operation) => {
      expect(operation.target?.({ group: "crew" } as never)).toEqual(SERVER);
    },
  );

  test.each(ALL_OPERATIONS.filter(isOfWatch).map((op) => [op.name, op] as const))(
    "%s is about the whole server",
    (_, operation) => {
      expect(operation.target?.({} as never)).toEqual(SERVER);
    },
  );

  const asksThePort = (op: AnyOperation) =>
    !isOfHistory(op) && !isOfPeople(op) && !isOfGroups(op) && !isOfWatch(op);
  for (const operation of ALL_OPERATIONS.filter((op) => op.target && asksThePort(op))) {
    test(operation.name, async () => {
      let reached = 0;
      await fc.assert(
        fc.asyncProperty(inputFor(operation), async (input) => {
          fc.pre(problemsOf(operation.input, input).length === 0);
          const { backend, touches } = recordingBackend();
          const target = operation.target?.(input as never) ?? SERVER;
          // Somebody who holds this target and nothing else. Twice, because the recording port answers differently
          // the second time (see `variables`).
          const holder: Actor = { id: "h", name: "h", grants: [{ allow: [operation.name], on: target }] };
          await attempt(invokeAny(operation, { ...callOn(backend, holder), reason: "to see" }, input));
          await attempt(invokeAny(operation, { ...callOn(backend, holder), reason: "to see" }, input));
          for (const touch of touches) {
            if (touch.whole && WHOLE_READS[operation.name]?.includes(touch.method)) continue;
            const wide =
              target.kind === "account" && DOMAIN_READS[operation.name]?.includes(touch.method)
                ? domainTarget(target.domain)
                : target;
            for (const touched of touch.targets) {
              expect(
                covers(wide, touched),
                `${touch.method} ${JSON.stringify([input, target, touched])}`,
              ).toBe(true);
            }
          }
          reached += touches.length;
        }),
        { numRuns: RUNS },
      );
      expect(reached, "the operation never reached the port: this test would prove nothing").toBeGreaterThan(
        RUNS / 4,
      );
    });
  }
});

describe("a delegate of one domain", () => {
  const delegate: Actor = {
    id: "d",
    name: "d",
    grants: [{ allow: ["*"], on: { kind: "domain", domain: "example.com" } }],
  };

  /** `account.list` with a foreign domain walks its names, and shows none of them. */
  const NAMES_ONLY = ["accounts.page", "accounts.list"];

  test.each(ALL_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    "%s never writes outside it",
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(inputFor(operation), async (input) => {
          fc.pre(problemsOf(operation.input, input).length === 0);
          const { backend, touches } = recordingBackend();
          await attempt(invokeAny(operation, callOn(backend, delegate), input));
          for (const { method, targets, whole } of touches) {
            if (whole) continue;
            for (const target of targets) {
              const mine = covers(domainTarget("example.com"), target);
              expect(mine || NAMES_ONLY.includes(method), `${method} ${JSON.stringify(target)}`).toBe(true);
            }
          }
        }),
        { numRuns: RUNS },
      );
    },
  );

  // The log pages without counting, so that no total betrays what others did.
  test("audit.list shows only his records", async () => {
    const { backend } = recordingBackend();
    const audit = openAuditLog(memory());
    const targets = [
      SERVER,
      PEOPLE,
      domainTarget("example.com"),
      domainTarget("example.org"),
      accountTarget({ domain: "example.com", name: "hana" }),
      accountTarget({ domain: "example.org", name: "ken" }),
    ];
    for (const target of targets) {
      const call = callOn(backend);
      const { requestId } = call;
      const at = call.now();
      await audit.record({ at, requestId, actor: "m", operation: "x.y", target, input: {}, phase: "done" });
    }
    const asked = async (actor?: Actor) =>
      (await invokeAny(auditList as AnyOperation, { ...callOn(backend, actor), audit }, {})) as {
        items: { target: unknown }[];
      };
    expect((await asked()).items).toHaveLength(targets.length);
    expect((await asked(delegate)).items.map(({ target }) => target)).toEqual([
      { kind: "account", domain: "example.com", name: "hana" },
      { kind: "domain", domain: "example.com", name: null },
    ]);
  });

  const listing = ALL_OPERATIONS.filter((op) => op.each);
  const counting = listing.filter(
    ({ output }) => "total" in ((output as { properties?: object }).properties ?? {}),
  );

  test("what pages without counting is confined above and in own-history.test.ts and log.test.ts", () => {
    expect(
      listing
        .filter((op) => !counting.includes(op))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["audit.list", "change.list", "log.search", "log.trace"]);
  });

  test.each(counting.map((op) => [op.name, op] as const))(
    "%s shows and counts only his rows",
    async (_, operation) => {
      const { backend } = recordingBackend();
      const all = (await invokeAny(operation, callOn(backend), {})) as { items: unknown[]; total: number };
      const his = (await invokeAny(operation, callOn(backend, delegate), {})) as typeof all;
      expect(his.items.length).toBe(his.total);
      expect(his.total).toBeGreaterThan(0);
      // The little world has rows of other domains, except among domain aliases.
      if (operation.name !== "domainAlias.list") expect(his.total).toBeLessThan(all.total);
      expect(JSON.stringify(his)).not.toMatch(/example\.org|other\.test/);
    },
  );
});
