import { parseArgs } from "node:util";
import { fail, Secret, type Site, type State } from "../../src/index.ts";
import { newSecret } from "./new-secret.ts";
import { asText } from "./print.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface AdministratorsCall {
  /** One of `PROGRAMS`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly json: boolean;
}

/** `admin add|set-password|list|remove`, `key add|list|remove`: what xmailcfg itself remembers, not XMail's accounts. */
export async function runAdministrators(
  { command, args, json }: AdministratorsCall,
  terminal: Terminal,
  open: () => Promise<Site>,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: { type: "string" },
      admin: { type: "string" },
      id: { type: "string" },
      "password-file": { type: "string" },
      yes: { type: "boolean" },
    },
  });
  const need = (flag: "name" | "admin" | "id"): string => {
    const value = values[flag];
    if (value === undefined) throw new UsageError(`xmailcfg ${command} needs --${flag}.`);
    return value;
  };
  const site = await open();
  try {
    const { state } = site;
    if (!state) throw new UsageError("The configuration names no folder for administrators: set state.");
    const list = (items: readonly object[]) => {
      const page = { items, total: items.length, first: 1, next: null };
      terminal.out(json ? `${JSON.stringify(page, null, 2)}\n` : `${asText(page)}\n`);
    };
    switch (command) {
      case "admin add": {
        const name = need("name");
        const password = await newSecret(values["password-file"], "password", terminal);
        await state.addAdministrator({ name, password });
        return terminal.out(`Added the administrator ${name}.\n`);
      }
      case "admin set-password": {
        const name = need("name");
        const { id } = await named(state.people, name);
        const password = await newSecret(values["password-file"], "password", terminal);
        await state.people.setPassword(id, new Secret(password));
        return terminal.out(`Changed the password of ${name}: he has to sign in again.\n`);
      }
      case "admin list":
        return list((await state.people.list()).map(({ id, name, createdAt }) => ({ id, name, createdAt })));
      case "admin remove":
        if (!values.yes) throw new UsageError("This also ends his API keys: add --yes to do it.");
        await state.people.remove((await named(state.people, need("name"))).id);
        return terminal.out(`Removed the administrator ${need("name")}.\n`);
      case "key add": {
        const key = await state.addApiKey({ administrator: need("admin"), name: need("name") });
        return terminal.out(
          `${key.reveal()}\nThis key is shown once. Send it as "Authorization: Bearer …".\n`,
        );
      }
      case "key list":
        return list(
          (await state.people.keys.list()).map(({ id, name, person, createdAt }) => ({
            id,
            name,
            person,
            createdAt,
          })),
        );
      default:
        await state.people.keys.remove(need("id"));
        return terminal.out(`Ended the API key ${need("id")}.\n`);
    }
  } finally {
    await site.close();
  }
}

async function named(people: State["people"], name: string) {
  return (await people.named(name)) ?? fail("NOT_FOUND", `There is no administrator ${name}.`);
}
