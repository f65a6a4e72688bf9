import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import type { RowsChange } from "../rows/row-table.ts";
import { FilterFile, MatchedAddress, MatchedNet } from "./filter-fields.ts";
import { FILTERS_FOLDER } from "./filter-uses.ts";

/** XMail looks at no more lines of a table. */
export const MOST_FILTERS = 128;

const fields = {
  sender: MatchedAddress,
  recipient: MatchedAddress,
  remote: MatchedNet,
  local: MatchedNet,
  file: FilterFile,
};

/** A table that says which messages go through which file of filters, after XMail has taken them in. */
function messageFilter<N extends string>(
  noun: N,
  whose: string,
  http: `/${string}`,
  file: { readonly path: string; readonly comments: boolean; readonly lineBuffer: number },
) {
  return rowOperations({
    noun,
    one: `filter rule for ${whose}`,
    many: `filter rules for ${whose}`,
    http,
    format: file,
    key: {},
    fields,
    secrets: [],
    switchable: true,
    target: () => SERVER,
    place: () => file.path,
    read: ([sender, recipient, remote, local, name]) =>
      fitting(fields, { sender, recipient, remote, local, file: name }),
    write: ({ sender, recipient, remote, local, file: name }, was) => [
      sender,
      recipient,
      remote,
      local,
      name,
      ...(was?.slice(5) ?? []),
    ],
    guard: refuseMistakes,
  });
}

export const filterIn = messageFilter("filterIn", "incoming mail", "/filters-in", FILES.filtersIn);
export const filterOut = messageFilter("filterOut", "outgoing mail", "/filters-out", FILES.filtersOut);

/** What was there before may stay so. */
async function refuseMistakes(ctx: Context, { before, after }: RowsChange<typeof fields>): Promise<void> {
  const known = new Set(before.flatMap(({ remote, local }) => [remote, local]));
  for (const field of ["remote", "local"] as const) {
    const bad = after.find((row) => !known.has(row[field]) && !isNet(row[field]));
    if (bad) failField(field, "net", "Write an address and its bits, like 192.0.2.0/24 or 2001:db8::/32.");
  }
  const used = new Set(before.map(({ file }) => file));
  const fresh = after.find(({ file }) => !used.has(file));
  if (fresh && !(await ctx.xmail.files.list(FILTERS_FOLDER, ctx)).includes(fresh.file)) {
    failField("file", "no-filter-file", "There is no such file below filters/: add it first.");
  }
  if (after.length > MOST_FILTERS && after.length > before.length) {
    failField("file", "too-many-filters", "XMail looks at the first 128 lines only.", MOST_FILTERS);
  }
}

function isNet(net: string): boolean {
  const [address = "", bits = ""] = net.split("/");
  if (address.includes(":")) return Number(bits) <= 128 && URL.canParse(`http://[${address}]/`);
  return Number(bits) <= 32 && /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(address);
}
