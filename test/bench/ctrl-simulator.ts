import { openCtrlClient } from "../../src/ctrl/client.ts";
import { secret } from "../../src/errors/secret.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";

/** The simulator in a process of its own, with some accounts; ends with the pipe to whoever started it. */
const [account = "", password = "", accounts = "0"] = process.argv.slice(2);
const storage = memory();
await writeMailRoot(storage, { ctrl: { account, password } });
const { port } = await startSimulator({ storage });
const client = await openCtrlClient({ host: "127.0.0.1", port, account, password });
for (let index = 0; index < Number(accounts); index += 1) {
  await client.users.add({
    domain: "example.com",
    name: `first.last${index}`,
    kind: "user",
    password: secret("Long-enough-1"),
  });
}
await client.close();
process.stdin.resume().on("end", () => process.exit());
process.stdout.write(`${port}\n`);
