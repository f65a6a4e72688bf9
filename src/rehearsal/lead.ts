import type { CtrlClient } from "../ctrl/client.ts";
import { FILES } from "../tab/files.ts";
import { byKey, type Goals, type ReadFile, type RowGoal, textIn } from "./goals.ts";
import { leadFile } from "./lead-file.ts";
import { ROW_TABLES, type RowTable, rowsIn } from "./row-tables.ts";

/**
 * Says in commands what leads from the files as they are to the files as they shall be. What commands cannot say (the
 * order of rows, ids, folder names) is left as XMail makes it. `read` shows what the commands have done so far.
 */
export async function lead(client: CtrlClient, read: ReadFile, { rows, files }: Goals): Promise<void> {
  const goals = new Map(rows.map((goal) => [goal.table, goal]));
  const now = async (table: RowTable) => byKey(table, rowsIn(table, textIn(await read(table.file.path))));
  const going = domainsGoing(rows);
  for (const table of ROW_TABLES.toReversed()) {
    const goal = goals.get(table);
    if (goal) await removeRows(client, goal, await now(table), going);
  }
  for (const table of ROW_TABLES) {
    const goal = goals.get(table);
    if (goal) await addRows(client, goal, await now(table));
  }
  for (const [path, wanted] of files) await leadFile(client, read, path, wanted);
}

async function removeRows(
  client: CtrlClient,
  { table, go, come }: RowGoal,
  now: ReadonlyMap<string, readonly string[]>,
  going: ReadonlySet<string>,
): Promise<void> {
  const coming = byKey(table, come);
  for (const cells of go) {
    const key = table.key(cells);
    const found = now.get(key);
    if (!found || table.value(found) !== table.value(cells)) continue;
    if (table.change && coming.has(key)) continue;
    // A domain takes along what is in it.
    if (going.has(table.domain(cells) ?? "")) continue;
    await table.remove(client, found);
  }
}

async function addRows(
  client: CtrlClient,
  { table, come }: RowGoal,
  now: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const cells of come) {
    const found = now.get(table.key(cells));
    if (!found) await table.add(client, cells);
    else if (table.value(found) !== table.value(cells)) await table.change?.(client, found, cells);
  }
}

function domainsGoing(rows: readonly RowGoal[]): ReadonlySet<string> {
  const goal = rows.find(({ table }) => table.file === FILES.domains);
  return new Set(goal?.go.map((cells) => goal.table.key(cells)));
}
