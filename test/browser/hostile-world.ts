import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toNodeListener } from "../../adapters/node/node.ts";
import { Secret } from "../../src/errors/secret.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import type { ChangeEntry } from "../../src/kernel/history.ts";
import { NO_DELEGATION } from "../../src/kernel/people.ts";
import { SERVER } from "../../src/kernel/target.ts";
import { openXMail } from "../../src/open.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { createPanel } from "../../src/panel.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { newPerson } from "../../src/state/people-file.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { littleWorld } from "../support/little-world.ts";
import type { Bytes } from "../support/whole-storage.ts";
import { logText, messageText } from "../unit/spool/spool-samples.ts";
import { ATTACKS } from "../unit/web/attacks.ts";
import { listen } from "./browser.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };
export const MASTER = { name: "master", password: "Administrator-1" };
export const OWNER = { name: "hana@example.com", password: "Long-enough-1" };
export const DELEGATE = { name: "sato", password: "Quiet-river-1977" };
export const DOOR = "sato-office";

/** Of the attacks, those that a line can hold. */
const ON_A_LINE = ATTACKS.filter((text) => !/[\0\r\n\t]/.test(text));
/** Those that a name of a file can be. */
const AS_NAMES = ["<img src=x onerror=alert(1)>", "' onmouseover='alert(1)' x='", "javascript:alert(1)"];
const WORST = '"><svg onload=alert(1)>';

/**
 * What stands in MailRoot besides its tables, by whoever wrote it there. Rooms that show other files of XMail add theirs
 * here, a line each: what they show is then opened by the suite.
 */
const MORE_FILES: readonly (readonly [path: string, text: string])[] = [
  ...AS_NAMES.flatMap((name): [string, string][] => [
    [`filters/${name}.tab`, line(name)],
    [`cmdaliases/example.com/${name}.tab`, line("external", "0", "1", "60", name)],
    [`custdomains/${name}.tab`, line("redirect", name)],
    [`domains/${name}/${name}/user.tab`, line("RealName", name)],
  ]),
  ["cmdaliases/example.com/orders.tab", line("redirect", "ken@example.com") + line("redirect", WORST)],
  ["domains/example.com/mailproc.tab", ON_A_LINE.map((text) => line("redirect", text)).join("")],
  ["logs/smtp-202611240000", ATTACKS.map((text) => line(text, text, text)).join("")],
  ["spool/0/0/slog/1", ATTACKS.join("\n")],
  ...ON_A_LINE.flatMap((text, n): [string, string][] => {
    const name = `1795509232561.7fd1577fe6c0.72b3.${n.toString(16)}.mx1`;
    const head = { from: text, to: text, auth: OWNER.name, subject: text };
    return [
      [`spool/0/0/${n % 2 === 0 ? "mess" : "rsnd"}/${name}`, messageText(head)],
      [`spool/0/0/slog/${name}`, logText(text)],
    ];
  }),
  ["domains/example.com/hana/Maildir/new/1795509232561.1.mx1", mailWith(ATTACKS)],
  ["domains/example.com/hana/mailbox/1", mailWith(ATTACKS)],
];

/** Attacks as subject, as text, as markup, and as the name and content of a file. */
function mailWith(texts: readonly string[]): string {
  const name = AS_NAMES.join(" ").replaceAll('"', "");
  return [
    ...texts.map((text) => `Subject: ${text.replace(/[\0\r\n]/g, " ")}`),
    "From: x@y.test",
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
    ...["", "--b", "Content-Type: text/plain; charset=utf-8", "", ...texts],
    ...["", "--b", "Content-Type: text/html; charset=utf-8", "", ...texts],
    ...[
      "",
      "--b",
      "Content-Type: text/html",
      `Content-Disposition: attachment; filename="${name}"`,
      "",
      ...texts,
    ],
    ...["--b--", ""],
  ].join("\r\n");
}

function line(...cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replace(/[\\"]/g, "\\$&")}"`).join("\t")}\n`;
}

/** A table with a row for each attack in each of its columns, the others as they were in its first row. */
function withHostileRows(text: string, from: number): string {
  const [first = ""] = text.split("\n").filter((row) => row.includes("\t") && !row.startsWith("#"));
  const cells = first.trimEnd().split("\t");
  const rows = cells.flatMap((_, column) =>
    [0, 1, 2].map((n) => {
      const attack = ON_A_LINE[(from + column * 3 + n) % ON_A_LINE.length] ?? "";
      return `${cells.map((cell, at) => (at === column ? line(attack).trimEnd() : cell)).join("\t")}\n`;
    }),
  );
  const all = line(...cells.map((_, at) => ON_A_LINE[(from + at) % ON_A_LINE.length] ?? ""));
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${rows.join("")}${all}`;
}

/** Tables by which the server itself is told what to do: with nonsense in them nobody could reach it. */
const RULES_THE_SERVER = /^(?:server\.tab|ctrl.*\.tab|tabindex\/.*|\.xmailcfg.*)$/;

function writeMailRoot(folder: string, world: Bytes): void {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.from(text, "utf8"));
  };
  for (const [at, [path, text]] of Object.entries(world).entries()) {
    if (path.endsWith("/")) mkdirSync(join(folder, path), { recursive: true });
    else if (/^(?:tabindex|\.xmailcfg)\//.test(path)) continue;
    else if (!path.endsWith(".tab") || RULES_THE_SERVER.test(path)) put(path, text);
    else put(path, withHostileRows(text, at * 5));
  }
  for (const [path, text] of MORE_FILES) put(path, text);
  const variables = ON_A_LINE.map((text, n) => line(`Attack${n}`, text)).join("");
  put("server.tab", `${world["server.tab"]}${variables}${line(WORST, WORST)}`);
}

type Kept = Record<string, unknown>;

/** What people wrote, or whoever edits our files by hand: where a text may stand, it is hostile. */
async function writeState(folder: string): Promise<void> {
  const state = await openState(local(folder));
  await state.addAdministrator(MASTER);
  const all = ON_A_LINE.join(" ");
  const told = { fullName: all, email: WORST, phone: WORST, address: all, memo: ATTACKS.join("\n") };
  const door = { slug: DOOR, host: "", title: all, text: ATTACKS.join("\n"), logo: WORST, colour: "#336699" };
  const support = { postmaster: all, masterEmail: WORST, masterPhone: all, popServer: all, smtpServer: all };
  const delegation = { ...NO_DELEGATION, domains: ["example.com", WORST], door, support };
  const add = async (name: string, more: object) =>
    state.people.add(newPerson({ name, ...told, ...more }), new Secret(DELEGATE.password));
  const { id } = await add(DELEGATE.name, { role: "delegate", delegation });
  await add("keeper", {
    role: "listAdministrator",
    lists: [{ domain: "example.com", name: WORST }],
    parent: id,
  });
  await add("looker", { role: "auditor", networks: [WORST] });
  for (const name of ON_A_LINE.slice(0, 3)) {
    const key = { name: name.slice(0, 64), person: id, allow: [WORST], networks: [WORST] };
    const on = [{ kind: "domain" as const, domain: WORST }];
    await state.people.keys.add({ ...key, on, validUntil: "", dryRunOnly: false });
  }
  const days = { validFrom: "", validUntil: "" };
  const members = [
    { domain: "example.com", name: "hana", ...days },
    { domain: WORST, name: WORST, ...days },
  ];
  const responsible = { responsible: all, responsibleEmail: WORST, responsiblePhone: WORST };
  for (const name of ON_A_LINE)
    await state.groups.add({ name, ...days, list: WORST, memo: all, ...responsible, members });
  for (const [n, text] of ATTACKS.entries()) await remember(state, text, n);
  await state.close();
  edit(folder, "people.json", ({ people }) => {
    const copies = (people as Kept[]).slice(1).map((person, n) => ({
      ...person,
      id: `del_${String(n).padStart(16, "0")}`,
      name: ON_A_LINE[n],
      alias: AS_NAMES[n % AS_NAMES.length],
      delegation: person["delegation"] && { ...delegation, door: { ...door, slug: WORST } },
    }));
    (people as Kept[]).push(...copies);
  });
}

async function remember(
  state: Awaited<ReturnType<typeof openState>>,
  text: string,
  n: number,
): Promise<void> {
  const at = new Date();
  const target = n % 2 === 0 ? SERVER : ({ kind: "account", domain: text, name: text } as const);
  const said = { at, requestId: text, actor: text, actorName: text, from: text, reason: text };
  const operation = n % 3 === 0 ? text : "account.add";
  const input = { domain: text, [text]: text, set: [{ name: text, value: text }] };
  await state.audit.record({ ...said, really: text, operation, target, input, phase: "done", change: text });
  const changes: ChangeEntry["changes"] = {
    commands: [text],
    files: [
      {
        kind: "file",
        path: `${text}/x.tab`,
        before: null,
        after: null,
        hunks: [{ at: 0, removed: [`${text}\n`], added: [text] }],
      },
      { kind: "folderMade", path: text },
      { kind: "folderRemoved", path: text, files: 1, bytes: 1, kept: text },
    ],
    final: ["mailbox"],
  };
  const begun = await state.history.begin({ ...said, operation, target, about: [text], input, changes });
  if (begun.id !== null && n % 2 === 0) await state.history.end(begun.id, "done");
}

function edit(folder: string, file: string, change: (content: Kept) => void): void {
  const path = join(folder, file);
  const content = JSON.parse(readFileSync(path, "utf8")) as Kept;
  change(content);
  writeFileSync(path, JSON.stringify(content));
}

export interface HostileWorld {
  readonly origin: string;
  /** Whether the master has a passkey with a hostile name: while he has, he cannot sign in. */
  hasPasskey(wanted: boolean): Promise<void>;
  close(): Promise<void>;
}

/** The real panel over a simulated XMail, with hostile text wherever one may stand in MailRoot and in the state. */
export async function openHostileWorld(around: (panel: FetchHandler) => FetchHandler): Promise<HostileWorld> {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-hostile-"));
  const mailRoot = join(folder, "MailRoot");
  writeMailRoot(mailRoot, await littleWorld(ALL_OPERATIONS));
  await writeState(join(folder, "state"));
  const simulator = await startSimulator({ storage: local(mailRoot) });
  const state = await openState(local(join(folder, "state")));
  const { audit, history, people, groups } = state;
  const xmail = await openXMail({
    storage: local(mailRoot),
    ctrl: { host: "127.0.0.1", port: simulator.port, ...CTRL },
    ...{ audit, history, people, groups },
  });
  // Begun and not gone on with: what was wanted is shown as it was typed.
  await xmail.spool.hold({ filter: `subject:"${AS_NAMES[0]}"`, seconds: 0 });
  // Removed: what was taken out is listed with its files.
  const { job } = await xmail.spool.remove({ filter: "status:retry" });
  await xmail.spoolJob.work({ job });
  const { incident } = await xmail.incident.open({ domain: "example.com", name: "hana" });
  await xmail.incident.set({ incident, note: `${WORST} ${AS_NAMES[0]}` });
  const panel = createPanel(xmail, { state, serverName: WORST });
  const site = await listen(toNodeListener(around(panel)));
  return {
    origin: site.origin,
    async hasPasskey(wanted) {
      const { id = "" } = (await people.named(MASTER.name)) ?? {};
      if (!wanted) return people.factors.forget(id);
      const shown = { id: "one", name: WORST, createdAt: new Date().toISOString(), lastUsedAt: "" };
      await people.factors.addPasskey(id, { ...shown, publicKey: "x", counter: 0, transports: [] });
    },
    async close() {
      await site.close();
      await xmail.close();
      await simulator.close();
      await state.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
