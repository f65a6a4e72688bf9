import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { splitRecord } from "../../../src/tab/codec.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { testRoot } from "./mail-root.ts";

/** One file before and after a command, as a real XMail left it. */
interface Effect {
  readonly group: string;
  readonly seq: number;
  readonly command: string;
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
}

const DOMAIN = "xmailserver.test";
const SAMPLE_USER = `"${DOMAIN}"\t"xmailuser"\t"1d08040c09"\t1\t"xmailuser"\t"U"\n`;
const USERDEF = [
  ["RealName", "??"],
  ["HomePage", "??"],
  ["Address", "??"],
  ["Telephone", "??"],
  ["MaxMBSize", "10000"],
  ["SmtpPerms", "MR"],
  ["ReceiveEnable", "1"],
  ["PopEnable", "1"],
]
  .map(([name, value]) => `"${name}"\t"${value}"\n`)
  .join("");
const lines = readFileSync(new URL("../../fixtures/xmail/ctrl-effects.jsonl", import.meta.url), "utf8");
const effects = lines
  .trimEnd()
  .split("\n")
  .map((line): Effect => JSON.parse(line));

/** Where we do otherwise on purpose. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "syntax 31": "a letter above ASCII drops the connection; a file holds it",
  "users 32": 'a name with "/" makes a folder in another account: refused',
  "uservars 7": "a blank line of user.tab is kept",
  "uservars 17": "a final backslash is written so that it reads back right",
  "domains 15": 'a name with "/" is refused before anything is written',
  "aliasdomains 21": "an account is not reached through a domain alias",
  "aliases 6": "a target in the domain of the alias is written short",
  "aliases 12": "an empty alias is refused",
  "aliasdomains 11": "an empty alias is refused",
};

type Play = (backend: Backend, args: readonly string[]) => Promise<unknown>;

const commands: Readonly<Record<string, Play>> = {
  useradd: ({ accounts }, [domain = "", name = "", password = "", type]) =>
    accounts.add({ domain, name, kind: type === "M" ? "list" : "user", password: secret(password) }),
  userdel: ({ accounts }, [domain = "", name = ""]) => accounts.remove({ domain, name }),
  userpasswd: ({ accounts }, [domain = "", name = "", password = ""]) =>
    accounts.setPassword({ domain, name }, secret(password)),
  uservarsset: ({ accounts }, [domain = "", name = "", ...pairs]) =>
    accounts.setVariables({ domain, name }, changesIn(pairs)),
  aliasadd: ({ aliases }, [domain = "", alias = "", target = ""]) =>
    aliases.add({ domain, alias, target: target.includes("@") ? target : `${target}@${domain}` }),
  aliasdel: ({ aliases }, [domain = "", alias = ""]) => aliases.remove(domain, alias),
  domainadd: ({ domains }, [domain = ""]) => domains.add(domain),
  domaindel: ({ domains }, [domain = ""]) => domains.remove(domain),
  aliasdomainadd: ({ domainAliases }, [real = "", alias = ""]) => domainAliases.add({ alias, real }),
  aliasdomaindel: ({ domainAliases }, [alias = ""]) => domainAliases.remove(alias),
};

function changesIn(pairs: readonly string[]): Map<string, string | null> {
  const changes = new Map<string, string | null>();
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [name = "", value = ""] = pairs.slice(i);
    changes.set(name, value === ".|rm" ? null : value);
  }
  return changes;
}

/** The effects of one command belong together. */
const steps = new Map<string, Effect[]>();
for (const effect of effects.filter(({ command }) => wordOf(command) in commands)) {
  const key = `${effect.group} ${effect.seq}`;
  steps.set(key, [...(steps.get(key) ?? []), effect]);
}

function madeOrGone({ before, after }: Effect): boolean {
  return before === null || after === null;
}

function wordOf(command: string): string {
  return splitRecord(command)[0] ?? "";
}

/** The state before, as far as the recording tells, over a MailRoot with the account the recordings start with. */
function filesBefore(step: readonly Effect[]): Record<string, string> {
  const files: Record<string, string> = {
    "mailusers.tab": SAMPLE_USER,
    [`domains/${DOMAIN}/xmailuser/user.tab`]: "",
    "userdef.tab": USERDEF,
    "aliasdomain.tab": `"example.net"\t"${DOMAIN}"\n`,
  };
  for (const { file, before } of step) {
    if (before !== null && !file.endsWith("/")) files[file] = before;
  }
  return files;
}

describe("the offline backend leaves files as XMail does", () => {
  for (const [key, step] of steps) {
    const [{ command = "" } = {}] = step;
    const why = OTHERWISE[key];
    test(`${key}: ${command}${why === undefined ? "" : ` (otherwise: ${why})`}`, async () => {
      const { backend, file, names } = await testRoot(filesBefore(step), { domain: DOMAIN });
      const [word = "", ...args] = splitRecord(command);
      const played = await commands[word]?.(backend, args).then(
        () => true,
        () => false,
      );
      const changed = step.some(({ before, after }) => before !== after);
      if (why === undefined) expect(played).toBe(changed);
      for (const folder of step.filter(
        (one) => one.file.endsWith("/") && madeOrGone(one) && why === undefined,
      )) {
        const found = await names(folder.file.slice(0, -1));
        expect(found && `<dir> ${found.join(" ")}`, folder.file).toBe(folder.after);
      }
      const after = new Map<string, string | null>();
      for (const effect of step.filter((one) => !one.file.endsWith("/"))) {
        after.set(effect.file, await file(effect.file));
      }
      const recorded = new Map(
        [...after.keys()].map((path) => [path, step.find((one) => one.file === path)?.after ?? null]),
      );
      if (why === undefined) expect(after).toEqual(recorded);
      else expect(after).not.toEqual(recorded);
    });
  }

  test("there are enough of them, and every exception is one", () => {
    expect(steps.size).toBeGreaterThan(30);
    expect(Object.keys(OTHERWISE).filter((key) => !steps.has(key))).toEqual([]);
  });
});
