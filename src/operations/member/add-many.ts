import { defineOperation } from "../../kernel/operation.ts";
import { problemsOf, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Address, Count, fields } from "../fields.ts";
import { listKey, Rights } from "./fields.ts";

const MOST_LINES = 50_000;
/** Lines that are told one by one; more would be read by nobody. */
const MOST_TOLD = 500;

const Outcome = Type.Union([
  Type.Literal("already"),
  Type.Literal("twice"),
  Type.Literal("no-address"),
  Type.Literal("no-rights"),
]);

export const memberAddMany = defineOperation({
  name: "member.addMany",
  summary: "Add many members to a mailing list: all lines that can be, with a report of those that cannot",
  effect: "write",
  input: fields({
    ...listKey,
    lines: Type.Array(Type.String({ maxLength: 1000 }), {
      maxItems: MOST_LINES,
      description:
        "One member each: an address, or an address and its rights as CSV; a name around it is left out",
    }),
    rights: Type.Optional(Rights),
  }),
  output: fields({
    added: Count,
    already: Count,
    wrong: Count,
    report: Type.Array(
      fields({
        line: Type.Integer({ minimum: 1 }),
        text: Type.String(),
        outcome: Outcome,
      }),
      { description: `The lines that added nobody, the first ${MOST_TOLD} of them` },
    ),
  }),
  errors: ["ACCOUNT_NOT_FOUND", "NOT_A_LIST", "LIST_MEMBER_EXISTS"],
  http: "POST /domains/{domain}/lists/{name}/members/batch",
  target: accountTarget,
  async handler(ctx, { lines, rights = "RW", ...list }) {
    const there = new Set(
      (await ctx.xmail.mailingLists.members(list, ctx)).map(({ address }) => foldName(address)),
    );
    const seen = new Set<string>();
    const members: { address: string; permissions: string }[] = [];
    const report: {
      line: number;
      text: string;
      outcome: "already" | "twice" | "no-address" | "no-rights";
    }[] = [];
    const counts = { already: 0, wrong: 0 };
    const tell = (line: number, text: string, outcome: (typeof report)[number]["outcome"]) => {
      counts[outcome === "already" || outcome === "twice" ? "already" : "wrong"] += 1;
      if (report.length < MOST_TOLD) report.push({ line, text: text.slice(0, 200), outcome });
    };
    lines.forEach((text, index) => {
      if (text.trim() === "" || text.trim().startsWith("#")) return;
      const { address, permissions } = memberIn(text, rights);
      const key = foldName(address);
      if (problemsOf(ADDRESS, { address }).length > 0) tell(index + 1, text, "no-address");
      else if (problemsOf(RIGHTS, { rights: permissions }).length > 0) tell(index + 1, text, "no-rights");
      else if (there.has(key)) tell(index + 1, text, "already");
      else if (seen.has(key)) tell(index + 1, text, "twice");
      else {
        seen.add(key);
        members.push({ address, permissions });
      }
    });
    if (members.length > 0) await ctx.xmail.mailingLists.add(list, members, ctx);
    return { added: members.length, ...counts, report };
  },
});

const ADDRESS = fields({ address: Address });
const RIGHTS = fields({ rights: Rights });

/** `hana@example.com`, `Hana <hana@example.com>`, `"hana@example.com";"RW"`, in whatever CSV a program writes. */
function memberIn(text: string, rights: string): { address: string; permissions: string } {
  const [first = "", second = ""] = text
    .trim()
    .split(/[\t,;]/)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim(),
    );
  const [, inside] = /<([^<>]+)>\s*$/.exec(first) ?? [];
  return { address: (inside ?? first).trim(), permissions: second === "" ? rights : second.toUpperCase() };
}
