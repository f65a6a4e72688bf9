import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { type IpRange, rangeText, readRange, wholeNumber } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { Range, rangeCells, rangeOf } from "./range-field.ts";
import { firstDecides } from "./standing.ts";
import { confirmWide } from "./wide.ts";

const fields = {
  range: Range,
  action: Type.Union([Type.Literal("cut"), Type.Literal("authenticated"), Type.Literal("delay")], {
    description: "Cut the connection, take mail only from who signs in, or answer slowly",
  }),
  delaySeconds: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3600, description: "Seconds before each answer, for delay" }),
  ),
};

/** A line as XMail reads it: the second cell is a mask when it begins with a digit. */
export interface SpammerLine {
  readonly range: IpRange;
  /** Above 0: cut, 0: only who signs in, below 0: seconds of delay. */
  readonly code: number;
  readonly address: readonly string[];
  readonly parameters: string | undefined;
  readonly more: readonly string[];
}

const CODE = /(^|,)code=([^,]*)/;

export function spammerLine(cells: readonly string[]): SpammerLine | null {
  const [first = "", second = ""] = cells;
  const count = /^\d/.test(second) ? 2 : 1;
  const range = readRange(first, count === 2 ? second : null);
  if (!range) return null;
  const parameters = cells[count];
  const [, , code] = CODE.exec(parameters ?? "") ?? [];
  return {
    range,
    code: code === undefined ? 1 : wholeNumber(code),
    address: cells.slice(0, count),
    parameters,
    more: cells.slice(count + 1),
  };
}

/** `spammers.tab`: addresses whose mail is not wanted. Without the file XMail answers 421 to everybody. */
export const spammer = rowOperations({
  noun: "spammer",
  one: "banned address",
  many: "banned addresses",
  http: "/banned-addresses",
  format: FILES.spammers,
  key: {},
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.spammers.path,
  read(cells) {
    const line = spammerLine(cells);
    if (!line) return null;
    const action = line.code > 0 ? "cut" : line.code === 0 ? "authenticated" : "delay";
    const delay = line.code < 0 ? { delaySeconds: -line.code } : {};
    return fitting(fields, { range: rangeText(line.range), action, ...delay });
  },
  write({ range, action, delaySeconds }, was) {
    const old = was && spammerLine(was);
    const code = action === "cut" ? 1 : action === "authenticated" ? 0 : -secondsOf(delaySeconds);
    const parameters = old && sameCode(old.code, code) ? old.parameters : withCode(old?.parameters, code);
    const kept =
      old && (range === rangeText(old.range) || rangeText(rangeOf(range)) === rangeText(old.range));
    const more = old?.more ?? [];
    return [
      ...(kept ? old.address : addressCells(range)),
      ...(parameters !== undefined ? [parameters, ...more] : more),
    ];
  },
  keyOf: ({ range }) => range,
  standing: firstDecides((cells) => spammerLine(cells)?.range ?? null),
  guard: confirmWide<{ readonly range: string }>(
    (range) => `Mail from everybody in ${range} would be refused, from most of the world maybe.`,
  ),
});

/** A second cell that is no mask would be taken for the code. */
function addressCells(range: string): readonly string[] {
  const [address, mask] = rangeCells(rangeOf(range));
  return mask === "-" ? [address] : [address, mask];
}

function secondsOf(seconds: number | undefined): number {
  return seconds ?? failField("delaySeconds", "required", "Say how many seconds.");
}

/** Every number above 0 means the same. */
function sameCode(a: number, b: number): boolean {
  return a === b || (a > 0 && b > 0);
}

/** What else stands there stays; nothing at all says the same as code 1. */
function withCode(parameters: string | undefined, code: number): string | undefined {
  if (parameters === undefined || parameters === "") return code === 1 ? undefined : `code=${code}`;
  return CODE.test(parameters) ? parameters.replace(CODE, `$1code=${code}`) : `${parameters},code=${code}`;
}
