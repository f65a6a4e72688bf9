import { expect, test } from "vitest";
import { applied, sha256Of } from "../../src/changes/hunks.ts";
import { COMMANDS, type CommandWord, effectOf } from "../../src/ctrl/commands.ts";
import type { CtrlLine } from "../../src/ctrl/line.ts";
import type { Command } from "../../src/ctrl/wire.ts";
import { changesIn } from "../../src/rehearsal/changes-in.ts";
import { rehearsedLine } from "../../src/rehearsal/rehearsed-line.ts";
import { openStage } from "../../src/rehearsal/stage.ts";
import { orNull } from "../../src/storage/if-there.ts";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import { splitRecord } from "../../src/tab/codec.ts";
import { sentBytes } from "./recorded-line.ts";
import { EFFECTS, EXCHANGES, GROUPS, overlayFiles, put, writeRecordedRoot } from "./recorded-root.ts";

const REAL: CtrlLine = {
  ask: () => expect.fail("a rehearsal asked the server"),
  askAll: () => expect.fail("a rehearsal asked the server"),
  sendAll: () => expect.fail("a rehearsal asked the server"),
  stream: () => expect.fail("a rehearsal asked the server"),
  upload: () => expect.fail("a rehearsal sent something to the server"),
  greet: () => expect.fail("a rehearsal greeted the server"),
  close: async () => undefined,
};

const count = { groups: 0, files: 0 };

test.each(Object.keys(GROUPS).filter((name) => EFFECTS.some(({ group }) => group === name)))(
  "what was recorded is what is rehearsed: %s",
  async (name) => {
    const setup = GROUPS[name]?.setup ?? {};
    const disk = memory();
    await writeRecordedRoot(disk);
    for (const [path, bytes] of setup.overlay ? overlayFiles(setup.overlay) : [])
      await put(disk, path, bytes);
    for (const folder of setup.dirs ?? []) await disk.makeFolder(storagePath(folder));
    for (const [path, content] of Object.entries(setup.files ?? {})) {
      if (content === null) await disk.remove(storagePath(path));
      else await put(disk, path, typeof content === "string" ? content : Buffer.from(content.hex, "hex"));
    }
    for (const [path, text] of Object.entries(setup.append ?? {}))
      await disk.write(storagePath(path), Buffer.from(text), { append: true });
    const stage = await openStage(disk);
    const { line } = rehearsedLine(
      REAL,
      async () => stage,
      async () => [],
    );
    for (const { command, payload, group, seq, raw_hex, upload_unfinished } of EXCHANGES) {
      if (group !== name || command === null || raw_hex || upload_unfinished) continue;
      const change = changeIn(sentBytes(command, ""));
      if (!change || /[^\0-\x7f]/.test(command)) continue;
      if (payload === null) await line.ask(change);
      else await line.upload(change, uploadOf(payload));
      for (const effect of EFFECTS.filter((one) => one.group === name && one.seq === seq)) {
        if (effect.file.endsWith("/")) continue;
        const bytes = await orNull(stage.files.read(storagePath(effect.file)));
        expect(bytes && Buffer.from(bytes).toString("utf8"), `${seq} ${effect.file}`).toBe(effect.after);
        count.files += 1;
      }
    }
    // What is told leads from the files as they lie there to those that were recorded.
    for (const file of await changesIn(stage.files, new Map())) {
      if (file.kind !== "file") continue;
      const before = await orNull(disk.read(storagePath(file.path)));
      expect(sha256Of(before)).toBe(file.before);
      if (file.after !== null) expect(sha256Of(applied(before, file.hunks))).toBe(file.after);
    }
    count.groups += 1;
  },
);

test("enough of them were looked at", () => {
  console.log(`rehearsal: ${count.files} recorded files in ${count.groups} groups`);
  expect(count.files).toBeGreaterThan(45);
});

function uploadOf(lines: readonly string[]): Buffer {
  return Buffer.from([...lines.map((one) => sentBytes(one, "")), ".", ""].join("\r\n"), "latin1");
}

function changeIn(text: string): Command | null {
  const word = (splitRecord(text)[0] ?? "").toLowerCase();
  if (!(word in COMMANDS) || effectOf(word as CommandWord) !== "write") return null;
  return { word: word as CommandWord, line: Buffer.from(`${text}\r\n`, "latin1") };
}
