import { afterAll, test } from "vitest";
import { openCtrlBackend } from "../../../src/ctrl/backend.ts";
import { backendSuite } from "../../../src/testing/backend-suite.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail } from "./xmail-server.ts";

describeWith("xmail", xmailBin(), "CTRL of a real XMail", (bin) => {
  afterAll(allStopped);

  const cases = backendSuite(async () => {
    const server = await startXMail(bin);
    const backend = await openCtrlBackend({ host: "127.0.0.1", port: server.port, ...CTRL });
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
