import { accountTarget, domainTarget, SERVER, type Target } from "../../src/kernel/target.ts";
import { ACCOUNT_ROWS } from "../../src/xmail/account-rows.ts";
import type { AccountRow } from "../../src/xmail/accounts.ts";
import { ALIAS_ROWS } from "../../src/xmail/alias-rows.ts";
import type { Backend } from "../../src/xmail/backend.ts";
import type { Incident } from "../../src/xmail/incidents.ts";
import type { MailboxStore } from "../../src/xmail/mailboxes.ts";
import { sameName } from "../../src/xmail/names.ts";
import { pageOfRows } from "../../src/xmail/rows-page.ts";

import type { SpoolJob, SpoolStore } from "../../src/xmail/spool.ts";

/** One call on the port and what it was about. `whole` marks a read of a whole table. */
export interface Touch {
  readonly method: string;
  readonly targets: readonly Target[];
  readonly whole: boolean;
}

const ACCOUNTS: readonly AccountRow[] = [
  { domain: "example.com", name: "hana", kind: "user" },
  { domain: "example.com", name: "info", kind: "list" },
  { domain: "example.org", name: "ken", kind: "user" },
  { domain: "other.test", name: "ken", kind: "user" },
];
const ALIASES = [
  { domain: "example.com", alias: "sales", target: "hana@example.com" },
  { domain: "example.org", alias: "*", target: "ken@example.org" },
];
const EXTERNAL_ALIASES = [
  { local: "hana@example.com", remote: "hana@provider.test" },
  { local: "ken@example.org", remote: "ken@provider.test" },
];
const MEMBERS = [{ address: "aoi@elsewhere.test", permissions: "RW" }];
const LINK = { host: "pop.provider.test", options: ["STLS"], enabled: true };
const POP_LINKS = [
  { ...LINK, domain: "example.com", name: "hana", remoteName: "hana" },
  { ...LINK, domain: "example.org", name: "ken", remoteName: "ken" },
  { ...LINK, domain: "@example.org", name: "all", remoteName: "all" },
];
const NOTHING_COUNTED = { key: "", lines: 0, messages: 0, bytes: 0, refused: 0 };
const NO_MAIL = { bytes: 0, messages: 0, lastLogin: null };

/** A port that answers with a little world and writes down all that is asked of it. */
export function recordingBackend(): { backend: Backend; touches: Touch[] } {
  const touches: Touch[] = [];
  const touch = (method: string, ...targets: Target[]) =>
    void touches.push({ method, targets, whole: false });
  const whole = <T>(method: string, answer: T): T => {
    touches.push({ method, targets: [SERVER], whole: true });
    return answer;
  };
  const suspended = new Map([["XMailCFG-BeforeSuspend", "PopEnable"]]);
  let variablesAsked = 0;
  const backend: Backend = {
    kind: "tab",
    logs: {
      files: async () => whole("logs.files", []),
      search: async () => whole("logs.search", { rows: [], next: null, looked: 0 }),
      async tally({ domain }) {
        touch("logs.tally", domain === undefined ? SERVER : domainTarget(domain));
        return { groups: {}, total: NOTHING_COUNTED, broken: 0, cut: [] };
      },
    },
    domains: {
      list: async () => whole("domains.list", ["example.com", "example.org", "other.test"]),
      add: async (domain) => touch("domains.add", SERVER, domainTarget(domain)),
      remove: async (domain) => touch("domains.remove", SERVER, domainTarget(domain)),
      holdings: async (domain) => {
        touch("domains.holdings", domainTarget(domain));
        return {
          accounts: 1,
          lists: 0,
          aliases: 0,
          domainAliases: 0,
          externalAliases: 0,
          popLinks: 0,
          commandAliases: 0,
          ownSteps: false,
          foreignAliases: 0,
          messages: 0,
          bytes: 0,
        };
      },
    },
    accounts: {
      async *list(domain) {
        if (domain === undefined) whole("accounts.list", null);
        else touch("accounts.list", domainTarget(domain));
        for (const row of ACCOUNTS) if (domain === undefined || sameName(row.domain, domain)) yield row;
      },
      page: async (request) => {
        if (request.domain === undefined) whole("accounts.page", null);
        else touch("accounts.page", domainTarget(request.domain));
        return pageOfRows(ACCOUNTS, ACCOUNT_ROWS, request);
      },
      counts: async () => whole("accounts.counts", new Map([["example.com", { user: 1, list: 1 }]])),
      get: async (ref) => {
        touch("accounts.get", accountTarget(ref));
        return { ...ref, kind: "user" };
      },
      folder: async (ref) => {
        touch("accounts.folder", accountTarget(ref));
        return `domains/${ref.domain}/${ref.name}`;
      },
      add: async (ref) => touch("accounts.add", accountTarget(ref)),
      addAll: async (refs) => touch("accounts.addAll", ...refs.map(accountTarget)),
      remove: async (ref) => touch("accounts.remove", accountTarget(ref)),
      setPassword: async (ref) => touch("accounts.setPassword", accountTarget(ref)),
      checkPassword: async (ref) => {
        touch("accounts.checkPassword", accountTarget(ref));
        return true;
      },
      variables: async (refs) => {
        touch("accounts.variables", ...refs.map(accountTarget));
        // Suspended every other time, so that suspend and resume both reach their write.
        return refs.map(() => (variablesAsked++ % 2 ? suspended : new Map<string, string>()));
      },
      setVariables: async (ref) => touch("accounts.setVariables", accountTarget(ref)),
      usage: async (refs) => {
        touch("accounts.usage", ...refs.map(accountTarget));
        return refs.map(() => NO_MAIL);
      },
      facts: async (refs) => {
        touch("accounts.facts", ...refs.map(accountTarget));
        return refs.map(() => ({ variables: new Map<string, string>(), usage: NO_MAIL }));
      },
    },
    aliases: {
      list: async () => whole("aliases.list", ALIASES),
      page: async (request) => whole("aliases.page", pageOfRows(ALIASES, ALIAS_ROWS, request)),
      counts: async () => whole("aliases.counts", new Map([["example.com", 1]])),
      add: async ({ domain, target }) => {
        const [name = "", home = ""] = target.split("@");
        touch("aliases.add", domainTarget(domain), accountTarget({ domain: home, name }));
      },
      addAll: async (rows) => touch("aliases.addAll", ...rows.map(({ domain }) => domainTarget(domain))),
      remove: async (domain) => touch("aliases.remove", domainTarget(domain)),
    },
    domainAliases: {
      list: async () => whole("domainAliases.list", [{ alias: "mirror.test", real: "example.com" }]),
      add: async ({ real }) => touch("domainAliases.add", SERVER, domainTarget(real)),
      remove: async () => touch("domainAliases.remove", SERVER),
    },
    externalAliases: {
      list: async () => whole("externalAliases.list", EXTERNAL_ALIASES),
      add: async ({ local }) => touch("externalAliases.add", accountTarget(partsOf(local))),
      remove: async (remote) => {
        const row = EXTERNAL_ALIASES.find((one) => one.remote === remote);
        touch("externalAliases.remove", row ? accountTarget(partsOf(row.local)) : SERVER);
      },
    },
    mailingLists: {
      members: async (ref) => {
        touch("mailingLists.members", accountTarget(ref));
        return MEMBERS;
      },
      add: async (ref) => touch("mailingLists.add", accountTarget(ref)),
      remove: async (ref) => touch("mailingLists.remove", accountTarget(ref)),
      setPermissions: async (ref) => touch("mailingLists.setPermissions", accountTarget(ref)),
    },
    popLinks: {
      list: async () => whole("popLinks.list", POP_LINKS),
      add: async (link) => touch("popLinks.add", targetOfLink(link)),
      change: async (link) => touch("popLinks.change", targetOfLink(link)),
      remove: async (link) => touch("popLinks.remove", targetOfLink(link)),
      turn: async (link) => touch("popLinks.turn", targetOfLink(link)),
    },
    files: {
      read: async (path) => {
        // What every new account of a domain without defaults of its own begins with.
        if (path === "userdef.tab") return whole("files.read", null);
        touch("files.read", targetOfFile(path));
        return null;
      },
      list: async (folder) => {
        touch("files.list", targetOfFile(`${folder}/x`));
        return [];
      },
      folders: async (folder) => {
        touch("files.folders", targetOfFile(`${folder}/x`));
        return [];
      },
      edit: async (path, change) => {
        touch("files.edit", targetOfFile(path));
        change(null);
      },
    },
    mailboxes: recordedMailboxes(touch, whole),
    spool: recordedSpool(touch, whole),
    server: {
      status: async () => {
        touch("server.status", SERVER);
        return {
          reachable: true,
          version: "XMail 1.27",
          problem: null,
          mode: "tab",
          transport: "files",
          storage: { kind: "local", host: null },
        };
      },
      check: async () => {
        touch("server.check", SERVER);
        return [{ part: "mailRoot", found: "storageOpens", values: { kind: "local" } }];
      },
      account: "admin",
      stop: async () => touch("server.stop", SERVER),
      fetchPop3Links: async () => touch("server.fetchPop3Links", SERVER),
      flushQueue: async () => touch("server.flushQueue", SERVER),
      program: {
        restart: async () => touch("server.restart", SERVER),
        answerProgram: ["/usr/bin/node", "/opt/xmailcfg/xmailcfg-filter.cjs"],
        startLine: async () => {
          touch("server.startLine", SERVER);
          return "-Pl";
        },
      },
    },
    close: async () => undefined,
  };
  return { backend, touches };
}

const MESSAGE = {
  id: "0_1_1795509232561.7fd1577fe6c0.72b3.92.mx1",
  state: "frozen",
  from: "hana@example.com",
  to: "aoi@elsewhere.test",
  auth: "",
  ip: "192.0.2.10",
  subject: "Hello",
  number: "S1",
  size: 500,
  since: 1_795_509_232_561,
  tries: 1,
  lastTry: 1_795_509_242_000,
  reason: "",
} as const;
const COUNT = { messages: 1, bytes: 500, oldest: MESSAGE.since };
const INCIDENT: Incident = {
  id: "20261124T084000000Z-0123abcd",
  domain: "example.com",
  name: "hana",
  mail: "auth:=hana@example.com",
  spam: "",
  note: "",
  opened: "2026-11-24T08:40:00.000Z",
  openedBy: "x",
  closed: "",
  closedBy: "",
  pattern: { messages: 0, bytes: 0, oldest: 0, sides: [], looked: 1, of: 1 },
  events: null,
};

function recordedSpool(
  touch: (method: string, ...targets: Target[]) => void,
  whole: <T>(method: string, answer: T) => T,
): SpoolStore {
  const about = (method: string, domain: string | undefined) =>
    touch(`spool.${method}`, domain === undefined ? SERVER : domainTarget(domain));
  const job: SpoolJob = {
    id: "20261124T084000000Z-0123abcd",
    action: "remove",
    filter: "",
    domain: "",
    begun: "2026-11-24T08:40:00.000Z",
    by: "x",
    finished: true,
    undoes: "",
    undoable: true,
    ...{ done: 1, bytes: 500, gone: 0, looked: 1, of: 1 },
  };
  const store: SpoolStore = {
    sees: "all",
    page: async ({ domain, visible }) => {
      // Whoever says which messages he may see looks at all, and is told of those.
      if (visible) return whole("spool.page", { items: visible(MESSAGE) ? [MESSAGE] : [], next: null });
      about("page", domain);
      return { items: [MESSAGE], next: null };
    },
    shape: async ({ domain }) => {
      about("shape", domain);
      const states = { ready: 0, retry: 0, frozen: 1, held: 0 };
      return { ...COUNT, states, writing: 0, orphans: 0, groups: [], others: 0, looked: 1, of: 1 };
    },
    foresee: async ({ domain }) => {
      about("foresee", domain);
      return { caught: COUNT, left: COUNT, samples: [MESSAGE], leftSamples: [], looked: 1, of: 1 };
    },
    // One message of example.com; who asks for a domain is told of none that is not its.
    get: async () => whole("spool.get", { ...MESSAGE, headers: [], log: [], rest: false }),
    bytesOf: async () => whole("spool.raw", Buffer.from("Subject: Hello")),
    begin: async ({ domain }) => {
      about("begin", domain);
      // Nothing to go on with.
      return { ...job, id: "" };
    },
    undo: async () => {
      touch("spool.undo", SERVER);
      return job;
    },
    work: async () => {
      touch("spool.work", SERVER);
      return job;
    },
    jobs: async () => {
      touch("spool.jobs", SERVER);
      return [job];
    },
    removed: async () => {
      touch("spool.removed", SERVER);
      return { items: [MESSAGE], next: null };
    },
    removedMail: async () => {
      touch("spool.removedMail", SERVER);
      return Buffer.from("Subject: Hello");
    },
    rehearsing: () => store,
    incidents: {
      list: async () => {
        touch("incidents.list", SERVER);
        return [INCIDENT];
      },
      get: async () => {
        touch("incidents.get", SERVER);
        return INCIDENT;
      },
      open: async () => {
        touch("incidents.open", SERVER);
        return INCIDENT;
      },
      change: async (_, change) => {
        touch("incidents.change", SERVER);
        return change(INCIDENT);
      },
    },
  };
  return store;
}

const COUNTED = {
  ...{ bytes: 500, messages: 1, limit: 1024, newest: MESSAGE.since, lastLogin: null, before: null },
  ...{ countedAt: MESSAGE.since, waits: false },
  largest: [{ id: "new_1795509203993.7fd19a91d6c0.72b3.12.mx1", size: 500, arrived: MESSAGE.since }],
};

function recordedMailboxes(
  touch: (method: string, ...targets: Target[]) => void,
  whole: <T>(method: string, answer: T) => T,
): MailboxStore {
  const [largest] = COUNTED.largest;
  if (!largest) throw new Error("nothing is large");
  return {
    counted: async () =>
      whole(
        "mailboxes.counted",
        ACCOUNTS.filter(({ kind }) => kind === "user").map((row) => ({ ...row, ...COUNTED })),
      ),
    count: async ({ domain }) =>
      touch("mailboxes.count", domain === undefined ? SERVER : domainTarget(domain)),
    page: async (ref) => {
      touch("mailboxes.page", accountTarget(ref));
      return { items: [{ ...largest, from: "", subject: "", date: "" }], total: 1, bytes: 500, next: null };
    },
    open: async (ref) => {
      touch("mailboxes.open", accountTarget(ref));
      const nothing = { headers: [], links: [], attachments: [], text: "", html: null, leftOut: 0 };
      return { ...largest, ...nothing, state: "whole" };
    },
    bytesOf: async (ref) => {
      touch("mailboxes.bytesOf", accountTarget(ref));
      return Buffer.from("Subject: Hello");
    },
    attachment: async (ref) => {
      touch("mailboxes.attachment", accountTarget(ref));
      return { name: "a", type: "text/plain", size: 1, content: Buffer.from("a") };
    },
  };
}

function partsOf(address: string): { domain: string; name: string } {
  const at = address.lastIndexOf("@");
  return { name: address.slice(0, at), domain: address.slice(at + 1) };
}

/** One that delivers by a rule about addresses is the server's. */
function targetOfLink(link: { domain: string; name: string }): Target {
  return /^[@?&]/.test(link.domain) ? SERVER : accountTarget(link);
}

/** `domains/<domain>/<account>/…`, `domains/<domain>/…`, `cmdaliases/<domain>/…`; everything else is the server's. */
function targetOfFile(path: string): Target {
  const [top, domain, ...rest] = path.split("/");
  if (domain === undefined || (top !== "domains" && top !== "cmdaliases")) return SERVER;
  const [name, ...more] = rest;
  return top === "domains" && name !== undefined && more.length > 0
    ? accountTarget({ domain, name })
    : domainTarget(domain);
}
