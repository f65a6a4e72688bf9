import { afterAll, test } from "vitest";
import { openBackend } from "../../../src/open.ts";
import { local } from "../../../src/storage/local.ts";
import { backendSuite } from "../../../src/testing/backend-suite.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail } from "./xmail-server.ts";

for (const way of ["CTRL", "CTRL and files"] as const) {
  describeWith("xmail", xmailBin(), `${way} of a real XMail`, (bin) => {
    afterAll(allStopped);

    const cases = backendSuite(async () => {
      const server = await startXMail(bin);
      const ctrl = { host: "127.0.0.1", port: server.port, ...CTRL };
      const backend = await openBackend(way === "CTRL" ? { ctrl } : { ctrl, storage: local(server.folder) });
      return {
        backend,
        readFile: server.read,
        async close() {
          await backend.close();
          server.stop();
        },
      };
    });
    for (const { name, run } of cases) test(name, run);
  });
}
