import type { Group } from "../kernel/groups.ts";
import { type TSchema, Type } from "../kernel/schema.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { type JsonFile, jsonFile } from "./json-file.ts";

const closed = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Text = Type.String();
const Day = Type.String({ pattern: "^(?:\\d{4}-\\d\\d-\\d\\d)?$" });

const GroupsFile = closed({
  version: Type.Literal(1),
  groups: Type.Array(
    closed({
      id: Type.String({ pattern: "^grp_[0-9a-f]{16}$" }),
      name: Type.String({ minLength: 1 }),
      validFrom: Day,
      validUntil: Day,
      list: Text,
      memo: Text,
      responsible: Text,
      responsibleEmail: Text,
      responsiblePhone: Text,
      members: Type.Array(closed({ domain: Text, name: Text, validFrom: Day, validUntil: Day })),
      createdAt: Text,
    }),
  ),
});

/** What stands in the file. */
interface GroupsContent {
  readonly version: 1;
  readonly groups: readonly Group[];
}

export function groupsFile(storage: Storage): JsonFile<GroupsContent> {
  const empty = { version: 1 as const, groups: [] };
  return jsonFile(
    storage,
    storagePath("groups.json"),
    GroupsFile,
    empty,
  ) as unknown as JsonFile<GroupsContent>;
}
