import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { local } from "../../../src/storage/local.ts";
import type { ChangeSet } from "../../../src/xmail/change-set.ts";
import { changesIn, everythingIn, furnishRoot, WORKS } from "../../conformance/tried-changes.ts";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

const AT_ONCE = 3;
let home = "";
let furnished = "";
let program = "";
let count = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "xmailcfg-killed-"));
  program = join(home, "change-child.mjs");
  // Compiled once: hundreds of processes are started.
  await build({
    entryPoints: [fileURLToPath(new URL("change-child.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
  });
  furnished = join(home, "furnished");
  await furnishRoot(local(await copyOf(null, furnished)));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe("a process that changes files, killed with SIGKILL before and after every step", () => {
  for (const work of WORKS) {
    test(`${work.name}: all is old or new, byte for byte, and said`, async () => {
      const base = await copyOf(furnished);
      const changes = await work.makeReady(local(base));
      const old = await everythingIn(local(base));
      const whole = await copyOf(base);
      const steps = await run({ root: whole, work: work.name, changes, death: null });
      const young = await everythingIn(local(whole));
      expect(young).not.toEqual(old);
      expect(steps).toBeGreaterThan(0);

      const deaths = Array.from({ length: steps ?? 0 }, (_, index) => index + 1).flatMap((step) =>
        (["before", "after"] as const).map((moment) => ({ moment, step })),
      );
      for (let from = 0; from < deaths.length; from += AT_ONCE) {
        await Promise.all(
          deaths.slice(from, from + AT_ONCE).map(async (death) => {
            const where = `${death.moment} step ${death.step} of ${steps}`;
            const root = await copyOf(base);
            expect(await run({ root, work: work.name, changes, death }), where).toBeNull();
            await forgetLock(root);
            await expectOldOrNew(root, old, young, where);
            await rm(root, { recursive: true });
          }),
        );
      }
    });
  }

  test("killed again while it recovers: still all is old or new", async () => {
    const work = WORKS.find(({ name }) => name === "removing a domain");
    if (!work) throw new Error("there is no such work");
    const base = await copyOf(furnished);
    const old = await everythingIn(local(base));
    const whole = await copyOf(base);
    const steps = (await run({ root: whole, work: work.name, changes: null, death: null })) ?? 0;
    const young = await everythingIn(local(whole));
    for (let step = 2; step <= steps; step += 1) {
      const dead = await copyOf(base);
      await run({ root: dead, work: work.name, changes: null, death: { moment: "before", step } });
      await forgetLock(dead);
      for (let again = 1; ; again += 1) {
        const root = await copyOf(dead);
        const ended = await run({
          root,
          work: null,
          changes: null,
          death: { moment: "before", step: again },
        });
        await forgetLock(root);
        await expectOldOrNew(root, old, young, `before step ${step}, then ${again} of recovering`);
        await rm(root, { recursive: true });
        if (ended !== null) break;
      }
    }
  });
});

type State = Awaited<ReturnType<typeof everythingIn>>;

async function expectOldOrNew(root: string, old: State, young: State, where: string): Promise<void> {
  const changes = await changesIn(local(root));
  const raw = await everythingIn(local(root));
  const told = await changes.recover();
  const found = await everythingIn(local(root));
  expect([old, young], where).toContainEqual(found);
  // What was changed now was said; what was said is so.
  if (JSON.stringify(raw) !== JSON.stringify(found)) expect(told, where).toHaveLength(1);
  for (const { outcome, files } of told) {
    expect(found, where).toEqual(outcome === "finished" ? young : old);
    expect(files.length, where).toBeGreaterThan(0);
  }
  expect(await changes.recover(), where).toEqual([]);
  expect((await readdir(join(root, ".xmailcfg"))).filter((name) => name.startsWith("change"))).toEqual([]);
}

/** How many steps it took; `null` when it was killed. */
function run(job: {
  readonly root: string;
  readonly work: string | null;
  readonly changes: ChangeSet | null;
  readonly death: { readonly moment: "before" | "after"; readonly step: number } | null;
}): Promise<number | null> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, JSON.stringify(job)], (error, stdout, stderr) => {
      if (!error) resolve(Number(stdout));
      else if (error.signal === "SIGKILL") resolve(null);
      else reject(new Error(`${job.work}: ${stderr}`));
    });
  });
}

/** The lock of a dead process runs out by itself, as `storage-lock.test.ts` proves; this is not waited for here. */
async function forgetLock(root: string): Promise<void> {
  const folder = join(root, ".xmailcfg");
  for (const name of await readdir(folder)) {
    if (name.includes("lock")) await rm(join(folder, name), { recursive: true });
  }
}

async function copyOf(from: string | null, to?: string): Promise<string> {
  count += 1;
  const root = to ?? join(home, `root-${count}`);
  if (from === null) await mkdir(root);
  else await cp(from, root, { recursive: true, preserveTimestamps: true });
  return root;
}
