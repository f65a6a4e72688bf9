import { readdirSync, readFileSync } from "node:fs";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";

const FIXTURES = new URL("../fixtures/xmail/", import.meta.url);

/** One recorded exchange; `../fixtures/xmail` says where the recordings come from and what the fields mean. */
export interface Exchange {
  readonly group: string;
  readonly seq: number;
  readonly conn: number;
  readonly event?: "connect" | "unsolicited" | "client-drop";
  readonly service?: "CTRL" | "CTRLS";
  readonly command: string | null;
  readonly raw_hex?: string;
  readonly eol?: string;
  readonly payload: readonly string[] | null;
  readonly upload_unfinished?: boolean;
  readonly status: string | null;
  readonly lines: readonly string[] | null;
  readonly terminator_missing?: boolean;
  readonly closed?: boolean;
  readonly server_crash?: boolean;
  readonly unordered?: boolean;
  readonly volatile?: readonly { readonly placeholder: string; readonly regex: string }[];
}

export interface Effect {
  readonly group: string;
  readonly seq: number;
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Setup {
  readonly overlay?: string;
  readonly files?: Readonly<Record<string, string | { readonly hex: string } | null>>;
  readonly append?: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
  readonly mtimes?: Readonly<Record<string, number>>;
  readonly tls?: boolean;
  readonly flags?: readonly string[];
}

function jsonLines<T>(name: string): T[] {
  const lines = readFileSync(new URL(name, FIXTURES), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}

export const EXCHANGES = jsonLines<Exchange>("ctrl-transcripts.jsonl");
export const EFFECTS = jsonLines<Effect>("ctrl-effects.jsonl");
export const GROUPS = JSON.parse(readFileSync(new URL("ctrl-groups.json", FIXTURES), "utf8")) as Record<
  string,
  { readonly setup: Setup }
>;

const DOMAIN = "xmailserver.test";
const HOME = `domains/${DOMAIN}/xmailuser`;

/**
 * The MailRoot on which the recordings were made, as far as they show it: texts from what they saw of each file before
 * the first change, sizes from the file lists, the rest in our own words.
 */
export async function writeRecordedRoot(storage: Storage): Promise<void> {
  await writeMailRoot(storage, { domain: DOMAIN, ctrl: { account: "admin", password: "Adm1n-Secret" } });
  for (const box of ["new", "cur", "tmp"]) await storage.makeFolder(storagePath(`${HOME}/Maildir/${box}`));
  await put(storage, "mailusers.tab", seenBefore("users", "mailusers.tab"));
  await put(storage, "aliases.tab", seenBefore("users", "aliases.tab"));
  await put(storage, `${HOME}/user.tab`, seenBefore("uservars", `${HOME}/user.tab`));
  await put(storage, "userdef.tab", seenAfter("users", `domains/${DOMAIN}/bob/user.tab`));
  for (const folder of ["", HOME]) {
    for (const [name, size] of sizesIn(folder || "."))
      await padTo(storage, `${folder && `${folder}/`}${name}`, size);
  }
}

function seenBefore(group: string, file: string): string {
  return EFFECTS.find((effect) => effect.group === group && effect.file === file)?.before ?? missing(file);
}

function seenAfter(group: string, file: string): string {
  return EFFECTS.find((effect) => effect.group === group && effect.file === file)?.after ?? missing(file);
}

function missing(what: string): never {
  throw new Error(`the recordings no longer show ${what}`);
}

/** What `filelist` showed of a folder at the start. */
function sizesIn(folder: string): [name: string, size: number][] {
  const words = `"filelist"\t"${folder}"\t"`;
  const listed = EXCHANGES.find(({ group, command }) => group === "files" && command?.startsWith(words));
  const lines = listed?.lines ?? missing(`the files in ${folder}`);
  return lines.map((line) => {
    const [name = "", size = ""] = line.slice(1, -1).split('"\t"');
    return [name, Number(size)];
  });
}

/** Fills a file up to its recorded size with a comment of our own. */
async function padTo(storage: Storage, path: string, size: number): Promise<void> {
  const stat = await storage.stat(storagePath(path));
  const text = stat ? Buffer.from(await storage.read(storagePath(path))).toString("latin1") : "";
  const room = size - text.length;
  if (room < 0) throw new Error(`${path} is longer than the recorded ${size} bytes`);
  if (room > 0 || !stat) await put(storage, path, room === 0 ? text : `${text}${"#".repeat(room - 1)}\n`);
}

export async function put(storage: Storage, path: string, text: string | Uint8Array): Promise<void> {
  await storage.write(storagePath(path), Buffer.from(text));
}

/** The files of an overlay folder, by path below MailRoot. */
export function overlayFiles(overlay: string): [path: string, bytes: Uint8Array][] {
  const folder = new URL(`${overlay}/`, FIXTURES);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const whole = `${entry.parentPath}/${entry.name}`;
      return [whole.slice(folder.pathname.length), readFileSync(whole)];
    });
}
