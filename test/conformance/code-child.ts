import { existsSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "../../src/errors/secret.ts";
import { secondFactors } from "../../src/state/second-factors.ts";
import { local } from "../../src/storage/local.ts";

/** Waits until there is a file `go`, then tries each code, and says how many counted. */
const [root = "", key = "", owner = "", at = "", ...codes] = process.argv.slice(2);
const factors = secondFactors(local(root), async () => new Secret(key));
process.stdout.write("ready\n");
while (!existsSync(join(root, "go"))) await new Promise((resolve) => setTimeout(resolve, 2));
const counted = await Promise.all(codes.map((code) => factors.isCode(owner, code, new Date(at))));
process.stdout.write(`counted ${counted.filter(Boolean).length}\n`);
