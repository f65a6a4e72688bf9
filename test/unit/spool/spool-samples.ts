import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { randomFrom } from "../../support/random.ts";

export const NOW = new Date("2026-11-24T09:00:00Z");

interface Planted {
  readonly cell: string;
  readonly stage: "mess" | "rsnd" | "froz";
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly auth?: string;
  readonly ip?: string;
  readonly subject?: string;
  readonly log?: string;
  readonly rest?: "cust" | "mprc";
}

/** A message file as XMail 1.27 writes it. */
export function messageText({
  from = "alice@example.com",
  to = "bob@example.org",
  auth,
  ip = "192.0.2.10",
  subject = "Hello",
}: Partial<Planted>): string {
  const lines = [
    `[${ip}]:60439;[192.0.2.1]:25;Tue, 24 Nov 2026 08:33:54 -0000`,
    "mx1.example.com",
    "S2C",
    `mail FROM:<${from}> size=200`,
    `RCPT TO:<${to}>`,
    "<<MAIL-DATA>>",
    `Received: from client10.example.com ([${ip}]:60439)`,
    "\tby mx1.example.com with [XMail 1.27 ESMTP Server]",
    ...(auth === undefined ? [] : [`X-AuthUser: ${auth}`]),
    `From: ${from}`,
    `Subject: ${subject}`,
    "",
    "Hello,",
    "this is a sample message.",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

export function logText(reply: string, tries = 1, last = 1795509242): string {
  return Array.from({ length: tries }, (_, n) =>
    [
      `[PeekTime] ${last - (tries - 1 - n) * 480} : Tue, 24 Nov 2026 08:34:02 -0000`,
      "<<",
      "ErrCode   = -77",
      "ErrString = [RCPT TO:] not permitted by remote SMTP server",
      `SMTP-Error = "${reply}"`,
      'SMTP-Server = "203.0.113.26:25"',
      ">>",
      "",
    ].join("\n"),
  ).join("");
}

export async function plant(storage: Storage, messages: readonly Planted[]): Promise<void> {
  const write = (path: string, text: string) => storage.write(storagePath(path), Buffer.from(text, "latin1"));
  for (const one of messages) {
    const cell = `spool/${one.cell}`;
    await write(`${cell}/${one.stage}/${one.name}`, messageText(one));
    if (one.log !== undefined) await write(`${cell}/slog/${one.name}`, one.log);
    if (one.rest) await write(`${cell}/${one.rest}/${one.name}`, '"smtprelay"\t"127.0.0.1:1"\n');
  }
}

/** A little storm: every second message is spam of one account, in all stages. */
export async function littleStorm(count: number, seed = 1): Promise<Storage> {
  const storage = memory();
  const random = randomFrom(seed);
  const messages = Array.from({ length: count }, (_, n): Planted => {
    const isSpam = n % 2 === 0;
    const stage = (["mess", "rsnd", "froz"] as const)[Math.floor(random() * 3)] ?? "mess";
    return {
      cell: `${Math.floor(random() * 3)}/${Math.floor(random() * 3)}`,
      stage,
      name: `${1795509232561 + n}.7fd1577fe6c0.72b3.${n.toString(16)}.mx1`,
      from: isSpam ? `x${n}@forged.test` : "alice@example.com",
      to: `u${n}@${isSpam ? "victim.test" : "example.org"}`,
      ...(isSpam ? { auth: "carol@example.com", subject: `Buy ${n} pills` } : {}),
      ...(stage === "mess" ? {} : { log: logText("450 4.2.0 mailbox busy, try again later", 2) }),
      ...(n % 5 === 0 && stage !== "mess" ? { rest: n % 2 === 0 ? "mprc" : "cust" } : {}),
    };
  });
  await plant(storage, messages);
  return storage;
}

/** Every file below a folder. */
export async function filesIn(storage: Storage, folder = ""): Promise<string[]> {
  const found: string[] = [];
  if (!storage.scan) throw new Error("it cannot scan");
  for await (const { path } of storage.scan([storagePath(folder)])) found.push(path);
  return found.sort();
}

/** Message ids by where they stand; one that stands twice is there twice. */
export async function messageIds(storage: Storage): Promise<string[]> {
  const all = await filesIn(storage);
  return all
    .flatMap(
      (path) => /(\d+\/\d+)\/(?:mess|rsnd|froz)\/([^/]+\.mx1)$/.exec(path)?.slice(1, 3).join("/") ?? [],
    )
    .sort();
}

/** Spool files that XMail 1.27 wrote, put where they stood. */
export async function realSpool(folder: string): Promise<Storage> {
  const storage = memory();
  for (const stage of ["mess", "rsnd", "froz", "slog", "cust", "mprc"]) {
    for (const file of await readdir(join(folder, stage))) {
      const [, level1, level2, name] = /^(\d+)_(\d+)_(.+)$/.exec(file) ?? [];
      const path = storagePath(`spool/${level1}/${level2}/${stage}/${name}`);
      await storage.write(path, await readFile(join(folder, stage, file)));
    }
  }
  return storage;
}
