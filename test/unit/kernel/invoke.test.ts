import { describe, expect, test } from "vitest";
import { type AppError, fail, isAppError } from "../../../src/errors/error.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import { SILENT } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { defineOperation } from "../../../src/kernel/operation.ts";
import { Type } from "../../../src/kernel/schema.ts";
import { callOn } from "../../table/call.ts";
import { recordingBackend } from "../../table/recording-backend.ts";

const fields = <P extends Parameters<typeof Type.Object>[0]>(p: P) =>
  Type.Object(p, { additionalProperties: false });

let ran = 0;
const change = defineOperation({
  name: "thing.change",
  summary: "Change a thing",
  effect: "write",
  input: fields({
    domain: Type.String({ pattern: "^[a-z.]+$", "x-rule": "domain-name", description: "Lower case" }),
    password: Type.String({ minLength: 4, writeOnly: true }),
  }),
  output: fields({ domain: Type.String() }),
  errors: ["DOMAIN_NOT_FOUND"],
  http: null,
  target: ({ domain }) => ({ kind: "domain", domain }),
  async handler(_, { domain }) {
    ran += 1;
    if (domain === "none") fail("DOMAIN_NOT_FOUND");
    if (domain === "bug") throw new TypeError("secret path /etc");
    if (domain === "leak") return { domain, password: "x" } as { domain: string };
    return { domain };
  },
});

const { backend } = recordingBackend();
const good = { domain: "a.b", password: "long" };
const delegate: Actor = {
  id: "d1",
  name: "d",
  grants: [{ allow: ["thing.*"], on: { kind: "domain", domain: "A.B" } }],
};

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return "none";
  } catch (error) {
    return isAppError(error) ? error.code : "not an AppError";
  }
}

describe("invoke", () => {
  test("writes intent before the handler and outcome after, with secrets masked", async () => {
    const records: AuditRecord[] = [];
    const call = callOn(backend, delegate, records);
    await invoke(change, { ...call, from: "192.0.2.1" }, good);
    expect(records.map((r) => r.phase)).toEqual(["intent", "done"]);
    expect(records[0]).toMatchObject({
      actor: "d1",
      from: "192.0.2.1",
      operation: "thing.change",
      target: { kind: "domain", domain: "a.b" },
      input: { domain: "a.b", password: "***" },
    });
    expect(JSON.stringify(records)).not.toContain("long");
  });

  test("does not run when the intent cannot be recorded", async () => {
    const before = ran;
    const call = callOn(backend, delegate);
    const full = { ...call, audit: { record: () => Promise.reject(new Error("disk full")) } };
    expect(await codeOf(invoke(change, full, good))).toBe("INTERNAL");
    expect(ran).toBe(before);
  });

  test("a change that happened is reported as done, even when its outcome cannot be recorded", async () => {
    const written: string[] = [];
    const record = async ({ phase }: AuditRecord) => {
      if (phase !== "intent") throw new Error("disk full");
    };
    const log = { ...SILENT, error: (_: object, message: string) => void written.push(message) };
    const call = { ...callOn(backend, delegate), audit: { record }, log };
    expect(await invoke(change, call, good)).toEqual({ domain: "a.b" });
    expect(written).toEqual(["audit not written"]);
  });

  test("validates before it authorizes, and names every field at once", async () => {
    const stranger: Actor = { id: "s", name: "s", grants: [] };
    try {
      await invoke(change, callOn(backend, stranger), { domain: "A!", password: "abc", extra: 1 });
      expect.unreachable();
    } catch (error) {
      expect((error as AppError).code).toBe("INVALID_INPUT");
      expect((error as AppError).fields.map((f) => [f.field, f.rule])).toEqual([
        ["domain", "domain-name"],
        ["password", "minLength"],
        ["extra", "unknown"],
      ]);
    }
  });

  test("refuses, and records the refusal, without running", async () => {
    const records: AuditRecord[] = [];
    const before = ran;
    const call = callOn(backend, delegate, records);
    expect(await codeOf(invoke(change, call, { ...good, domain: "other" }))).toBe("FORBIDDEN");
    expect(ran).toBe(before);
    expect(records.map((r) => [r.phase, r.code])).toEqual([["refused", "FORBIDDEN"]]);
  });

  test("a handler's named error passes, anything else becomes INTERNAL without its text", async () => {
    const records: AuditRecord[] = [];
    const call = callOn(backend, undefined, records);
    expect(await codeOf(invoke(change, call, { ...good, domain: "none" }))).toBe("DOMAIN_NOT_FOUND");
    await invoke(change, call, { ...good, domain: "bug" }).catch((error: AppError) => {
      expect(error.code).toBe("INTERNAL");
      expect(error.message).not.toContain("/etc");
      expect((error.cause as Error).message).toContain("/etc");
    });
    expect(records.map((r) => r.code)).toEqual([undefined, "DOMAIN_NOT_FOUND", undefined, "INTERNAL"]);
  });

  test("an output with a column that no schema names never leaves", async () => {
    expect(await codeOf(invoke(change, callOn(backend), { ...good, domain: "leak" }))).toBe("INTERNAL");
  });

  test.each([[null], ["text"], [[]], [undefined], [1]])("an input of %j is refused", async (input) => {
    expect(await codeOf(invoke(change, callOn(backend), input))).toBe("INVALID_INPUT");
  });

  test("a change that has begun is carried through when the asker goes away; a read is not", async () => {
    const seen: boolean[] = [];
    const gone = new AbortController();
    const shape = { summary: "s", errors: [], http: null, input: fields({}), output: fields({}) } as const;
    const handler = async (ctx: { signal: AbortSignal }) => {
      gone.abort();
      seen.push(ctx.signal.aborted);
      return {};
    };
    const target = () => ({ kind: "server" }) as const;
    const write = defineOperation({ ...shape, name: "thing.write", effect: "write", target, handler });
    const read = defineOperation({ ...shape, name: "thing.read", effect: "read", target, handler });
    const call = { ...callOn(backend), signal: gone.signal };
    await invoke(write, call, {});
    await invoke(read, call, {});
    expect(seen).toEqual([false, true]);
  });
});
