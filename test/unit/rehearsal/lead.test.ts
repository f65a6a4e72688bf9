import { afterEach, expect, test } from "vitest";
import { clientOver } from "../../../src/ctrl/client.ts";
import type { CtrlLine } from "../../../src/ctrl/line.ts";
import { shownCommand } from "../../../src/ctrl/shown-command.ts";
import { secret } from "../../../src/errors/secret.ts";
import { rowGoal } from "../../../src/rehearsal/goals.ts";
import { lead } from "../../../src/rehearsal/lead.ts";
import { rehearsedLine } from "../../../src/rehearsal/rehearsed-line.ts";
import { rowTableAt } from "../../../src/rehearsal/row-tables.ts";
import { openStage } from "../../../src/rehearsal/stage.ts";
import { readerOf } from "../../../src/rehearsal/way.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { DOMAIN, type Running, startServer } from "./server.ts";

const HOME = `domains/${DOMAIN}`;
let server: Running;
afterEach(() => server?.close());

/** The commands that lead to a file, and what it is then. */
async function ledTo(path: string, wanted: string | null, now?: string) {
  server = await startServer("ctrl");
  const account = { domain: DOMAIN, password: secret("x") };
  await server.backend.accounts.add({ ...account, name: "hana", kind: "user" });
  await server.backend.accounts.add({ ...account, name: "list", kind: "list" });
  if (now !== undefined) await server.disk.write(storagePath(path), Buffer.from(now));
  const stage = await openStage(server.disk);
  const { line, steps } = rehearsedLine(
    {} as CtrlLine,
    async () => stage,
    async () => [],
  );
  const read = readerOf(stage.files);
  await stage.root.read("domains.tab");
  await lead(clientOver(entered(line)), read, {
    rows: [],
    files: new Map([[path, wanted === null ? null : Buffer.from(wanted)]]),
  });
  const bytes = await read(path);
  return {
    commands: steps.map((step) => (step.kind === "command" ? shownCommand(step.command) : step.kind)),
    text: bytes && Buffer.from(bytes).toString(),
  };

  function entered(over: CtrlLine): CtrlLine {
    const none = { ok: true, code: 100, text: "" };
    const account = `"${DOMAIN}"\t"list"\t"x"\t"M"`;
    // Before the first change the server itself would answer.
    return {
      ...over,
      ask: async (command, options) =>
        command.word === "userlist" ? { status: none, lines: [account] } : over.ask(command, options),
    };
  }
}

test("variables by uservarsset, where exactly that comes of it", async () => {
  const path = `${HOME}/hana/user.tab`;
  const { commands, text } = await ledTo(path, '"A"\t"1"\n"C"\t"3"\n', '"A"\t"1"\n"B"\t"2"\n');
  expect(commands).toEqual([`uservarsset "${DOMAIN}" "hana" "B" ".|rm" "C" "3"`]);
  expect(text).toBe('"A"\t"1"\n"C"\t"3"\n');
});

test("comments and order by an upload", async () => {
  const path = `${HOME}/hana/user.tab`;
  const { commands, text } = await ledTo(path, '# mine\n"A"\t"1"\n', '"A"\t"1"\n');
  expect(commands).toEqual([`cfgfileset "${path}"`]);
  expect(text).toBe('# mine\n"A"\t"1"\n');
});

test("mailproc by its own command, gone and made", async () => {
  const path = `${HOME}/hana/mailproc.tab`;
  expect(await ledTo(path, '"mailbox"\n')).toEqual({
    commands: [`usersetmproc "${DOMAIN}" "hana"`],
    text: '"mailbox"\n',
  });
  await server.close();
  expect((await ledTo(path, null, '"mailbox"\n')).text).toBeNull();
});

test("rows that only look different are no goal", () => {
  const table = rowTableAt("mailusers.tab");
  if (!table) throw new Error("no table");
  const line = (id: number) => `"${DOMAIN}"\t"hana"\t"15"\t${id}\t"hana"\t"U"\n`;
  expect(rowGoal(table, line(1), line(7))).toMatchObject({ come: [], go: [] });
  expect(rowGoal(table, line(1), "")).toMatchObject({ come: [expect.anything()], go: [] });
});
