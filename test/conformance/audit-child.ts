import { openAuditLog } from "../../src/state/audit-log.ts";
import { local } from "../../src/storage/local.ts";

/** A process that keeps records: `count` of them, or until it is killed. */
const [folder = "", name = "", count = "0"] = process.argv.slice(2);
const audit = openAuditLog(local(folder));
for (let number = 1; count === "0" || number <= Number(count); number++) {
  await audit.record({
    at: new Date(),
    requestId: `${name}-${number}`,
    actor: name,
    operation: "account.add",
    target: { kind: "account", domain: "example.com", name: "hana" },
    input: { note: "x".repeat(3000) },
    phase: "intent",
  });
  if (number === 1) process.stdout.write("ready\n");
}
process.stdout.write("done\n");
