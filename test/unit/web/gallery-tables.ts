import { bannedSenderPages, bannedSenders } from "../../../src/web/pages/banned-senders.ts";
import { ACCESS } from "./gallery-access.ts";
import type { Exhibit } from "./gallery-frame.ts";
import { IMPORTS } from "./gallery-imports.ts";
import { MAIL } from "./gallery-mail.ts";
import { rowExhibits } from "./gallery-rows.ts";
import { FILTERS, SENDING } from "./gallery-sending.ts";

/** The pages of all settings tables in all states; one line each. */
export const TABLES: readonly Exhibit[] = [
  ...rowExhibits("banned-senders", bannedSenders, bannedSenderPages, [
    { pattern: "*@spam.example" },
    { pattern: "offers@example.com" },
    { pattern: `${"a-very-long-name.".repeat(8)}@*.example.co.jp` },
  ]),
  ...MAIL,
  ...ACCESS,
  ...SENDING,
  ...FILTERS,
  ...IMPORTS,
];
