import { fail, failField } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ListMember } from "../xmail/mailing-lists.ts";
import { type AccountRef, foldName } from "../xmail/names.ts";
import { locateAccounts } from "./account-lines.ts";
import {
  cellOf,
  encodeCell,
  parseTable,
  type Row,
  removeLines,
  replaceRow,
  type Table,
  textOf,
} from "./codec.ts";
import { draftEdit } from "./edit-table.ts";
import { FILES } from "./files.ts";
import { roomFor } from "./lines.ts";
import { type Place, placeOf, readTable } from "./read-table.ts";

/** `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
export async function readMembers(
  storage: Storage,
  list: AccountRef,
  options?: CallOptions,
): Promise<ListMember[]> {
  const table = await readTable(storage, await placeOfList(storage, list, options), options);
  return memberRows(table).map(memberOf);
}

/** `LIST_MEMBER_EXISTS`; all or none. */
export function addMembers(
  storage: Storage,
  list: AccountRef,
  members: readonly ListMember[],
  options?: CallOptions,
): Promise<void> {
  return edit(storage, list, options, (table) => {
    const known = new Set(memberRows(table).map(keyOf));
    for (const { address } of members) {
      if (known.has(foldName(address))) fail("LIST_MEMBER_EXISTS");
      known.add(foldName(address));
    }
    return withRows(table, members);
  });
}

/** `LIST_MEMBER_NOT_FOUND`; all or none. */
export function removeMembers(
  storage: Storage,
  list: AccountRef,
  addresses: readonly string[],
  options?: CallOptions,
): Promise<void> {
  return edit(storage, list, options, (table) => {
    const gone = new Set(addresses.map(foldName));
    const rows = memberRows(table).filter((row) => gone.has(keyOf(row)));
    if (new Set(rows.map(keyOf)).size < gone.size) fail("LIST_MEMBER_NOT_FOUND");
    return removeLines(table, rows);
  });
}

/** `LIST_MEMBER_NOT_FOUND`. */
export function setPermissions(
  storage: Storage,
  list: AccountRef,
  { address, permissions }: ListMember,
  options?: CallOptions,
): Promise<void> {
  return edit(storage, list, options, (table) => {
    const row = memberRows(table).find((one) => keyOf(one) === foldName(address));
    if (!row) return fail("LIST_MEMBER_NOT_FOUND");
    return replaceRow(table, row, [row.cells[0] ?? "", cellOf(permissions)]);
  });
}

async function edit(
  storage: Storage,
  list: AccountRef,
  options: CallOptions | undefined,
  change: (table: Table) => Table,
): Promise<void> {
  const place = await placeOfList(storage, list, options);
  const draft = await draftEdit(storage, place, (table) => change(withoutBlankLines(table)), options);
  await draft.save();
}

/** At a blank line a running XMail crashes with the next change of a member. */
function withoutBlankLines(table: Table): Table {
  return removeLines(
    table,
    table.lines.filter((line) => !("cells" in line)),
  );
}

async function placeOfList(storage: Storage, list: AccountRef, options?: CallOptions): Promise<Place> {
  const [line] = await locateAccounts(storage, [list], options);
  if (!line) return fail("ACCOUNT_NOT_FOUND");
  return line.kind === "list" ? placeOf(FILES.listMembers, line) : fail("NOT_A_LIST");
}

function memberRows(table: Table): Row[] {
  return table.rows.filter(({ cells }) => cells.length >= 2);
}

function memberOf({ cells }: Row): ListMember {
  const [address = "", permissions = ""] = cells.map(textOf);
  return { address, permissions };
}

function keyOf({ cells }: Row): string {
  return foldName(textOf(cells[0] ?? ""));
}

/** All at once: row by row, ten thousand would take as many copies of the table. */
function withRows(table: Table, members: readonly ListMember[]): Table {
  const added = members.map(({ address, permissions }) => {
    if (!/^[^\s\0-\x1f\x7f@]+@[^\s\0-\x1f\x7f@]+$/.test(address)) {
      failField("address", "address", "address must be a full address.");
    }
    const line = `${[address, permissions].map((text) => encodeCell(cellOf(text))).join("\t")}\n`;
    if (line.length > roomFor(table.format)) {
      failField("address", "maxLength", "address makes the row longer than XMail reads.");
    }
    return line;
  });
  const before = table.lines.map(({ raw }) => raw).join("");
  const end = before === "" || before.endsWith("\n") ? "" : "\n";
  return parseTable(Buffer.from(`${before}${end}${added.join("")}`, "latin1"), table.format);
}
