import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { encodePassword } from "../../../src/crypto/password-code.ts";
import { hasCode } from "../../../src/errors/error.ts";
import { secret } from "../../../src/errors/secret.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { type Child, endChildren, startChild } from "../../conformance/child-process.ts";
import { CTRL, steppedChanges } from "../../conformance/killed-changes.ts";
import { DOMAIN, deliver, snapshotOf } from "./server.ts";

vi.setConfig({ testTimeout: 240_000 });
const HANA = { domain: DOMAIN, name: "hana" };
const JOURNAL = storagePath(".xmailcfg/commands.json");
const never = async () => undefined;
const homes: string[] = [];
afterEach(endChildren);
afterAll(() => Promise.all(homes.map((home) => rm(home, { recursive: true, force: true }))));

/** A process that serves the folder and is killed before the n-th change of a file that it makes. */
async function served(folder: string, dies = 0): Promise<{ readonly server: Child; readonly port: number }> {
  const server = startChild("./dying-simulator-child.ts", folder, String(dies));
  return { server, port: Number((await server.says("port ")).slice("port ".length)) };
}

/** Removes an account with mail while the server dies; what is there is as it was, or the account is in the bin. */
async function killedAt(step: number): Promise<"done" | "undone at once" | "waits"> {
  const home = await mkdtemp(join(tmpdir(), "xmailcfg-killed-server-"));
  homes.push(home);
  const folder = join(home, "MailRoot");
  const disk = local(folder);
  await writeMailRoot(disk, { domain: DOMAIN });
  const row = `"${CTRL.account}"\t"${encodePassword(CTRL.password)}"\n`;
  await disk.write(storagePath("ctrlaccounts.tab"), Buffer.from(row));
  const first = await served(folder, step);
  const { changes, close } = steppedChanges(first.port, disk, never);
  const added = await changes.rehearse(async ({ accounts, aliases }) => {
    await accounts.add({ ...HANA, kind: "user", password: secret("pw-hana") });
    await aliases.add({ domain: DOMAIN, alias: "info", target: `hana@${DOMAIN}` });
  });
  await added.apply();
  await deliver(disk, `hana@${DOMAIN}`, "1.mail");
  const old = known(await snapshotOf(disk));

  const removal = await changes.rehearse(({ accounts }) => accounts.remove(HANA));
  await writeFile(`${folder}.now`, "");
  const failure = await removal.apply().then(
    () => null,
    (error: unknown) => error,
  );
  const waits = await changes.unfinished();
  if (waits) {
    // Without the server nothing can be put right: the journal says what was begun, and no change goes past it.
    expect(failure).toMatchObject({ code: "XMAIL_HALF_DONE" });
    const { commands } = JSON.parse(Buffer.from(await disk.read(JOURNAL)).toString());
    expect(commands).toEqual([`userdel "${DOMAIN}" "hana"`]);
    await expect(changes.recover()).rejects.toMatchObject({ code: "XMAIL_UNREACHABLE" });
    const again = changes.rehearse(({ aliases }) => aliases.remove(DOMAIN, "info"));
    await expect(again.then(({ apply }) => apply())).rejects.toSatisfy((error) =>
      hasCode(error, "XMAIL_UNREACHABLE"),
    );
    expect(await changes.unfinished()).toBe(true);
  }
  await close();
  await first.server.kill();

  const second = await served(folder);
  const next = steppedChanges(second.port, disk, never);
  const [recovery] = await next.changes.recover();
  expect(recovery !== undefined).toBe(waits);
  expect(await next.changes.unfinished()).toBe(false);
  const isGone = (await disk.stat(storagePath(`domains/${DOMAIN}/hana`))) === null;
  if (recovery) expect(recovery.outcome).toBe(isGone ? "finished" : "rolledBack");
  if (failure === null || recovery?.outcome === "finished") {
    await (await next.changes.takeBack(removal.changes)).apply();
  }
  expect(known(await snapshotOf(disk)), `killed before step ${step}`).toEqual(old);
  await next.close();
  await disk.close();
  return failure === null ? "done" : waits ? "waits" : "undone at once";
}

test("the server is killed anywhere in a userdel: nothing is lost, and what waits is kept and said", async () => {
  const seen = new Set<string>();
  for (let step = 1; step < 20 && !seen.has("done"); step += 1) seen.add(await killedAt(step));
  expect([...seen].sort()).toEqual(["done", "undone at once", "waits"]);
});

/** The tables and the mail, rows without their order and numbers. */
function known(files: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => /\.tab$|\.mail$/.test(path))
      .map(([path, text]) => {
        const lines = text.split("\n").filter((line) => line !== "" && line !== "#");
        return [path, lines.map((line) => line.replace(/\t\d+\t/, "\t#\t")).sort()];
      }),
  );
}
