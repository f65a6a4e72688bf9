import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { XMail } from "../../src/library.ts";

const row = (...cells: readonly string[]) => `${cells.map((cell) => `"${cell}"`).join("\t")}\n`;
const DENIED = "127.0.0.13";
const ACCOUNT = { domain: "example.com", password: "Long-enough-1" };

/** Settings of a server on which every kind of decision occurs; `folder` is its MailRoot, `xmail` speaks to it. */
export async function furnish(xmail: XMail, folder: string): Promise<void> {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const name of ["hana", "off", "full", "both", "steps", "lost"]) {
    await xmail.account.add({ ...ACCOUNT, name });
  }
  for (const name of ["staff", "club"]) await xmail.account.add({ ...ACCOUNT, name, kind: "list" });
  // Of "both", too: a mail that is taken nevertheless was taken by the command alias.
  for (const name of ["off", "both"]) {
    const set = [{ name: "ReceiveEnable", value: "0" }];
    await xmail.account.setVariables({ domain: "example.com", name, set });
  }
  await xmail.account.setVariables({
    domain: "example.com",
    name: "staff",
    set: [{ name: "ClosedML", value: "1" }],
  });
  await xmail.member.add({ domain: "example.com", name: "staff", address: "aoi@elsewhere.test" });
  await xmail.alias.add({ domain: "example.com", alias: "info", target: "hana" });
  await xmail.alias.add({ domain: "example.com", alias: "sales-*", target: "hana" });
  await xmail.alias.add({ domain: "example.com", alias: "s*", target: "off" });
  await xmail.domainAlias.add({ domain: "example.com", alias: "mirror.test" });
  put(
    "smtp.ipmap.tab",
    row("0.0.0.0", "0.0.0.0", "ALLOW", "1") + row(DENIED, "255.255.255.255", "DENY", "2"),
  );
  put("spammers.tab", `# banned\n${row("127.0.0.14/32")}${row("127.0.0.15/32", "code=0")}`);
  put("spam-address.tab", row("*@spam.example"));
  put("smtprelay.tab", row("127.0.0.20", "255.255.255.255"));
  put("custdomains/.custom.test.tab", row("smtprelay", "127.0.0.1:9"));
  put("cmdaliases/example.com/orders.tab", row("redirect", "hana@example.com"));
  put("cmdaliases/example.com/both.tab", row("redirect", "hana@example.com"));
  put("domains/example.com/steps/mailproc.tab", `${row("mailbox")}${row("redirect", "aoi@elsewhere.test")}`);
  put("domains/example.com/lost/mailproc.tab", row("external", "0", "5", "/bin/true"));
  put("smtpfwd.tab", row("forward.test", "127.0.0.1:9"));
}

export interface RouteCase {
  readonly name: string;
  readonly client?: string;
  readonly sender?: string;
  readonly recipient: string;
  readonly account?: string;
  /** What a real XMail answers: to whoever connects, to MAIL FROM, to RCPT TO. */
  readonly reply: readonly ["connect" | "mail" | "rcpt", number];
  readonly outcome: "refused" | "lost" | "delivered" | "passed-on";
  /** The step that decided, and where it stands. */
  readonly decides: readonly [said: string, file: string | null, line: number | null];
}

const OK = ["rcpt", 250] as const;
const SENDER = "aoi@elsewhere.test";

const CASES: readonly RouteCase[] = [
  {
    name: "an account",
    recipient: "hana@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["stored", "domains/example.com/hana", null],
  },
  {
    name: "upper case",
    recipient: "HANA@EXAMPLE.COM",
    reply: OK,
    outcome: "delivered",
    decides: ["accountFound", "mailusers.tab", 1],
  },
  {
    name: "nobody",
    recipient: "nobody@example.com",
    reply: ["rcpt", 550],
    outcome: "refused",
    decides: ["recipientUnknown", "mailusers.tab", null],
  },
  {
    name: "an alias",
    recipient: "info@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["aliasFound", "aliases.tab", 1],
  },
  {
    name: "the longest of two patterns",
    recipient: "sales-7@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["aliasFound", "aliases.tab", 2],
  },
  {
    name: "the shorter pattern, to an account that takes no mail",
    recipient: "sun@example.com",
    reply: ["rcpt", 550],
    outcome: "refused",
    decides: ["receivesNot", "domains/example.com/off/user.tab", 3],
  },
  {
    name: "a domain alias",
    recipient: "hana@mirror.test",
    reply: OK,
    outcome: "delivered",
    decides: ["domainAliased", "aliasdomain.tab", 1],
  },
  {
    name: "an alias in a domain alias",
    recipient: "info@mirror.test",
    reply: OK,
    outcome: "delivered",
    decides: ["aliasFound", "aliases.tab", 1],
  },
  {
    name: "a command alias",
    recipient: "orders@example.com",
    reply: OK,
    outcome: "passed-on",
    decides: ["stepRedirect", "cmdaliases/example.com/orders.tab", 1],
  },
  {
    name: "a command alias in a domain alias",
    recipient: "orders@mirror.test",
    reply: OK,
    outcome: "passed-on",
    decides: ["commandAliasFound", "cmdaliases/example.com/orders.tab", null],
  },
  {
    name: "a command alias with the name of an account",
    recipient: "both@example.com",
    reply: OK,
    outcome: "passed-on",
    decides: ["commandAliasFound", "cmdaliases/example.com/both.tab", null],
  },
  {
    name: "relay refused",
    recipient: "someone@elsewhere.test",
    reply: ["rcpt", 550],
    outcome: "refused",
    decides: ["relayDenied", "smtprelay.tab", null],
  },
  {
    name: "relay by address",
    client: "127.0.0.20",
    recipient: "someone@elsewhere.test",
    reply: OK,
    outcome: "delivered",
    decides: ["relayAddress", "smtprelay.tab", 1],
  },
  {
    name: "relay by signing in",
    account: "hana@example.com",
    recipient: "someone@elsewhere.test",
    reply: OK,
    outcome: "delivered",
    decides: ["signInAccount", "mailusers.tab", 1],
  },
  {
    name: "a custom domain by its parent",
    recipient: "someone@deep.custom.test",
    reply: OK,
    outcome: "passed-on",
    decides: ["stepRelay", "custdomains/.custom.test.tab", 1],
  },
  {
    name: "a forward",
    client: "127.0.0.20",
    recipient: "someone@forward.test",
    reply: OK,
    outcome: "delivered",
    decides: ["leavesForward", "smtpfwd.tab", 1],
  },
  {
    name: "a client that is not let in",
    client: DENIED,
    recipient: "hana@example.com",
    reply: ["connect", 421],
    outcome: "refused",
    decides: ["connectDenied", "smtp.ipmap.tab", 2],
  },
  {
    name: "a banned client",
    client: "127.0.0.14",
    recipient: "hana@example.com",
    reply: ["connect", 421],
    outcome: "refused",
    decides: ["spammerRefused", "spammers.tab", 2],
  },
  {
    name: "a client that must sign in",
    client: "127.0.0.15",
    recipient: "hana@example.com",
    reply: ["mail", 551],
    outcome: "refused",
    decides: ["spammerSignIn", "spammers.tab", 3],
  },
  {
    name: "a client that had to sign in and did",
    client: "127.0.0.15",
    account: "hana@example.com",
    recipient: "hana@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["spammerSignIn", "spammers.tab", 3],
  },
  {
    name: "a banned sender",
    sender: "offers@spam.example",
    recipient: "hana@example.com",
    reply: ["mail", 504],
    outcome: "refused",
    decides: ["senderBanned", "spam-address.tab", 1],
  },
  {
    name: "a closed list, by a member",
    recipient: "staff@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["listMember", "domains/example.com/staff/mlusers.tab", 1],
  },
  {
    name: "a closed list, by somebody else",
    sender: "other@elsewhere.test",
    recipient: "staff@example.com",
    reply: ["rcpt", 557],
    outcome: "refused",
    decides: ["listClosed", "domains/example.com/staff/user.tab", 5],
  },
  {
    name: "a list of nobody",
    recipient: "club@example.com",
    reply: OK,
    outcome: "lost",
    decides: ["copiesNobody", "domains/example.com/club/mlusers.tab", null],
  },
  {
    name: "steps of an account",
    recipient: "steps@example.com",
    reply: OK,
    outcome: "delivered",
    decides: ["stepRedirect", "domains/example.com/steps/mailproc.tab", 2],
  },
  {
    name: "steps that lose the mail",
    recipient: "lost@example.com",
    reply: OK,
    outcome: "lost",
    decides: ["stepsLose", "domains/example.com/lost/mailproc.tab", null],
  },
];

export const ROUTES = CASES.map((one) => ({ client: "127.0.0.1", sender: SENDER, ...one }));
