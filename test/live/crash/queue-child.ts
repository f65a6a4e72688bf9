import { openSpool } from "../../../src/spool/open.ts";
import { local } from "../../../src/storage/local.ts";

/** Works on a job of the queue; says so when it begins, and when the job is done. */
const [root = "", job = ""] = process.argv.slice(2);
const spool = openSpool(local(root), null);
process.stdout.write("working\n");
for (let isDone = false; !isDone; ) {
  // Short parts, so that much is written down between them.
  isDone = (await spool.work(job, 0, new Date())).finished;
}
process.stdout.write("done\n");
