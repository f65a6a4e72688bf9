import { Secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { smb } from "../../../src/storage/smb/smb.ts";

/** Reads one file and forgets to close: the process must end all the same. */
const [port = "", share = "", user = ""] = process.argv.slice(2);
const password = new Secret(process.env["PASSWORD"] ?? "");
const storage = await smb({ host: "127.0.0.1", port: Number(port), share, user, password });
process.stdout.write(Buffer.from(await storage.read(storagePath("f"))));
