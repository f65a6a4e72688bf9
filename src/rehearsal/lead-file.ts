import type { CtrlClient } from "../ctrl/client.ts";
import { isAppError } from "../errors/error.ts";
import { textOf } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import { type AccountFolder, accountFoldersIn, cellsIn, fileKindOf } from "./account-files.ts";
import { type ReadFile, textIn } from "./goals.ts";

/** An upload of nothing would delete the file. */
const EMPTY_TABLE = Buffer.from("#\n");

/** One file, by the command that changes least of it, as long as exactly what is wanted comes of it. */
export async function leadFile(
  client: CtrlClient,
  read: ReadFile,
  path: string,
  wanted: Uint8Array | null,
): Promise<void> {
  const now = await read(path);
  if (isSame(now, wanted)) return;
  const account = await ownerOf(read, path);
  if (account && now !== null && wanted !== null) {
    const name = path.slice(account.folder.length + 1);
    if (name === "user.tab" && (await byVariables(client, account, textIn(now), textIn(wanted)))) return;
    if (name === "mlusers.tab" && (await byMembers(client, account, textIn(now), textIn(wanted)))) return;
  }
  await byUpload(client, path, account, wanted);
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

async function ownerOf(read: ReadFile, path: string): Promise<AccountFolder | null> {
  if (!path.startsWith("domains/")) return null;
  const folders = accountFoldersIn(textIn(await read(FILES.accounts.path)));
  return (
    folders.find(
      ({ folder }) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/"),
    ) ?? null
  );
}

async function byUpload(
  client: CtrlClient,
  path: string,
  account: AccountFolder | null,
  wanted: Uint8Array | null,
): Promise<void> {
  const isMailproc = account && path === `${account.folder}/mailproc.tab`;
  // A table without comments has nothing to be kept by.
  const keeps = fileKindOf(path)?.comments === true;
  const content = wanted?.length === 0 ? (keeps ? EMPTY_TABLE : null) : wanted;
  if (content === null) {
    return isMailproc ? client.users.removeMailproc(account, "user") : client.files.remove(path);
  }
  return isMailproc ? client.users.setMailproc(account, "user", content) : client.files.write(path, content);
}

/** False when XMail would not make exactly `wanted` of it: comments, another order, what it cannot be told. */
async function byVariables(
  client: CtrlClient,
  account: AccountFolder,
  now: string,
  wanted: string,
): Promise<boolean> {
  const [before, after] = [pairsIn(now), pairsIn(wanted)];
  const rebuilt = new Map([...before].filter(([name]) => after.has(name)));
  for (const [name, value] of after) rebuilt.set(name, value);
  const text = [...rebuilt].map((pair) => rowText(pair)).join("");
  if (text !== wanted) return false;
  const changes = new Map<string, string | null>();
  for (const name of before.keys()) if (!after.has(name)) changes.set(textOf(name), null);
  for (const [name, value] of after) {
    if (before.get(name) !== value) changes.set(textOf(name), textOf(value));
  }
  return changes.size > 0 && sent(() => client.users.setVariables(account, changes));
}

async function byMembers(
  client: CtrlClient,
  account: AccountFolder,
  now: string,
  wanted: string,
): Promise<boolean> {
  const [before, after] = [pairsIn(now, FILES.listMembers), pairsIn(wanted, FILES.listMembers)];
  const gone = [...before].filter(([address, rights]) => after.get(address) !== rights);
  const come = [...after].filter(([address, rights]) => before.get(address) !== rights);
  const stay = [...before].filter(([address, rights]) => after.get(address) === rights);
  const result = [...stay, ...come].map((pair) => rowText(pair)).join("");
  // No upload makes an empty file, and without one nobody can be added.
  if (result !== wanted && wanted !== "") return false;
  return sent(async () => {
    for (const [address] of gone) await client.mailingLists.removeMember(account, textOf(address));
    for (const [address, rights] of come) {
      await client.mailingLists.addMember(account, textOf(address), textOf(rights));
    }
  });
}

/** Of two rows of one name the first counts. */
function pairsIn(text: string, file: (typeof FILES)["variables" | "listMembers"] = FILES.variables) {
  const pairs = new Map<string, string>();
  for (const [name, value] of cellsIn(file, text)) {
    if (name !== undefined && value !== undefined && !pairs.has(name)) pairs.set(name, value);
  }
  return pairs;
}

/** As XMail writes it. */
function rowText(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '\\"')}"`).join("\t")}\n`;
}

/** False when the command cannot carry it; then nothing was sent. */
async function sent(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === "VALUE_NOT_SENDABLE") return false;
    throw error;
  }
}
