import { spamAddress } from "../../operations/spam-address/spam-address.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const bannedSenders: RowScreens = {
  operations: { ...spamAddress, move: undefined },
  path: "/banned-senders",
  words: "spamAddress",
  columns: ["pattern"],
};

export const bannedSenderPages = rowPages(bannedSenders);
