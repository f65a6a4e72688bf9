import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type NewPerson, NO_DELEGATION, NOBODY_YET } from "../../kernel/people.ts";
import { problemsOf, type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Count, fields, oneOf } from "../fields.ts";
import { LoginName } from "../people/fields.ts";
import { peopleOf } from "../people/found.ts";
import { linesIn, type Reading, readAdministrators, readDomainLine, readListLine } from "./xmailcfg-tabs.ts";

const OUTCOMES = ["taken", "partly", "skipped"] as const;

const ReportLine = fields({
  line: Type.Integer({ minimum: 1 }),
  name: Type.String({ description: "Who it is about; empty where the line does not say so" }),
  outcome: oneOf(OUTCOMES, { description: "partly: something in the line was not understood" }),
  gets: Type.Array(Type.String({ description: "Domains or lists" })),
  notTaken: Type.Array(Type.String({ description: "Cells that were not understood, or name nothing here" })),
  why: Type.Union(
    [
      oneOf(["noAdministrator", "severalAdministrators", "nothingToLookAfter", "nameTaken", "nameUnfit"]),
      Type.Null(),
    ],
    { description: "Why nothing was taken" },
  ),
});

export const delegationImport = defineOperation({
  name: "delegation.import",
  summary:
    "Take people over from XMailCFG's domainadmin.tab or listadmin.tab, suspended and without passwords",
  effect: "write",
  input: fields({
    kind: oneOf(["domainAdmin", "listAdmin"], {
      description: "domainAdmin: domainadmin.tab; listAdmin: listadmin.tab",
    }),
    content: Type.String({
      minLength: 1,
      maxLength: 1_000_000,
      // Nobody knows what else an old installation has in it.
      writeOnly: true,
      "x-text": true,
      description: "The file as it is: one administrator a line, cells parted by TAB, with or without quotes",
    }),
  }),
  output: fields({ added: Count, skipped: Count, report: Type.Array(ReportLine) }),
  errors: ["BAD_CONFIG", "CONFLICT"],
  http: "POST /imports/delegations",
  target: () => SERVER,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { kind, content }) {
    const known = await knownOf(ctx);
    const read = kind === "domainAdmin" ? readDomainLine : readListLine;
    const readings = linesIn(content).map(({ line, cells }) => ({ line, ...read(cells, known) }));
    const taken = new Set(
      (await peopleOf(ctx).list()).flatMap(({ name, alias }) => [name, alias].map(foldName)),
    );
    const report = readings.map((reading) => reported(reading, taken));
    const added = readAdministrators(report.filter(({ outcome }) => outcome !== "skipped"));
    for (const [name, gets] of added) await addOne(ctx, personOf(kind, name, gets));
    return {
      added: added.size,
      skipped: report.filter(({ outcome }) => outcome === "skipped").length,
      report,
    };
  },
});

async function knownOf(ctx: Context) {
  const accounts = new Map<string, "user" | "list">();
  for await (const { domain, name, kind } of ctx.xmail.accounts.list(undefined, ctx)) {
    accounts.set(foldName(`${name}@${domain}`), kind);
  }
  return { accounts, domains: new Set((await ctx.xmail.domains.list(ctx)).map(foldName)) };
}

function reported(
  { line, name, gets, notTaken, why: refusal }: Reading & { readonly line: number },
  taken: ReadonlySet<string>,
): Static<typeof ReportLine> {
  const why = refusal ?? (taken.has(name) ? "nameTaken" : isFit(name) ? null : "nameUnfit");
  const outcome = why ? "skipped" : notTaken.length > 0 ? "partly" : "taken";
  return { line, name, outcome, gets: [...gets], notTaken: [...notTaken], why };
}

function isFit(name: string): boolean {
  return problemsOf(fields({ name: LoginName }), { name }).length === 0;
}

/** Nobody can sign in before a master has looked: limits and rights are in no file we know. */
function personOf(kind: "domainAdmin" | "listAdmin", name: string, gets: readonly string[]): NewPerson {
  const person = { ...NOBODY_YET, name, email: name, disabled: true };
  if (kind === "domainAdmin") {
    return { ...person, role: "delegate", delegation: { ...NO_DELEGATION, domains: gets } };
  }
  const lists = gets.map((address) => {
    const at = address.lastIndexOf("@");
    return { name: address.slice(0, at), domain: address.slice(at + 1) };
  });
  return { ...person, role: "listAdministrator", lists };
}

async function addOne(ctx: Context, person: NewPerson): Promise<void> {
  const people = peopleOf(ctx);
  await people.add(person, await people.generatedPassword());
}
