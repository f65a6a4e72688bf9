import { foldName } from "../../xmail/names.ts";
import { type Answer, argument, type Command } from "../answer.ts";
import { checkHost } from "../names.ts";
import { refuse } from "../refusal.ts";
import { resolvedBelow } from "../relative-path.ts";
import { type MailRoot, nameBytes } from "../root.ts";
import { listRow } from "../table-text.ts";
import { storeUpload } from "./store-upload.ts";

const FOLDER = "custdomains";
const ENDING = ".tab";

/** The file that applies: of the domain itself, of each domain above it, of all. The name is not checked. */
async function customDomainGet(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = foldName(argument(args, 0));
  for (const name of candidates(domain)) {
    const path = resolvedBelow(FOLDER, `${name}${ENDING}`);
    const text = path === null ? null : await root.read(path);
    if (text !== null) return { kind: "file", text };
  }
  return refuse(120);
}

function candidates(domain: string): string[] {
  const names = [domain];
  for (let dot = domain.indexOf("."); dot !== -1; dot = domain.indexOf(".", dot + 1)) {
    if (dot > 0) names.push(domain.slice(dot));
  }
  return [...names, ""];
}

function customDomainSet(root: MailRoot, args: readonly string[]): Answer {
  const domain = foldName(argument(args, 0));
  checkHost(domain);
  return { kind: "upload", store: (text) => storeUpload(root, `${FOLDER}/${domain}${ENDING}`, text) };
}

/** Every file in the folder, whatever its ending. */
async function customDomainList(root: MailRoot): Promise<Answer> {
  const entries = (await root.list(FOLDER)) ?? [];
  const lines = entries
    .filter(({ kind }) => kind === "file")
    .map(({ name }) => listRow([nameBytes(name).replace(/\.[^.]*$/, "")]));
  return { kind: "records", lines };
}

export const CUSTOM_DOMAIN_COMMANDS = {
  custdomget: { least: 1, most: 1, run: customDomainGet },
  custdomset: { least: 1, most: 1, run: customDomainSet },
  custdomlist: { least: 0, most: 0, run: customDomainList },
} as const satisfies Record<string, Command>;
