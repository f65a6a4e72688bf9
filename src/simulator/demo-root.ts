import { encodePassword } from "../crypto/password-code.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { FILES } from "../tab/files.ts";
import { demoPeople, type Person } from "./demo-people.ts";
import { demoQueue } from "./demo-queue.ts";
import { inParallel } from "./in-parallel.ts";
import { writeMailRoot } from "./mail-root.ts";
import { rowLine } from "./row-line.ts";

/** Who may sign in to the control port of a simulator over the demo MailRoot. */
export const DEMO_CTRL = { account: "demo", password: "demo-control-1" } as const;

const DOMAINS = ["example.com", "example.jp", "example.org", "example.net"] as const;

const LISTS = [
  {
    domain: "example.com",
    name: "announce",
    members: ["alice@example.com", "bob@example.com", "press@partner.example"],
  },
  { domain: "example.jp", name: "all-staff", members: ["hanako.sato@example.jp", "taro.suzuki@example.jp"] },
  {
    domain: "example.org",
    name: "developers",
    members: ["a.archer@example.org", "contributor@code.example"],
  },
] as const;

const ALIASES = [
  ["example.com", "postmaster", "alice"],
  ["example.com", "info", "office"],
  ["example.com", "sales*", "orders"],
  ["example.com", "helpme", "helpdesk"],
  ["example.jp", "postmaster", "hanako.sato"],
  ["example.jp", "info", "taro.suzuki"],
  ["example.jp", "support-?", "hina.tanaka"],
  ["example.org", "postmaster", "a.archer"],
  ["example.org", "*", "b.brennan"],
  ["example.net", "postmaster", "office"],
  ["*", "abuse", "alice@example.com"],
] as const;

const DOMAIN_ALIASES = [
  ["mail.example.com", "example.com"],
  ["*.example.jp", "example.jp"],
  ["old.example.org", "example.org"],
] as const;

/** Kilobytes in the mailbox and the limit, taken in turn: half empty, empty, nearly full, quite full, no limit. */
const BOXES = [
  { messages: [2, 3], limitKb: 10_000 },
  { messages: [], limitKb: 10_000 },
  { messages: [18, 9, 20], limitKb: 50 },
  { messages: [1], limitKb: 20_000 },
  { messages: [4, 1, 1, 2], limitKb: 0 },
  { messages: [20, 20], limitKb: 40 },
  { messages: [], limitKb: 5_000 },
] as const;

const EVERY_SUSPENDED = 17;
const EVERY_SEEN = 3;

/**
 * Fills an empty storage with a MailRoot that has something to show: four domains, about 120 accounts, lists, aliases,
 * full mailboxes, frozen mail. Always the same one. Sign in to its control port with `DEMO_CTRL`.
 */
export async function seedDemo(storage: Storage): Promise<void> {
  await writeMailRoot(storage, { domain: DOMAINS[0], ctrl: DEMO_CTRL });
  const people = demoPeople();
  const files: Record<string, string> = { ...tables(people), ...demoQueue() };
  for (const [i, person] of people.entries()) Object.assign(files, accountFiles(person, i));
  for (const list of LISTS) {
    const folder = `domains/${list.domain}/${list.name}`;
    files[`${folder}/user.tab`] = rowLine(["RealName", `${list.name} (list)`]) + rowLine(["ClosedML", "1"]);
    files[`${folder}/mlusers.tab`] = list.members.map((member) => rowLine([member, "RW"])).join("");
  }
  const boxes = people.map((person) => `domains/${person.domain}/${person.name}/Maildir`);
  const folders = [
    ...DOMAINS.flatMap((domain) => [`domains/${domain}`, `cmdaliases/${domain}`]),
    ...boxes.flatMap((box) => [`${box}/new`, `${box}/cur`, `${box}/tmp`]),
  ];
  await inParallel(folders, (folder) => storage.makeFolder(storagePath(folder)));
  await inParallel(Object.entries(files), ([path, text]) =>
    storage.write(storagePath(path), Buffer.from(text)),
  );
}

function tables(people: readonly Person[]): Record<string, string> {
  const lists = LISTS.map(({ domain, name }) => ({ domain, name, kind: "M" }));
  const accounts = [...people.map(({ domain, name }) => ({ domain, name, kind: "U" })), ...lists];
  return {
    [FILES.domains.path]: DOMAINS.map((domain) => rowLine([domain])).join(""),
    [FILES.accounts.path]: accounts
      .map(({ domain, name, kind }, i) =>
        rowLine([domain, name, encodePassword(`demo-${name}`), i + 1, name, kind]),
      )
      .join(""),
    [FILES.aliases.path]: ALIASES.map((row) => rowLine(row)).join(""),
    [FILES.domainAliases.path]: DOMAIN_ALIASES.map((row) => rowLine(row)).join(""),
    [FILES.externalAliases.path]: rowLine(["partner.example", "a.archer", "example.com", "alice"]),
    [FILES.popLinks.path]: rowLine([
      "example.com",
      "bob",
      "pop.provider.example",
      "bob.brennan",
      encodePassword("demo-remote"),
      "STLS,APOP",
    ]),
    "custdomains/gateway.example.tab": rowLine(["smtprelay", "192.0.2.25"]),
  };
}

function accountFiles(person: Person, i: number): Record<string, string> {
  const folder = `domains/${person.domain}/${person.name}`;
  const box = BOXES[i % BOXES.length] ?? BOXES[0];
  const open = i % EVERY_SUSPENDED === EVERY_SUSPENDED - 1 ? "0" : "1";
  const variables = [
    ["RealName", encodedWord(person.realName)],
    ["HomePage", ""],
    ["MaxMBSize", String(box.limitKb)],
    ["SmtpPerms", "MR"],
    ["ReceiveEnable", open],
    ["PopEnable", open],
  ];
  const files: Record<string, string> = {
    [`${folder}/user.tab`]: variables.map((row) => rowLine(row)).join(""),
  };
  box.messages.forEach((kilobytes, number) => {
    files[`${folder}/Maildir/new/1795500${String(i).padStart(3, "0")}00${number}.demo`] = message(
      person,
      kilobytes,
    );
  });
  if (i % EVERY_SEEN === 0) files[`${folder}/.ipconn`] = `192.0.2.${(i % 200) + 20}\n`;
  return files;
}

/** A message of exactly this many kilobytes. */
function message({ name, domain }: Person, kilobytes: number): string {
  const head = `From: <newsletter@partner.example>\nTo: <${name}@${domain}>\nSubject: News\n\n`;
  const line = "The demo fills mailboxes with lines like this one, so that their size shows.\r\n";
  return (
    head + line.repeat(Math.ceil((kilobytes * 1024) / line.length)).slice(0, kilobytes * 1024 - head.length)
  );
}

/** RFC 2047: control commands carry ASCII only, so XMail's tables hold other names like this. */
function encodedWord(text: string): string {
  return /[^ -~]/.test(text) ? `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=` : text;
}
