import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { CODES, type LintCode } from "../../../src/operations/lint/codes.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { local } from "../../../src/storage/local.ts";

interface Stage {
  readonly xmail: XMail;
  put(path: string, text: string): void;
  drop(path: string): void;
}

interface Case {
  readonly code: LintCode;
  /** Makes what a fresh MailRoot has otherwise. */
  clean?(stage: Stage): Promise<void> | void;
  spoil(stage: Stage): Promise<void> | void;
  readonly at?: readonly [file: string | null, line: number | null];
  /** How many times its fix has to be done until nothing is found; 0: it has none. */
  readonly fixes: number;
}

const row = (...cells: readonly (string | number)[]) => `${cells.map((cell) => `"${cell}"`).join("\t")}\n`;
const SERVER = row("RootDomain", "example.com") + row("PostMaster", "hana@example.com");
const OPEN = row("0.0.0.0", "0.0.0.0", "ALLOW", 1);
const closed = row("127.0.0.1", "255.255.255.255", "ALLOW", 2) + row("0.0.0.0", "0.0.0.0", "DENY", 1);
const add = async ({ xmail }: Stage, name: string, kind: "user" | "list" = "user") =>
  void (await xmail.account.add({ domain: "example.com", name, kind, password: "Long-enough-1" }));
const aliasRow = (alias: string, target: string) => row("example.com", alias, target);

const CASES: readonly Case[] = [
  {
    code: "openRelay",
    spoil: ({ put }) => put("smtprelay.tab", row("192.0.2.1/32") + row("0.0.0.0", "0.0.0.0")),
    at: ["smtprelay.tab", 2],
    fixes: 1,
  },
  {
    code: "openCtrl",
    clean: ({ put }) => put("ctrl.ipmap.tab", closed),
    spoil: ({ put }) => put("ctrl.ipmap.tab", OPEN),
    at: ["ctrl.ipmap.tab", 1],
    fixes: 2,
  },
  {
    code: "noRootDomain",
    spoil: ({ put }) => put("server.tab", row("PostMaster", "a@example.com")),
    at: ["server.tab", null],
    fixes: 1,
  },
  {
    code: "spammersMissing",
    spoil: ({ drop }) => drop("spammers.tab"),
    at: ["spammers.tab", null],
    fixes: 0,
  },
  {
    code: "passwordsLogged",
    spoil: ({ put }) => put("server.tab", SERVER + row("Pop3LogPasswd", 2)),
    at: ["server.tab", 3],
    fixes: 1,
  },
  {
    code: "failedPasswordsLogged",
    spoil: ({ put }) => put("server.tab", SERVER + row("Pop3LogPasswd", 1)),
    at: ["server.tab", 3],
    fixes: 1,
  },
  {
    code: "signInRelays",
    clean: ({ put }) => put("server.tab", SERVER + row("DefaultSmtpPerms", "M")),
    spoil: ({ put }) => put("server.tab", SERVER + row("DefaultSmtpPerms", "MR")),
    at: ["server.tab", 3],
    fixes: 0,
  },
  {
    code: "popBeforeSmtp",
    clean: ({ put }) => put("server.tab", SERVER + row("EnableAuthSMTP-POP3", 0)),
    spoil: ({ put }) => put("server.tab", SERVER),
    fixes: 1,
  },
  {
    code: "misspelt",
    spoil: ({ put }) => put("server.tab", SERVER + row("maxmtaops", 20)),
    at: ["server.tab", 3],
    fixes: 1,
  },
  {
    code: "domainStepsLose",
    spoil: ({ put }) => put("domains/example.com/mailproc.tab", row("external", 0, 5, "/bin/true")),
    at: ["domains/example.com/mailproc.tab", null],
    fixes: 1,
  },
  {
    code: "stepsEmpty",
    clean: (stage) => add(stage, "hana"),
    spoil: ({ put }) => put("domains/example.com/hana/mailproc.tab", ""),
    fixes: 1,
  },
  {
    code: "stepsLose",
    clean: (stage) => add(stage, "hana"),
    spoil: ({ put }) => put("domains/example.com/hana/mailproc.tab", row("filter", 0, 5, "/bin/true")),
    fixes: 1,
  },
  {
    code: "forwardLoop",
    async clean(stage) {
      await add(stage, "hana");
      await add(stage, "ken");
      stage.put("domains/example.com/hana/mailproc.tab", row("redirect", "ken@example.com"));
    },
    spoil: ({ put }) => put("domains/example.com/ken/mailproc.tab", row("redirect", "Hana@example.com")),
    fixes: 0,
  },
  { code: "aliasDangling", spoil: ({ put }) => put("aliases.tab", aliasRow("info", "gone")), fixes: 1 },
  {
    code: "aliasOfAlias",
    async clean(stage) {
      await add(stage, "hana");
      stage.put("aliases.tab", aliasRow("info", "hana"));
    },
    spoil: ({ put }) => put("aliases.tab", aliasRow("info", "hana") + aliasRow("sales", "info")),
    fixes: 1,
  },
  {
    code: "aliasLoop",
    spoil: ({ put }) => put("aliases.tab", aliasRow("a", "b") + aliasRow("b", "a")),
    fixes: 1,
  },
  {
    code: "aliasNoDomain",
    clean: (stage) => add(stage, "hana"),
    spoil: ({ put }) => put("aliases.tab", row("gone.test", "info", "hana@example.com")),
    fixes: 1,
  },
  {
    code: "aliasShadowed",
    async clean(stage) {
      await add(stage, "hana");
      await add(stage, "ken");
    },
    spoil: ({ put }) => put("aliases.tab", aliasRow("ken", "hana")),
    fixes: 1,
  },
  {
    code: "domainAliasDangling",
    spoil: ({ put }) => put("aliasdomain.tab", row("a.test", "gone.test")),
    fixes: 1,
  },
  {
    code: "domainAliasShadowed",
    spoil: ({ put }) => put("aliasdomain.tab", row("example.com", "example.com")),
    fixes: 1,
  },
  {
    code: "domainAliasOverlap",
    async clean({ xmail }) {
      await xmail.domain.add({ domain: "example.org" });
    },
    spoil: ({ put }) =>
      put("aliasdomain.tab", row("*.test", "example.com") + row("*.deep.test", "example.org")),
    fixes: 0,
  },
  {
    code: "commandAliasTakes",
    async clean(stage) {
      await add(stage, "hana");
      stage.put("cmdaliases/example.com/orders.tab", row("redirect", "a@b.test"));
    },
    spoil: ({ put }) => put("cmdaliases/example.com/hana.tab", row("redirect", "a@b.test")),
    at: ["cmdaliases/example.com/hana.tab", null],
    fixes: 1,
  },
  {
    code: "listNobody",
    async clean(stage) {
      await add(stage, "staff", "list");
      await stage.xmail.member.add({ domain: "example.com", name: "staff", address: "a@b.test" });
    },
    spoil: ({ put }) => put("domains/example.com/staff/mlusers.tab", row("a@b.test", "W")),
    fixes: 0,
  },
  {
    code: "listNoSender",
    clean: (stage) => add(stage, "postmaster"),
    spoil: (stage) => add(stage, "staff", "list"),
    fixes: 1,
  },
  {
    code: "noPostmaster",
    async clean(stage) {
      await add(stage, "postmaster");
    },
    async spoil(stage) {
      await stage.xmail.account.remove({ domain: "example.com", name: "postmaster" });
      await add(stage, "hana");
      stage.put("server.tab", SERVER);
    },
    fixes: 1,
  },
  {
    code: "noAbuse",
    clean: (stage) => add(stage, "abuse"),
    async spoil(stage) {
      await stage.xmail.account.remove({ domain: "example.com", name: "abuse" });
      await add(stage, "postmaster");
    },
    fixes: 1,
  },
  {
    code: "weakPassword",
    clean: ({ put }) => put("smtpauth.tab", row("printer", "Long-enough-1", "M")),
    spoil: ({ put }) => put("smtpauth.tab", `#${row("old", "x", "M")}${row("printer", "short", "M")}`),
    at: ["smtpauth.tab", 2],
    fixes: 0,
  },
  {
    code: "unreadable",
    spoil: ({ put }) => put("smtp.ipmap.tab", `${OPEN}${row("10.0.0.1", "255.0.0.0")}`),
    at: ["smtp.ipmap.tab", 2],
    fixes: 0,
  },
  {
    code: "lineTooLong",
    spoil: ({ put }) => put("spam-address.tab", row("a@b.test") + row(`*${"x".repeat(600)}`)),
    at: ["spam-address.tab", 2],
    fixes: 0,
  },
  {
    code: "patternShadowed",
    clean: ({ put }) => put("smtpfwd.tab", row("a.test", "mx.test") + row("*", "mx.test")),
    spoil: ({ put }) => put("smtpfwd.tab", row("*", "mx.test") + row("a.test", "mx.test")),
    at: ["smtpfwd.tab", 2],
    fixes: 1,
  },
  {
    code: "ruleShadowed",
    spoil: ({ put }) => put("smtprelay.tab", row("192.0.2.0/24") + row("192.0.2.7/32")),
    at: ["smtprelay.tab", 2],
    fixes: 1,
  },
  {
    code: "orphanFolder",
    spoil: ({ put }) => put("domains/example.com/gone/user.tab", ""),
    fixes: 0,
  },
  { code: "orphanDomainFolder", spoil: ({ put }) => put("domains/gone.test/x/user.tab", ""), fixes: 0 },
  {
    code: "folderMissing",
    clean: (stage) => add(stage, "hana"),
    spoil: ({ drop }) => drop("domains/example.com/hana"),
    fixes: 0,
  },
];

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

/** Without people who sign in: their passwords take longer than all the rest. */
async function openStage(mode: "tab" | "ctrl" | "ctrl+files"): Promise<Stage & { close(): Promise<void> }> {
  const root = mkdtempSync(join(tmpdir(), "xmailcfg-lint-"));
  await writeMailRoot(local(root), { domain: "example.com", ctrl: CTRL });
  const simulator = mode === "tab" ? null : await startSimulator({ storage: local(root) });
  const ctrl = { host: "127.0.0.1", port: simulator?.port ?? 1, ...CTRL };
  const xmail = await openXMail(
    mode === "tab"
      ? { storage: local(root), offline: true }
      : mode === "ctrl"
        ? { ctrl }
        : { ctrl, storage: local(root) },
  );
  return {
    xmail,
    put(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    drop: (path) => rmSync(join(root, path), { recursive: true }),
    async close() {
      await xmail.close();
      await simulator?.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Found by the way to XMail, or by counts that take too long to make here. */
const ELSEWHERE: readonly LintCode[] = ["clearLine", "foldersUnseen", "tooManyAccounts", "fileTooLarge"];

test("every code has a case", () => {
  const known = [...CASES.map(({ code }) => code), ...ELSEWHERE].sort();
  expect(known).toEqual(Object.keys(CODES).sort());
});

describe.each(["tab", "ctrl+files"] as const)("findings, %s", (mode) => {
  let stage: Awaited<ReturnType<typeof openStage>>;
  beforeEach(async () => {
    stage = await openStage(mode);
  });
  afterEach(() => stage.close());

  const found = async (code: LintCode) =>
    (await stage.xmail.server.lint({})).findings.filter((one) => one.code === code);

  test.each(CASES)("$code", async ({ code, clean, spoil, at, fixes }) => {
    await clean?.(stage);
    expect(await found(code), "clean").toEqual([]);
    await spoil(stage);
    const [first, ...rest] = await found(code);
    expect(first, "spoilt").toMatchObject({ code, severity: CODES[code] });
    expect(rest.length).toBeLessThan(2);
    if (at) expect([first?.file, first?.line]).toEqual(at);
    if (fixes === 0) expect(first?.fix).toBeNull();
    // One more where xmailcfg itself comes from an address, which has to be let in.
    for (let times = 0; times <= fixes; times += 1) {
      const [one] = fixes > 0 ? await found(code) : [];
      if (!one) break;
      const [noun = "", verb = ""] = (one.fix?.operation ?? "").split(".");
      const operations = stage.xmail as unknown as Record<
        string,
        Record<string, (input: unknown) => unknown>
      >;
      await operations[noun]?.[verb]?.(one.fix?.input);
    }
    if (fixes > 0) expect(await found(code), "mended").toEqual([]);
  });

  test("of a kind that is there a hundred times, the first fifty are shown and the rest counted", async () => {
    stage.put("smtpauth.tab", Array.from({ length: 100 }, (_, n) => row(`p${n}`, "short", "M")).join(""));
    const { findings, more, counts } = await stage.xmail.server.lint({});
    expect(findings.filter(({ code }) => code === "weakPassword").length).toBe(50);
    expect(more).toEqual([{ code: "weakPassword", count: 50 }]);
    expect(counts.warning).toBeGreaterThanOrEqual(100);
    expect(JSON.stringify(findings)).not.toContain("short");
  });
});

test("over the control port alone, what cannot be seen is said", async () => {
  const stage = await openStage("ctrl");
  try {
    const { findings } = await stage.xmail.server.lint({});
    expect(findings.map(({ code }) => code)).toContain("foldersUnseen");
    expect(findings.map(({ code }) => code)).not.toContain("orphanFolder");
  } finally {
    await stage.close();
  }
});

test("of a kind that is there two hundred thousand times, as many are counted", {
  timeout: 120_000,
}, async () => {
  const stage = await openStage("tab");
  try {
    const lines = Array.from({ length: 200_000 }, (_, n) => row("example.com", `a${n}`, "nobody"));
    stage.put("aliases.tab", lines.join(""));
    const { more } = await stage.xmail.server.lint({});
    expect(more).toContainEqual({ code: "aliasDangling", count: 200_000 - 50 });
  } finally {
    await stage.close();
  }
});
