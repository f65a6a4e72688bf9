import { afterEach, expect, test } from "vitest";
import { openCtrlWay } from "../../../src/ctrl/backend.ts";
import { effectOf } from "../../../src/ctrl/commands.ts";
import type { CtrlLine } from "../../../src/ctrl/line.ts";
import { secret } from "../../../src/errors/secret.ts";
import { changesOver } from "../../../src/rehearsal/change-maker.ts";
import { DOMAIN, type Running, startServer } from "./server.ts";

let server: Running;
afterEach(() => server?.close());

const MANY = Array.from({ length: 300 }, (_, index) => ({
  domain: DOMAIN,
  name: `many${index}`,
  kind: "user" as const,
  password: secret("pw-many"),
}));

/** Changes by the control port alone, with what was sent: each command by its word, and how many went together. */
function listening(running: Running) {
  const asked: string[] = [];
  const windows: number[] = [];
  const { line, backendOver } = openCtrlWay(running.ctrl);
  const heard: CtrlLine = {
    ...line,
    ask(command, options) {
      asked.push(command.word);
      return line.ask(command, options);
    },
    sendAll(commands, take, options) {
      windows.push(commands.length);
      return line.sendAll(commands, take, options);
    },
  };
  const changes = changesOver({ line: heard, backendOver, mailRoot: null, journal: null });
  return { asked, windows, changes, close: () => line.close() };
}

test("many accounts are looked up together, and added in windows that grow", async () => {
  server = await startServer("ctrl");
  const { asked, windows, changes, close } = listening(server);
  const { apply, changes: told } = await changes.rehearse(({ accounts }) => accounts.addAll(MANY));
  expect(told.commands).toHaveLength(300);
  // No question for each account.
  expect(asked.length).toBeLessThan(20);
  await apply();
  expect(asked.filter((word) => effectOf(word as "noop") === "write")).toEqual(["useradd"]);
  expect(windows.reduce((sum, size) => sum + size, 0)).toBe(299);
  expect(Math.max(...windows)).toBeLessThanOrEqual(256);
  const table = (await server.text("mailusers.tab")) ?? "";
  expect(table.split("\n").filter((row) => row.includes("many"))).toHaveLength(300);
  await close();
});

test("one that is refused in the middle of a window: everything is taken back, what others made stays", async () => {
  server = await startServer("ctrl");
  const { windows, changes, close } = listening(server);
  const { apply } = await changes.rehearse(({ accounts }) => accounts.addAll(MANY));
  await server.backend.accounts.add({ ...MANY[5], name: "other" } as (typeof MANY)[number]);
  await server.backend.aliases.add({ domain: DOMAIN, alias: "many9", target: `other@${DOMAIN}` });
  await expect(apply()).rejects.toMatchObject({ code: "FILE_CHANGED" });
  expect(windows).toEqual([]);
  const again = await changes.rehearse(({ accounts }) => accounts.addAll(MANY.slice(0, 9)));
  await again.apply();
  const rest = await changes.rehearse(({ accounts }) => accounts.addAll(MANY.slice(10, 60)));
  // Between the look and the commands: only the server can see it.
  const before = await server.text("mailusers.tab");
  await server.disk.makeFolder(`domains/${DOMAIN}/many20` as never);
  await expect(rest.apply()).rejects.toMatchObject({ code: "XMAIL_REFUSED" });
  const rows = (text: string | null) =>
    (text ?? "")
      .split("\n")
      .map((row) => row.split("\t")[1])
      .sort();
  expect(rows(await server.text("mailusers.tab"))).toEqual(rows(before));
  await close();
});
