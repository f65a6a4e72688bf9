import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Secret } from "../../src/errors/secret.ts";
import { NO_DELEGATION, NOBODY_YET } from "../../src/kernel/people.ts";
import { openXMail } from "../../src/open.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { endChildren, startChild } from "./child-process.ts";
import { KINDS } from "./limits-race.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };
const PROCESSES = 4;
const EACH = 5;

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await endChildren();
  await close();
});

async function world(mode: "tab" | "ctrl+files"): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-race-"));
  const mailRoot = join(folder, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain: "example.com", ctrl: CTRL });
  const xmail = await openXMail({ storage: local(mailRoot), offline: true });
  const account = { domain: "example.com", password: "Long-enough-1" };
  await xmail.account.add({ ...account, name: "hana" });
  await xmail.account.add({ ...account, name: "news", kind: "list" });
  await xmail.member.add({ domain: "example.com", name: "news", address: "aoi@elsewhere.test" });
  await xmail.alias.add({ domain: "example.com", alias: "sales", target: "hana" });
  await xmail.close();
  const state = await openState(local(join(folder, "state")));
  const delegation = { ...NO_DELEGATION, domains: ["example.com"] };
  const person = { ...NOBODY_YET, role: "delegate" as const, name: "sato", delegation };
  await state.people.add(person, new Secret("Quiet-river-1977"));
  await state.close();
  const simulator = mode === "tab" ? null : await startSimulator({ storage: local(mailRoot) });
  writeFileSync(join(folder, "secret"), CTRL.password, { mode: 0o600 });
  const ctrl = {
    host: "127.0.0.1",
    port: simulator?.port,
    account: CTRL.account,
    password: { file: join(folder, "secret") },
  };
  const way = mode === "tab" ? { mailRoot, offline: true } : { mailRoot, ctrl };
  writeFileSync(join(folder, "config.json"), JSON.stringify({ xmail: way, state: join(folder, "state") }));
  close = async () => {
    await simulator?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return folder;
}

test.each(["tab", "ctrl+files"] as const)(
  "twenty at once in four processes, over %s: of each kind exactly one more comes through",
  async (mode) => {
    const folder = await world(mode);
    const children = Array.from({ length: PROCESSES }, (_, at) =>
      startChild("./limits-race-child.ts", folder, String(at * EACH), String(EACH)),
    );
    await Promise.all(children.map((child) => child.says("ready")));
    for (const kind of KINDS) {
      await leaveOne(folder);
      writeFileSync(join(folder, `go-${kind}`), "");
      const told = await Promise.all(children.map((child) => child.says(`told-${kind} `)));
      const all = told.flatMap((line) => line.split(" ").slice(1)).sort();
      const refused = Array.from({ length: PROCESSES * EACH - 1 }, () => "LIMIT_REACHED");
      expect(all, kind).toEqual([...refused, "done"]);
    }
  },
  300_000,
);

/** Limits with one left of each kind. */
async function leaveOne(folder: string): Promise<void> {
  const xmail = await openXMail({ storage: local(join(folder, "MailRoot")), offline: true });
  const of = { domain: "example.com" };
  const [domain] = (await xmail.domain.list()).items;
  const members = await xmail.member.list({ ...of, name: "news" });
  await xmail.close();
  const most = {
    accounts: Number(domain?.accounts) + 1,
    lists: Number(domain?.lists) + 1,
    aliases: Number(domain?.aliases) + 1,
    listMembers: members.total + 1,
  };
  const state = await openState(local(join(folder, "state")));
  const sato = await state.people.named("sato");
  await state.people.change(sato?.id ?? "", (one) => ({
    ...one,
    delegation: one.delegation && { ...one.delegation, most },
  }));
  await state.close();
}
