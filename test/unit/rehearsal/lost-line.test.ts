import { afterEach, describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { secret } from "../../../src/errors/secret.ts";
import { openBackend } from "../../../src/open.ts";
import { journalIn, STATE_JOURNAL } from "../../../src/rehearsal/journal.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { Backend, ChangeMaker } from "../../../src/xmail/backend.ts";
import { steppedChanges } from "../../conformance/killed-changes.ts";
import { startProxy } from "../../live/proxy.ts";
import { DOMAIN, type Running, startServer } from "./server.ts";

let server: Running;
afterEach(() => server?.close());

const HANA = { domain: DOMAIN, name: "hana" };

async function work({ accounts, aliases, files }: Backend): Promise<void> {
  await accounts.add({ ...HANA, kind: "user", password: secret("pw-hana") });
  await accounts.setVariables(HANA, new Map([["RealName", "Hana"]]));
  await aliases.add({ domain: DOMAIN, alias: "info", target: `hana@${DOMAIN}` });
  await files.edit("smtprelay.tab", () => Buffer.from('"192.0.2.0"\t"255.255.255.0"\n"192.0.2.7"\n'));
}

function changesOf(backend: Backend): ChangeMaker {
  if (!backend.changes) throw new Error("there are no changes");
  return backend.changes;
}

describe.each(["resetAfterSent", "resetAfterReceived"] as const)("the line is cut (%s)", (way) => {
  test("anywhere in the commands: all of the change, or nothing", async () => {
    server = await startServer("ctrl");
    const proxy = await startProxy(Number(server.ctrl.port));
    const state = memory();
    const backend = await openBackend({
      ctrl: { ...server.ctrl, port: proxy.port, connections: 1 },
      journal: journalIn(async () => state, STATE_JOURNAL),
    });
    const changes = changesOf(backend);
    const old = rows(await server.snapshot());
    const seen = { made: 0, undone: 0 };
    try {
      const [end, step] = way === "resetAfterSent" ? [2_400, 97] : [600, 29];
      for (let at = 1; at < end; at += step) {
        const { apply, changes: told } = await changes.rehearse(work);
        proxy.weather({ [way]: at });
        const error = await apply().then(
          () => null,
          (error: unknown) => error,
        );
        proxy.weather({});
        if (error && !hasCode(error, "XMAIL_UNREACHABLE", "XMAIL_HALF_DONE", "XMAIL_PROTOCOL")) throw error;
        const recovered = await changes.recover();
        const isMade = (await server.backend.accounts.get(HANA)) !== null;
        if (error === null || recovered[0]?.outcome === "finished") {
          seen.made += 1;
          expect(isMade, `${at}`).toBe(true);
          await (await changes.takeBack(told)).apply();
        } else seen.undone += 1;
        expect(rows(await server.snapshot()), `${at}`).toEqual(old);
      }
      expect(seen.made).toBeGreaterThan(0);
      expect(seen.undone).toBeGreaterThan(2);
    } finally {
      await backend.close();
      await proxy.close();
    }
  });
});

test("a server that refuses in the middle: what was done before is taken back, what others did stays", async () => {
  server = await startServer("ctrl+files");
  const TARO = { domain: DOMAIN, name: "taro" };
  await server.backend.accounts.add({ ...TARO, kind: "user", password: secret("pw-taro") });
  const before = rows(await server.snapshot());
  let step = 0;
  const alias = { domain: DOMAIN, alias: "info", target: `taro@${DOMAIN}` };
  const { changes, close } = steppedChanges(Number(server.ctrl.port), server.disk, async () => {
    step += 1;
    // The journal, useradd, and then uservarsset and aliasadd together.
    if (step === 3) await server.backend.aliases.add(alias);
  });
  const { apply } = await changes.rehearse(work);
  await expect(apply()).rejects.toMatchObject({ code: "ALIAS_EXISTS" });
  expect(await server.backend.aliases.list()).toEqual([alias]);
  await server.backend.aliases.remove(DOMAIN, "info");
  expect(rows(await server.snapshot())).toEqual(before);
  expect(await changes.recover()).toEqual([]);
  await close();
});

function rows(files: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const lines = text.split("\n").filter((line) => line !== "" && line !== "#");
      return [path, lines.map((line) => line.replace(/\t\d+\t/, "\t#\t")).sort()];
    }),
  );
}
