import { readFileSync } from "node:fs";

/** Reads one file over and over until it is told to stop, as XMail on the same machine might; tells what it saw. */
const seen = { reads: 0, halves: 0, missing: 0 };
let over = false;
process.stdin.on("data", () => (over = true)).on("end", () => (over = true));
process.stdout.write("ready\n");
while (!over) {
  for (let turn = 0; turn < 20; turn += 1) {
    try {
      const bytes = readFileSync(process.argv[2] ?? "");
      seen.reads += 1;
      if (bytes.length < 5_000 || new Set(bytes).size !== 1) seen.halves += 1;
    } catch {
      seen.missing += 1;
    }
  }
  await new Promise((resolve) => setImmediate(resolve));
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.exit(0);
