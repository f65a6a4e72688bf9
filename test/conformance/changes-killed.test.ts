import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { encodePassword } from "../../src/crypto/password-code.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";
import { storagePath } from "../../src/storage/path.ts";
import { startChild } from "./child-process.ts";
import { CTRL, steppedChanges, WORKS } from "./killed-changes.ts";
import { everythingIn, furnishRoot } from "./tried-changes.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const AT_ONCE = 3;
const never = async () => undefined;
let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "xmailcfg-killed-"));
  const storage = local(join(home, "root"));
  await furnishRoot(storage);
  const row = `"${CTRL.account}"\t"${encodePassword(CTRL.password)}"\n`;
  await storage.write(storagePath("ctrlaccounts.tab"), Buffer.from(row));
  await storage.close();
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A running server over a MailRoot of its own. */
async function started(title: string) {
  const folder = join(home, title);
  await cp(join(home, "root"), folder, { recursive: true });
  const storage = local(folder);
  const simulator = await startSimulator({ storage });
  const child = (work: string, dies: number) =>
    startChild("./killed-changes-child.ts", work, folder, String(simulator.port), String(dies));
  return { folder, storage, simulator, child };
}

describe("a program is killed before each step of a change of a running server", () => {
  for (const work of Object.keys(WORKS)) {
    test(work, async () => {
      const whole = await started(`${work} whole`);
      const old = told(await everythingIn(whole.storage));
      const steps = Number((await whole.child(work, 0).says("steps ")).slice("steps ".length));
      const young = told(await everythingIn(whole.storage));
      await whole.simulator.close();
      expect(steps).toBeGreaterThan(3);
      expect(young).not.toEqual(old);
      const outcomes = new Set<string>();
      for (let from = 1; from <= steps; from += AT_ONCE) {
        const group = Array.from({ length: Math.min(AT_ONCE, steps - from + 1) }, (_, i) => from + i);
        await Promise.all(
          group.map(async (k) => {
            const { folder, storage, simulator, child } = await started(`${work} ${k}`);
            await expect(child(work, k).says("steps ")).rejects.toThrow(/ended without/);
            // As if the time of the dead one's lock had run out.
            await rm(join(folder, ".xmailcfg/locks"), { recursive: true, force: true });
            const { changes, close } = steppedChanges(simulator.port, storage, never);
            const recovered = await changes.recover();
            const found = told(await everythingIn(storage));
            const where = `${work}, killed before step ${k} of ${steps}`;
            expect([old, young], where).toContainEqual(found);
            for (const { outcome } of recovered) {
              outcomes.add(outcome);
              expect(JSON.stringify(found) === JSON.stringify(young), where).toBe(outcome === "finished");
            }
            // Every message is in its mailbox, or in the bin.
            expect(await mailIn(storage), where).toEqual(await mailIn(whole.storage));
            expect(await changes.recover(), where).toEqual([]);
            await close();
            await simulator.close();
          }),
        );
      }
      expect([...outcomes].sort()).toEqual(["finished", "rolledBack"]);
    });
  }
});

describe("what is led back is interrupted itself", () => {
  test.each(["removing an account", "adding many accounts", "three changes at once"])("%s", async (work) => {
    const make = WORKS[work];
    if (!make) throw new Error("no work");
    const base = await started(`${work} twice`);
    const old = told(await everythingIn(base.storage));
    await base.simulator.close();
    let tried = 0;
    for (let k = 2, ended = false; !ended; k += 3) {
      for (let j = 1; ; j += 1) {
        const { storage, simulator } = await started(`${work} ${k} ${j}`);
        const first = steppedChanges(simulator.port, storage, dying(k));
        const { apply } = await first.changes.rehearse(make);
        ended = await apply().then(
          () => true,
          () => false,
        );
        const second = steppedChanges(simulator.port, storage, dying(j));
        const isDone = await second.changes.recover().then(
          () => true,
          () => false,
        );
        const third = steppedChanges(simulator.port, storage, never);
        const recovered = await third.changes.recover();
        const found = told(await everythingIn(storage));
        if (recovered[0]?.outcome === "rolledBack") expect(found, `${k} ${j}`).toEqual(old);
        tried += 1;
        await Promise.all([first.close(), second.close(), third.close()]);
        await simulator.close();
        if (isDone || ended) break;
      }
    }
    expect(tried).toBeGreaterThan(2);
  });
});

/** From the k-th step on nothing is done any more. */
function dying(k: number): () => Promise<void> {
  let step = 0;
  return async () => {
    step += 1;
    if (step >= k) throw new Error("dead");
  };
}

/** Rows without their order and numbers, which XMail chooses; without mail and lists. */
function told(files: Record<string, string>): Record<string, string[] | string> {
  const left = Object.entries(files).filter(
    ([path]) => !/^(?:spool|tmp|logs)\//.test(path) && !path.endsWith("message.id"),
  );
  return Object.fromEntries(
    left
      .map(([path, text]): [string, string[] | string] => {
        if (!path.endsWith(".tab")) return [path, text];
        const rows = text.split("\n").filter((line) => line !== "" && line !== "#");
        return [path, rows.map((row) => row.replace(/\t\d+\t/, "\t#\t")).sort()];
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

async function mailIn(storage: ReturnType<typeof local>): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const { name, kind } of await storage.list(storagePath(folder))) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind === "folder") await walk(path);
      else if (/\/(?:Maildir|mailbox)\//.test(path)) {
        found.push(Buffer.from(await storage.read(storagePath(path))).toString("latin1"));
      }
    }
  };
  await walk("");
  return found.sort();
}
