import { patternMatcher } from "../../xmail/pattern.ts";
import { type Answer, argument, type Command } from "../answer.ts";
import { refuse } from "../refusal.ts";
import { relativePath } from "../relative-path.ts";
import { type MailRoot, nameBytes } from "../root.ts";
import { listRow } from "../table-text.ts";
import { storeUpload } from "./store-upload.ts";

async function fileList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const folder = relativePath(argument(args, 0));
  const matches = patternMatcher(argument(args, 1), { caseless: false });
  const entries = (await root.list(folder)) ?? refuse(211);
  const lines = entries
    .filter(({ kind, name }) => kind === "file" && matches(nameBytes(name)))
    .map(({ name, size }) => listRow([nameBytes(name), String(size)]));
  return { kind: "records", lines };
}

async function fileGet(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const path = relativePath(argument(args, 0));
  const text = await root.read(path);
  if (text === null && path !== "" && (await root.stat(path)) === null) refuse(19);
  return { kind: "file", text: text ?? "" };
}

function fileSet(root: MailRoot, args: readonly string[]): Answer {
  const path = relativePath(argument(args, 0));
  return { kind: "upload", store: (text) => storeUpload(root, path, text) };
}

export const FILE_COMMANDS = {
  filelist: { least: 2, most: 2, run: fileList },
  cfgfileget: { least: 1, most: 1, run: fileGet },
  cfgfileset: { least: 1, most: 1, run: fileSet },
} as const satisfies Record<string, Command>;
