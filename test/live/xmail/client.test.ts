import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCtrlBackend } from "../../../src/ctrl/backend.ts";
import { openCtrlClient } from "../../../src/ctrl/client.ts";
import type { CtrlTls } from "../../../src/ctrl/options.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { SCENARIOS } from "../../unit/ctrl/scenarios.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

describeWith("xmail", xmailBin(), "the CTRL client against a real XMail", (bin) => {
  afterAll(allStopped);

  test.each(SCENARIOS)("$name", async ({ play }) => {
    const server = await startXMail(bin);
    const client = await openCtrlClient({ host: "127.0.0.1", port: server.port, ...CTRL });
    try {
      await play({ client, read: server.read });
    } finally {
      await client.close();
      server.stop();
    }
  });

  describe("connections", () => {
    let server: XMailServer;
    beforeAll(async () => {
      server = await startXMail(bin, ["-Ct", "2"]);
    });
    afterAll(() => server.stop());
    const options = () => ({ host: "127.0.0.1", port: server.port, ...CTRL });

    test.each(["upgrade", "direct"] as const)(
      "TLS by %s, pinned or by authority, and nothing else",
      async (mode) => {
        const port = mode === "direct" ? server.tlsPort : server.port;
        const opened = async (tls: Omit<CtrlTls, "mode">) => {
          const backend = await openCtrlBackend({ ...options(), port, tls: { mode, ...tls } });
          const { reachable, transport, problem } = await backend.server.status();
          const domains = reachable ? await backend.domains.list() : [];
          await backend.close();
          return [transport, problem ?? domains];
        };
        const { fingerprint, cert } = server.certificate;
        expect(await opened({ fingerprint })).toEqual(["tls", ["example.com"]]);
        expect(await opened({ ca: cert, servername: "localhost" })).toEqual(["tls", ["example.com"]]);
        expect(await opened({})).toEqual(["tls", "XMAIL_TLS"]);
        expect(await opened({ fingerprint: "00".repeat(32) })).toEqual(["tls", "XMAIL_TLS"]);
      },
    );

    test("clear text, when it is asked for", async () => {
      const client = await openCtrlClient({ ...options(), login: "clear" });
      expect(await client.domains.list()).toEqual(["example.com"]);
      await client.close();
    });

    test("a wrong password", async () => {
      await expect(openCtrlClient({ ...options(), password: "wrong" })).rejects.toMatchObject({
        code: "XMAIL_LOGIN_REFUSED",
      });
    });

    test("outlives XMail's idle timeout, for reads and for changes", async () => {
      const client = await openCtrlClient(options());
      await new Promise((resolve) => setTimeout(resolve, 3_500));
      await client.domains.add("idle.example");
      await new Promise((resolve) => setTimeout(resolve, 3_500));
      expect(await client.domains.list()).toEqual(["example.com", "idle.example"]);
      await client.domains.remove("idle.example");
      await client.close();
    });

    test("a thousand accounts: made one by one, read in one go, none held up by delayed answers", async () => {
      const backend = await openCtrlBackend(options());
      const refs = Array.from({ length: 1_000 }, (_, index) => ({
        domain: "example.com",
        name: `u${index}`,
      }));
      for (const ref of refs) {
        await backend.accounts.add({ ...ref, password: new Secret("pw"), kind: "user" });
      }
      const from = performance.now();
      const variables = await backend.accounts.variables(refs);
      const usage = await backend.accounts.usage(refs);
      expect(variables.every((one) => one.size > 0)).toBe(true);
      expect(usage).toHaveLength(1_000);
      // 2,000 answers that each wait for a delayed acknowledgement would take 88 s.
      expect(performance.now() - from).toBeLessThan(20_000);
      const alone = performance.now();
      for (let turn = 0; turn < 20; turn += 1) await backend.domains.list();
      expect((performance.now() - alone) / 20).toBeLessThan(30);
      await backend.close();
    }, 60_000);

    test("a change right behind a list is not held up by the acknowledgement of the list's nudges", async () => {
      const client = await openCtrlClient({ ...options(), connections: 1 });
      const took: number[] = [];
      for (let turn = 0; turn < 21; turn += 1) {
        await client.domains.list();
        const from = performance.now();
        await client.files.write("logs/turn.tab", Buffer.from(`${turn}\n`), { verify: false });
        took.push(performance.now() - from);
      }
      // Held up, each takes 42 ms.
      expect(took.sort((one, two) => one - two)[10]).toBeLessThan(25);
      await client.close();
    });
  });
});
