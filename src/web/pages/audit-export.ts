import { auditExport } from "../../operations/audit/export.ts";
import { inputFrom } from "../form-input.ts";
import { type Ask, definePage } from "../page.ts";

const QUERY = ["search", "object", "operation", "actor", "from", "since", "until"];

export const auditExportPage = definePage({
  path: "/audit/export",
  async file(ask) {
    const input = inputFrom(ask.visit.query, [], QUERY);
    const first = await ask.run(auditExport, input);
    const rest = parts(ask, input, first.next);
    return {
      name: "audit.jsonl",
      type: "application/jsonl",
      // Part by part, so that no log is too long for the memory.
      text: first.next === null ? first.jsonl : joined(first.jsonl, rest),
    };
  },
});

async function* parts(ask: Ask, input: Readonly<Record<string, string>>, begin: string | null) {
  for (let cursor = begin; cursor !== null; ) {
    const { jsonl, next } = await ask.run(auditExport, { ...input, cursor });
    yield jsonl;
    cursor = next;
  }
}

async function* joined(first: string, rest: AsyncIterable<string>) {
  yield first;
  yield* rest;
}
