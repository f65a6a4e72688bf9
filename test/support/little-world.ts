import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { memory } from "../../src/storage/memory.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { callOn } from "../table/call.ts";
import { goodInput } from "./good-inputs.ts";
import { type Bytes, everything } from "./whole-storage.ts";

const PASSWORD = "Long-enough-1";

/** A MailRoot in which something stands in every table: whatever `noun.add` can add. */
export async function littleWorld(
  operations: readonly AnyOperation[],
  more: Partial<Call> = {},
): Promise<Bytes> {
  const storage = memory();
  await writeMailRoot(storage, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  const call = { ...callOn(await openTabBackend({ storage })), ...more };
  const run = async (name: string, input: unknown) => {
    const operation = operations.find((one) => one.name === name);
    if (!operation) throw new Error(`no operation ${name}`);
    await invokeAny(operation, call, input);
  };
  await run("domain.add", { domain: "example.org" });
  for (const domain of ["example.com", "example.org"]) {
    for (const name of ["hana", "ken"]) await run("account.add", { domain, name, password: PASSWORD });
    await run("account.add", { domain, name: "news", password: PASSWORD, kind: "list" });
  }
  await run("alias.add", { domain: "example.com", alias: "sales", target: "hana" });
  await run("member.add", { domain: "example.com", name: "news", address: "aoi@elsewhere.test" });
  await run("account.suspend", { domain: "example.org", name: "ken" });
  // Twice: what comes first may need what comes later.
  const done = new Set<AnyOperation>();
  for (const operation of [...operations, ...operations]) {
    const { name } = operation;
    const adds = /\.add(?:Program)?$/.test(name) && !/^(?:domain|account|alias|member)\./.test(name);
    const input = adds && !done.has(operation) ? await goodInput(operation, call, operations) : null;
    if (!input) continue;
    await invokeAny(operation, call, input);
    done.add(operation);
  }
  return everything(storage);
}
