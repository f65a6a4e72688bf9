import assert from "node:assert/strict";
import { secret } from "../../errors/secret.ts";
import type { Backend, ChangeMaker } from "../../xmail/backend.ts";
import type { ChangeSet, FileChange } from "../../xmail/change-set.ts";
import { DOMAIN, type Stage } from "./stage.ts";

/** Domain, account, aliases, domain alias and settings that the changes of the suite are about. */
export async function furnish({ backend, account }: Stage): Promise<void> {
  await account("hana");
  await account("taro");
  await backend.domains.add("example.jp");
  await account("ken", "example.jp");
  await backend.aliases.add({ domain: DOMAIN, alias: "info", target: `hana@${DOMAIN}` });
  await backend.aliases.add({ domain: DOMAIN, alias: "sales", target: `taro@${DOMAIN}` });
  await backend.domainAliases.add({ alias: "example.net", real: DOMAIN });
  await backend.files.edit("smtprelay.tab", () => Buffer.from(`"10.0.0.1"\t"255.255.255.255"\n`));
}

export interface TriedChange {
  readonly name: string;
  make(xmail: Backend): Promise<void>;
}

const HANA = { domain: DOMAIN, name: "hana" };

/** Every kind of change there is, each possible after `furnish`. */
export const CHANGES: readonly TriedChange[] = [
  { name: "adding a domain", make: ({ domains }) => domains.add("example.org") },
  { name: "removing a domain", make: ({ domains }) => domains.remove("example.jp") },
  {
    name: "adding an account",
    make: ({ accounts }) =>
      accounts.add({ domain: DOMAIN, name: "yuki", kind: "user", password: secret("pw-yuki") }),
  },
  {
    name: "adding a list",
    make: ({ accounts }) =>
      accounts.add({ domain: DOMAIN, name: "all", kind: "list", password: secret("pw-all") }),
  },
  { name: "removing an account", make: ({ accounts }) => accounts.remove(HANA) },
  { name: "setting a password", make: ({ accounts }) => accounts.setPassword(HANA, secret("other")) },
  {
    name: "setting variables",
    make: ({ accounts }) =>
      accounts.setVariables(
        HANA,
        new Map([
          ["RealName", "Hana"],
          ["MaxMBSize", "5"],
        ]),
      ),
  },
  {
    name: "adding an alias",
    make: ({ aliases }) => aliases.add({ domain: DOMAIN, alias: "help", target: `hana@${DOMAIN}` }),
  },
  { name: "removing an alias", make: ({ aliases }) => aliases.remove(DOMAIN, "info") },
  {
    name: "adding a domain alias",
    make: ({ domainAliases }) => domainAliases.add({ alias: "*.example.com", real: DOMAIN }),
  },
  { name: "removing a domain alias", make: ({ domainAliases }) => domainAliases.remove("example.net") },
  {
    name: "editing a file",
    make: ({ files }) =>
      files.edit("smtprelay.tab", (before) =>
        Buffer.concat([before ?? Buffer.alloc(0), Buffer.from("# x\n")]),
      ),
  },
  { name: "making a file", make: ({ files }) => files.edit("filters/new.tab", () => Buffer.from("# new\n")) },
  { name: "taking a file away", make: ({ files }) => files.edit("smtprelay.tab", () => null) },
  {
    name: "several changes in one",
    async make({ accounts, aliases, files }) {
      await accounts.add({ domain: DOMAIN, name: "yuki", kind: "user", password: secret("pw-yuki") });
      await aliases.add({ domain: DOMAIN, alias: "help", target: `yuki@${DOMAIN}` });
      await accounts.setPassword({ domain: DOMAIN, name: "yuki" }, secret("second"));
      await files.edit("filters/new.tab", () => Buffer.from("# new\n"));
    },
  },
];

const ALWAYS = [
  "domains.tab",
  "aliasdomain.tab",
  "mailusers.tab",
  "aliases.tab",
  "smtprelay.tab",
  "filters/new.tab",
  ...["hana", "taro", "yuki"].map((name) => `domains/${DOMAIN}/${name}/user.tab`),
  "domains/example.jp/ken/user.tab",
] as const;

/** The files that the changes of the suite may touch, and those that `changes` names, as they lie on disk. */
export async function contents(
  readFile: Stage["readFile"],
  changes?: ChangeSet,
): Promise<Record<string, string | null>> {
  const named = changes?.files.flatMap((change) => (change.kind === "file" ? [change.path] : [])) ?? [];
  const found: Record<string, string | null> = {};
  for (const path of new Set([...ALWAYS, ...named])) found[path] = await readFile(path);
  return found;
}

export function makerOf({ changes }: Backend): ChangeMaker {
  assert.ok(changes, "a backend without `changes` tells the suite so");
  return changes;
}

export function filesIn({ files }: ChangeSet): Extract<FileChange, { kind: "file" }>[] {
  return files.flatMap((change) => (change.kind === "file" ? [change] : []));
}
