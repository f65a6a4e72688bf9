import { readFileSync } from "node:fs";
import { Secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { sftp } from "../../../src/storage/sftp/sftp.ts";

/** Uses a storage and neither closes it nor ends itself, as a CGI program would. */
const { key, ...options } = JSON.parse(process.argv[2] ?? "{}");
const storage = await sftp({ ...options, privateKey: new Secret(readFileSync(key, "utf8")) });
await storage.write(storagePath("d/f"), Buffer.from("x"));
if ((await storage.read(storagePath("d/f"))).length !== 1) throw new Error("the file was not read");
process.stdout.write("written, read and idle\n");
