import { readFileSync } from "node:fs";
import { openapiDocument } from "../../src/http/openapi.ts";
import { Changes } from "../../src/operations/change/rows.ts";
import { ALL_OPERATIONS, OPERATIONS } from "../../src/operations/table.ts";
import { chapters } from "./coverage/chapters.ts";
import { coverageReference } from "./coverage/coverage-reference.ts";
import { operationsReference } from "./operations-reference.ts";

/** Every generated page of `docs/`: its path from the top of the project, and what must stand in it. */
export function generatedPages(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const openapi = openapiDocument(ALL_OPERATIONS, { version, changes: Changes });
  return new Map([
    ["docs/coverage.md", coverageReference(chapters())],
    ["docs/openapi.json", `${JSON.stringify(openapi, null, 2)}\n`],
    ["docs/operations.md", operationsReference(OPERATIONS)],
  ]);
}
