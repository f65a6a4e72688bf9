import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type StoragePath, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { through } from "../../src/storage/through.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { CHANGES, furnish } from "../../src/testing/backend/change-stage.ts";
import { stageOver } from "../../src/testing/backend/stage.ts";
import type { ChangeMaker } from "../../src/xmail/backend.ts";
import type { ChangeSet } from "../../src/xmail/change-set.ts";
import { readFileOf } from "./read-file.ts";

/** Something done to a MailRoot that `furnishRoot` made: a change, or taking one back that was made before. */
export interface Work {
  readonly name: string;
  /** `changes`: what `makeReady` gave. */
  run(storage: Storage, changes: ChangeSet | null): Promise<void>;
  makeReady(storage: Storage): Promise<ChangeSet | null>;
}

const MAIL = [
  "domains/example.com/hana/Maildir/new/1",
  "domains/example.com/hana/Maildir/cur/2:2,S",
  "domains/example.com/taro/Maildir/new/1",
  "domains/example.jp/ken/Maildir/new/1",
  "cmdaliases/example.jp/now.tab",
] as const;

/** With mail in every mailbox. */
export async function furnishRoot(storage: Storage): Promise<void> {
  await writeMailRoot(storage);
  const backend = await openTabBackend({ storage });
  await furnish(await stageOver({ backend, readFile: readFileOf(storage), close: async () => undefined }));
  for (const path of MAIL) await storage.write(storagePath(path), Buffer.from(`mail of ${path}\n`));
  await storage.write(
    storagePath("pop3links.tab"),
    Buffer.from(`"example.com"\t"hana"\t"h"\t"u"\t"15"\t"CLR"\n`),
  );
}

export async function changesIn(storage: Storage): Promise<ChangeMaker> {
  const { changes } = await openTabBackend({ storage });
  if (!changes) throw new Error("files of a stopped server have changes");
  return changes;
}

export const WORKS: readonly Work[] = CHANGES.flatMap(({ name, make }): Work[] => [
  {
    name,
    makeReady: async () => null,
    async run(storage) {
      await (await (await changesIn(storage)).rehearse(make)).apply();
    },
  },
  {
    name: `taking back: ${name}`,
    async makeReady(storage) {
      const { changes, apply } = await (await changesIn(storage)).rehearse(make);
      await apply();
      return changes;
    },
    async run(storage, changes) {
      if (changes) await (await (await changesIn(storage)).takeBack(changes)).apply();
    },
  },
]);

/** Calls `at` before and after each change of the storage, but for those of its lock; `done` counts from 1. */
export function stepping(
  storage: Storage,
  at: (moment: "before" | "after", step: number) => Promise<void>,
): Storage {
  let step = 0;
  const counted =
    <A extends readonly unknown[]>(verb: (path: StoragePath, ...more: A) => Promise<void>) =>
    async (path: StoragePath, ...more: A): Promise<void> => {
      if (path.includes("lock")) return verb(path, ...more);
      step += 1;
      const mine = step;
      await at("before", mine);
      await verb(path, ...more);
      await at("after", mine);
    };
  return through(storage, {
    write: counted(storage.write.bind(storage)),
    move: counted(storage.move.bind(storage)),
    remove: counted(storage.remove.bind(storage)),
    makeFolder: counted(storage.makeFolder.bind(storage)),
  });
}

/** Every file and folder with its bytes, but for what is not XMail's or what it makes again. */
export async function everythingIn(storage: Storage, folder = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, kind } of await storage.list(storagePath(folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (path === ".xmailcfg" || path === "tabindex") continue;
    if (kind === "file") found[path] = Buffer.from(await storage.read(storagePath(path))).toString("latin1");
    else Object.assign(found, { [`${path}/`]: "" }, await everythingIn(storage, path));
  }
  return found;
}
