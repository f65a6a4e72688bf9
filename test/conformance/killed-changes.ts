import { openCtrlWay } from "../../src/ctrl/backend.ts";
import { effectOf } from "../../src/ctrl/commands.ts";
import type { CtrlLine } from "../../src/ctrl/line.ts";
import { secret } from "../../src/errors/secret.ts";
import { changesOver } from "../../src/rehearsal/change-maker.ts";
import type { Storage } from "../../src/storage/storage.ts";
import type { Backend, ChangeMaker } from "../../src/xmail/backend.ts";
import { stepping } from "./tried-changes.ts";

export const CTRL = { account: "admin", password: "Adm1n-Secret" };
const HANA = { domain: "example.com", name: "hana" };

const MANY = Array.from({ length: 3 }, (_, index) => ({
  domain: "example.com",
  name: `many${index}`,
  kind: "user" as const,
  password: secret("pw-many"),
  variables: new Map([["RealName", `Many ${index}`]]),
}));

/** Changes of several steps, possible in the MailRoot that `furnishRoot` makes. */
export const WORKS: Readonly<Record<string, (xmail: Backend) => Promise<void>>> = {
  "removing an account": ({ accounts }) => accounts.remove(HANA),
  "removing a domain": ({ domains }) => domains.remove("example.jp"),
  "adding many accounts": ({ accounts }) => accounts.addAll(MANY),
  async "adding an account with variables"({ accounts }) {
    const yuki = { domain: "example.com", name: "yuki" };
    await accounts.add({ ...yuki, kind: "user", password: secret("pw-yuki") });
    await accounts.setVariables(yuki, new Map([["RealName", "Yuki"]]));
  },
  async "three changes at once"({ accounts, aliases, files }) {
    await accounts.remove(HANA);
    await accounts.add({ domain: "example.com", name: "yuki", kind: "user", password: secret("pw-yuki") });
    await aliases.add({ domain: "example.com", alias: "help", target: "yuki@example.com" });
    await files.edit("smtprelay.tab", () => Buffer.from('"192.0.2.0"\t"255.255.255.0"\n'));
  },
};

/** Changes over a simulator with its files at hand; `at` is called before each change of a file and each command. */
export function steppedChanges(
  port: number,
  storage: Storage,
  at: () => Promise<void>,
): { readonly changes: ChangeMaker; close(): Promise<void> } {
  const { line, backendOver } = openCtrlWay({ host: "127.0.0.1", port, ...CTRL });
  const stepped: CtrlLine = {
    ...line,
    async ask(command, options) {
      if (effectOf(command.word) === "write") await at();
      return line.ask(command, options);
    },
    // Of a window all is on its way when the first answer comes: who dies at the third has sent the rest, too.
    async sendAll(commands, take, options) {
      await at();
      const ends: unknown[] = [];
      await line.sendAll(
        commands,
        (answer, index) => {
          if (index > 0) at().catch((error: unknown) => ends.push(error));
          take(answer, index);
        },
        options,
      );
      if (ends.length > 0) throw ends[0];
    },
    async upload(command, payload, options) {
      await at();
      return line.upload(command, payload, options);
    },
  };
  const files = stepping(storage, async (moment) => {
    if (moment === "before") await at();
  });
  const changes = changesOver({ line: stepped, backendOver, mailRoot: async () => files, journal: null });
  return { changes, close: () => line.close() };
}
