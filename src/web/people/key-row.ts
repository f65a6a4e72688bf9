import type { Static } from "../../kernel/schema.ts";
import type { apiKeyList } from "../../operations/api-key/api-key.ts";

export type KeyRow = Static<typeof apiKeyList.output>["items"][number];
